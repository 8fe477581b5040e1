/* cli.h: one call of `overpass`: what was asked for, and on what it works.
 *
 * Handlers print data to standard output through output.h and answer 0 or an
 * OV_E… code with cli->err filled; main turns the code into the exit status
 * and prints the error. A code without a filled error has said all there is
 * to say on standard output (a broken chain, a failed trial of rules). */
#ifndef OV_CLI_CLI_H
#define OV_CLI_CLI_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/args.h"
#include "core/base/arena.h"
#include "core/base/civil.h"
#include "core/base/error.h"
#include "core/config/option.h"
#include "core/store/store.h"

struct verb;

struct cli {
	const struct verb *verb; /* NULL: the terminal application */
	struct args args;        /* words[0…] are the verb's, noun and verb taken off */
	/* global options */
	const char *store_url;   /* never NULL once configured */
	const char *login, *password_file;
	bool json, quiet, no_progress;
	struct ov_clock clock;

	struct options *options; /* the configuration */
	struct store *store;     /* open while a verb runs that needs one */
	struct arena arena;      /* for everything the call reads */
	struct error err;
	struct problems problems; /* all that is wrong, when it is more than err */
};

/* The option lists a verb's words are sorted by: global ones first. */
extern const struct opt_list global_options;

/* Takes the configuration and the global options; cli->args is set. */
int cli_configure(struct cli *cli);
/* Opens the store of the call, with who acts when the verb needs somebody. */
int cli_open(struct cli *cli);
void cli_release(struct cli *cli);

/* The path of a sqlite: store URL (with any trace+ before it), NULL for others. */
const char *cli_store_path(const char *url);

/* Certificates that prove an https store; NULL for the system's. */
const char *cli_ca_file(const struct cli *cli);

/* The Nth word of the verb; there are at least verb->min of them. */
static inline const char *cli_word(const struct cli *cli, size_t n)
{
	return n < cli->args.word_count ? cli->args.words[n] : NULL;
}

#endif
