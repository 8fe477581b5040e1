/* reject_file.h: the records of a file that were refused, for correcting.
 *
 * The file's own header, encoding, line ends and record bytes, with one more
 * column: the codes of what is wrong, separated by blanks. Corrected, it can
 * be imported as it is; the column is unknown there and ignored. */
#ifndef OV_CODEC_REJECT_FILE_H
#define OV_CODEC_REJECT_FILE_H

#include "core/model/kind.h"

#define REJECT_HEADER "codes"

/* FINDINGS are import_finding records ordered by row, which is the record of
 * SOURCE from 1; advice is left out. PATH must not exist (FILE_EXISTS). */
int reject_file_write(const char *source, const char *path, const struct record_list *findings,
		      struct error *err);

#endif
