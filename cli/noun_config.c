#include "cli/verb.h"

#include <stdio.h>

#include "cli/output.h"
#include "core/base/i18n.h"
#include "core/base/text.h"
#include "core/db/db_url.h"

static void print_aligned(const char *text, int cells)
{
	const int width = text_width(text);

	printf("%s%*s  ", text, cells > width ? cells - width : 0, "");
}

int config_run(struct cli *cli)
{
	json_t *items = json_array();

	for (int o = 0; o < OPT_COUNT; o++) {
		const struct option_def *def = option_def((enum option)o);
		const struct option_value *value = &cli->options->value[o];
		const char *text = o == OPT_STORE_URL ? db_url_shown(value->text, &cli->arena) : value->text;

		if (cli->json) {
			json_array_append_new(items, json_pack("{s:s, s:s, s:s, s:s?}",
				"name", def->name, "value", text, "source",
				option_source_label(value->source), "place",
				*value->place ? value->place : NULL));
			continue;
		}
		print_aligned(def->name, 22);
		print_aligned(*text ? text : "\"\"", 16);
		printf("%s%s%s\n", option_source_label(value->source),
		       *value->place ? "  " : "", value->place);
	}
	if (cli->json)
		output_json(json_pack("{s:o, s:n}", "items", items, "next"));
	else
		json_decref(items);
	return 0;
}
