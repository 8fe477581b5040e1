/* `overpass rules test FILE.json`: rules tried on cases, without a database. */
#include "cli/verb.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli/output.h"
#include "core/base/buf.h"
#include "core/base/i18n.h"
#include "core/codec/rules_file.h"
#include "core/model/reason.h"

static json_t *embedded(const char *text)
{
	json_t *json = text ? json_loads(text, JSON_DECODE_ANY, NULL) : NULL;

	return json ? json : json_null();
}

struct trial {
	const struct cli *cli;
	json_t *cases;
};

static void on_case(void *user, const struct rules_case *result)
{
	struct trial *trial = user;

	if (trial->cli->json) {
		json_array_append_new(trial->cases, json_pack("{s:s, s:s, s:b, s:o, s:o, s:o}",
			"id", result->id, "kind", result->kind, "passed", result->passed,
			"expected", embedded(result->expected), "got", embedded(result->got),
			"explanation", embedded(result->explanation)));
		return;
	}
	if (!result->passed)
		printf(_("%s\n  expected %s\n  came     %s\n"), result->id, result->expected,
		       result->got);
}

static int read_file(const char *name, struct buf *text, struct error *err)
{
	FILE *in = strcmp(name, "-") ? fopen(name, "re") : stdin;
	char bytes[16384];
	size_t got;
	int why = 0;

	if (!in)
		return error_reason(err, REASON_FILE_OPEN, "file", name, "why", strerror(errno),
				    NULL);
	while ((got = fread(bytes, 1, sizeof bytes, in)))
		buf_add(text, bytes, got);
	if (ferror(in))
		why = errno;
	if (in != stdin)
		fclose(in);
	if (why)
		return error_reason(err, REASON_FILE_OPEN, "file", name, "why", strerror(why),
				    NULL);
	if (text->overflow)
		return error_reason(err, REASON_FILE_LIMIT, "file", name, "line", "1", "limit",
				    "67108864", NULL);
	return 0;
}

int rules_trial_run(struct cli *cli)
{
	struct trial trial = { .cli = cli, .cases = json_array() };
	const struct rules_test_sink sink = { on_case, &trial };
	struct rules_test_totals totals = { 0, 0 };
	struct buf text = BUF_INIT;
	int rc = read_file(cli_word(cli, 0), &text, &cli->err);

	if (!rc)
		rc = rules_test_run(buf_cstr(&text), text.len, cli_word(cli, 0), &sink, &totals,
				    &cli->err);
	buf_release(&text);
	if (rc || !cli->json) {
		json_decref(trial.cases);
	} else {
		output_json(json_pack("{s:I, s:I, s:o}", "passed", (json_int_t)totals.passed,
				      "failed", (json_int_t)totals.failed, "cases",
				      trial.cases));
	}
	if (rc)
		return rc;
	/* For scripts: the same in every language. */
	if (!cli->json)
		printf("%zu passed, %zu failed\n", totals.passed, totals.failed);
	return totals.failed ? OV_EREFUSED : 0;
}
