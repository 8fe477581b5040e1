/* help.h: the help, the bash completion and the manual pages, all printed
 * from the tables of verbs, options and the configuration. */
#ifndef OV_CLI_HELP_H
#define OV_CLI_HELP_H

#include "cli/verb.h"

/* `overpass --help`, `overpass NOUN --help`, `overpass NOUN VERB --help`. */
void help_all(const struct verb_list *list);
void help_noun(const struct verb_list *list, const char *noun);
void help_verb(const struct verb *verb);

/* The command line of a verb, "overpass student show NUMBER [--reveal REASON]";
 * in OUT, which the caller owns. */
struct buf;
void help_usage(const struct verb *verb, struct buf *out);
const struct noun *noun_find(const char *name); /* NULL when it has no row */

/* roff: NAME is "overpass.1" or "overpass.ini.5". */
int manual_print(const struct verb_list *list, const char *name, struct error *err);
void completion_print(const struct verb_list *list);

#endif
