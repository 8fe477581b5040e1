/* evidence_words.h: what is said of the folder of evidence, by its own verbs, by
 * the doctor and after a backup. */
#ifndef OV_CLI_EVIDENCE_WORDS_H
#define OV_CLI_EVIDENCE_WORDS_H

#include "core/store/evidence.h"

/* "3 files, 12345 bytes; 1 missing …"; TEXT has room for 200 bytes. */
enum { EVIDENCE_WORDS = 200 };
const char *evidence_words(const struct evidence_tally *tally, char text[EVIDENCE_WORDS]);
/* The error of what is missing or changed, 0 when nothing is. */
int evidence_fault(const struct evidence_tally *tally, struct error *err);
/* The same on standard error. */
void evidence_warn(const struct evidence_tally *tally);

#endif
