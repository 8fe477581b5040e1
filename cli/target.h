/* target.h: the record that a word of the command line names.
 *
 * A word is the public key of its kind (student number, claim number, code,
 * login, day), or #ID. A student number also names the person behind it. Of a
 * rule RULE is the newest version, RULE@2 the second. */
#ifndef OV_CLI_TARGET_H
#define OV_CLI_TARGET_H

#include "cli/cli.h"
#include "core/model/kind.h"

/* The field by which people name records of the kind; NULL: by #ID or ID. */
const struct field *target_key(enum kind kind);

/* Finds the record; *record lives in cli->arena and may be NULL to ask for the
 * id only. OV_ENOTFOUND (NOT_FOUND) when there is none. */
int target_find(struct cli *cli, enum kind kind, const char *word, int64_t *id, int64_t *rev);

/* A whole id; false for anything else. */
bool target_id(const char *word, int64_t *id);

/* Sets a field from a word: a reference by its key, anything else as it is
 * typed in a form. */
int target_value(struct cli *cli, const struct field *field, const char *text, void *record);

/* "FIELD=VALUE" (or !=, <, <=, >, >=) of the kind as a filter. */
struct filter;
int target_filter(struct cli *cli, enum kind kind, const char *text, struct filter *filter);

#endif
