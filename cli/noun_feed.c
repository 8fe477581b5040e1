/* `overpass feed`: addresses under which calendar programs follow a timetable. */
#include "cli/verb.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/output.h"
#include "cli/record.h"
#include "core/base/buf.h"
#include "core/base/i18n.h"
#include "core/base/text.h"
#include "core/codec/qr.h"
#include "core/model/reason.h"

static int style_read(struct cli *cli, bool *wanted, enum qr_style *style)
{
	const char *text = args_text(&cli->args, "qr");

	*wanted = text != NULL;
	*style = text && !strcmp(text, "ascii") ? QR_ASCII : QR_HALF_BLOCKS;
	if (!text || !strcmp(text, "ascii") || !strcmp(text, "blocks"))
		return 0;
	return error_reason(&cli->err, REASON_OPTION_VALUE, "key", "--qr", "expected",
			    "blocks, ascii", NULL);
}

/* On a terminal black on white, whatever its colours are: a reader wants dark
 * modules on light ground. */
static int qr_print(struct cli *cli, const char *url, enum qr_style style)
{
	const bool coloured = style == QR_HALF_BLOCKS && isatty(STDOUT_FILENO);
	struct qr qr;

	if (qr_make(url, QR_LOW, &qr, &cli->arena, &cli->err) < 0)
		return cli->err.code;
	for (int n = 0; n < qr_lines(&qr, style); n++) {
		struct buf line = BUF_INIT;

		qr_line(&qr, style, false, n, &line);
		printf(coloured ? "\033[0;30;107m%s\033[0m\n" : "%s\n", buf_cstr(&line)); /* lint: not for people */
		buf_release(&line);
	}
	return 0;
}

int feed_create_run(struct cli *cli)
{
	const struct feed_link *link;
	struct outcome outcome;
	enum qr_style style;
	bool wanted;
	int rc = style_read(cli, &wanted, &style);

	if (!rc)
		rc = verb_command_execute(cli, command_find("feed.create"), &outcome);
	if (rc)
		return rc;
	link = bundle_first(&outcome.records, &feed_link_fields);
	if (link && !cli->json)
		output_record(&feed_link_fields, link, NULL);
	else
		verb_command_print(cli, &outcome);
	if (outcome.repeated && !link)
		fprintf(stderr, "%s\n", _("The address was shown once and is kept nowhere: make another feed"));
	return link && wanted && !cli->json ? qr_print(cli, link->url, style) : 0;
}

/* What people call the thing a feed shows. */
static const char *subject_name(struct cli *cli, const struct calendar_feed *feed)
{
	static const struct {
		const char *field, *key;
		enum kind kind;
	} subjects[] = {
		{ "student_id", "student_no", KIND_STUDENT }, { "cohort_id", "code", KIND_COHORT },
		{ "room_id", "code", KIND_ROOM }, { "teacher_id", NULL, KIND_TEACHER },
	};
	struct error ignored = ERROR_INIT;

	for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
		const struct field_table *table = kind_fields(subjects[i].kind);
		int64_t id = field_int(field_find(&calendar_feed_fields, subjects[i].field), feed);
		void *record;

		if (id == OV_NULL)
			continue;
		if (!subjects[i].key || store_get(cli->store, subjects[i].kind, id, &cli->arena, &record,
						  &ignored) < 0)
			return arena_printf(&cli->arena, "%s #%lld", _(table->label), (long long)id);
		return arena_printf(&cli->arena, "%s %s", _(table->label),
				    field_text(field_find(table, subjects[i].key), record));
	}
	return "";
}

static const char *maker(struct cli *cli, const struct calendar_feed *feed)
{
	struct error ignored = ERROR_INIT;
	void *user;

	if (store_get(cli->store, KIND_USER, feed->created_by, &cli->arena, &user, &ignored) < 0)
		return arena_printf(&cli->arena, "#%lld", (long long)feed->created_by);
	return ((struct user *)user)->login;
}

static const char *day_text(struct cli *cli, int64_t date)
{
	char text[DATE_TEXT];

	return date == OV_NULL ? "-" : arena_strdup(&cli->arena, date_format(date, text));
}

static void feed_print(struct cli *cli, const struct calendar_feed *feed)
{
	const char *state = feed->revoked_on != OV_NULL ? _("revoked") :
			    feed->expires_on <= clock_today(&cli->clock) ? _("ended") : "";

	printf("%6lld  %s  %s  %s %s  %s %s  %s\n", (long long)feed->id,
	       text_fit_arena(subject_name(cli, feed), 24, TEXT_LEFT, &cli->arena),
	       text_fit_arena(maker(cli, feed), 16, TEXT_LEFT, &cli->arena), _("until"),
	       day_text(cli, feed->expires_on), _("used"),
	       text_fit_arena(day_text(cli, feed->used_on), 10, TEXT_LEFT, &cli->arena), state);
}

int feed_list_run(struct cli *cli)
{
	const struct filter open[] = { { .field = "revoked_on", .op = FILTER_EQ, .number = OV_NULL } };
	struct query query = { .kind = KIND_CALENDAR_FEED, .filters = open, .descending = true,
			       .filter_count = !args_has(&cli->args, "all") };
	struct page page;
	json_t *items;

	if (record_page(cli, &query, &page))
		return cli->err.code;
	items = json_array();
	for (size_t i = 0; i < page.count; i++) {
		json_t *object;

		if (!cli->json) {
			feed_print(cli, page.records[i]);
			continue;
		}
		object = output_object(&calendar_feed_fields, page.records[i]);
		json_object_set_new(object, "subject", json_string(subject_name(cli, page.records[i])));
		json_object_set_new(object, "made_by", json_string(maker(cli, page.records[i])));
		json_array_append_new(items, object);
	}
	output_page(cli, items, page.count, page.next);
	return 0;
}
