/* error.h: how functions say what went wrong.
 *
 * A function that can fail returns 0 or a negative OV_E… code and fills the
 * struct error it was given (never NULL). The message is already in the
 * user's language and names the thing, the rule and the next step. It never
 * holds a name, a citizen ID or a phone number.
 *
 * The codes are the exit statuses of the command line, negated (docs: CLI). */
#ifndef OV_BASE_ERROR_H
#define OV_BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ov_code {
	OV_OK = 0,
	OV_ENOTFOUND = -1,  /* the thing asked for by name is not there */
	OV_EUSAGE = -2,     /* the caller's words are wrong */
	OV_EREFUSED = -3,   /* a rule or a permission says no */
	OV_ECONFLICT = -4,  /* somebody changed it meanwhile: a newer rev exists */
	OV_EINPUT = -5,     /* a file or message we were given is bad */
	OV_ESTORAGE = -6,   /* disk, database or network failed */
	OV_EOFFLINE = -7,   /* not reachable now, and queued: it will be done later */
	OV_ECANCELLED = -8, /* the person or a newer request stopped it */
	OV_EBUG = -9,       /* we broke our own rule; please report */
};

/* Reasons are the rows of model/reason.h; 0 means "no reason yet". */
struct error {
	int code;           /* an OV_E… code, 0 while nothing failed */
	int reason;         /* enum reason */
	char field[48];     /* the field it is about, "" when none */
	char message[512];  /* for people, translated */
	char next[256];     /* what to do next, translated, may be "" */
	char place[256];    /* "file:line" or the like, may be "" */
	int64_t current_rev; /* with OV_ECONFLICT: the rev that is there now */
};

#define ERROR_INIT { .code = 0 }

void error_clear(struct error *err);

/* Exit status of the command line for an OV_ code (0, 1…7, 130). */
int error_exit_status(int code);

/* A list of things wrong with one form or row, so that all are shown at once.
 * Fixed size on purpose: nobody reads a fortieth complaint. */
enum { PROBLEMS_MAX = 32 };

struct problems {
	size_t count;
	struct error item[PROBLEMS_MAX];
};

/* The next free slot, or the last one again when the list is full. */
struct error *problems_add(struct problems *list);

#endif
