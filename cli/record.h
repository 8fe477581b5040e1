/* record.h: a page of records of one kind, printed. */
#ifndef OV_CLI_RECORD_H
#define OV_CLI_RECORD_H

#include "cli/cli.h"
#include "core/model/kind.h"

/* The page of QUERY that --limit and --cursor ask for. */
int record_page(struct cli *cli, struct query *query, struct page *page);

/* Obeys --where, --limit and --cursor. MORE are at most two filters, ended by
 * one without a field, or NULL; COLUMNS as in output_list(). */
int record_list_of(struct cli *cli, enum kind kind, const char *order, bool descending,
		   const struct filter *more, const char *const *columns);

/* A proof given as a text that begins with BEGINS, or as the file that holds
 * it; *text lives in cli->arena. FILE_OPEN. (noun_ledger.c) */
int text_or_file(struct cli *cli, const char *word, const char *begins, const char **text);

#endif
