/* show.h: cards as the command line shows them, shared by several verbs. */
#ifndef OV_CLI_SHOW_H
#define OV_CLI_SHOW_H

#include "cli/cli.h"
#include "core/model/kind.h"

/* The card of a kind by id or, when that is 0, by its key, which must exist. */
int show_card(struct cli *cli, enum kind kind, int64_t id, const char *key,
	      struct bundle *bundle);

/* Prints a claim's card; ADVICE may be NULL, or hold what a command said. */
int claim_show_card(struct cli *cli, int64_t id, const char *key, const struct bundle *advice);

/* On standard error, for people: the conflicts that kept a meeting from being
 * saved. */
void show_conflicts(const struct cli *cli, const struct bundle *bundle);

#endif
