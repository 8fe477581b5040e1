/* reason.h: the one table of reasons.
 *
 * Every refusal, every warning and every line of an explanation has a row:
 * a stable code (what scripts and other systems see), the OV_E… code it is
 * returned with, a message with {named} parameters and the next step. The
 * meaning of the codes is DOMAIN.md's; rows are in reason_list.h. */
#ifndef OV_MODEL_REASON_H
#define OV_MODEL_REASON_H

#include "core/base/error.h"

enum reason {
	REASON_NONE = 0,
#define R(code, result, message, next) REASON_##code,
#include "core/model/reason_list.h"
#undef R
	REASON_COUNT
};

struct arena;

struct reason_def {
	const char *code;    /* "SM_FOUR_EYES" */
	int result;          /* the OV_E… code, OV_OK for an answer that is no error */
	const char *message; /* untranslated, with {name} parameters */
	const char *next;    /* untranslated, may be "" */
};

const struct reason_def *reason_get(enum reason reason);
enum reason reason_find(const char *code); /* REASON_NONE when unknown */
const char *reason_code(int reason);       /* "" for REASON_NONE */

/* The translated text of a reason without parameters filled in is never
 * shown; this fills them: name, value pairs, ended by NULL. Returns out. */
char *reason_format(enum reason reason, char *out, size_t size, ...)
	__attribute__((sentinel));

/* Fills ERR from the row: code, message, next. Name, value pairs of text
 * follow, ended by NULL; a pair "field", "…" also sets err->field. Returns the
 * row's OV_E… code. An error that is already filled is overwritten. */
int error_reason(struct error *err, enum reason reason, ...)
	__attribute__((sentinel));

/* What went wrong and what to do next, as one text in ARENA. */
const char *error_sentence(const struct error *err, struct arena *arena);

#endif
