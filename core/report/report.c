#include "core/report/report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/command.h"

const struct report_def report_defs[] = {
#define D(CODE, NAME, TITLE, HELP, PERMISSION, CARD, ABOUT, FLAGS, COMMAND) \
	{ CODE, #NAME, TITLE, HELP, PERM_##PERMISSION, KIND_##CARD, KIND_##ABOUT, FLAGS, COMMAND, \
	  report_##NAME },
#include "core/report/report_list.h"
#undef D
};
const size_t report_count = sizeof report_defs / sizeof report_defs[0];

const char *const report_format_names[REPORT_FORMATS] = { "text", "csv", "pdf" };
const char *const report_media_types[REPORT_FORMATS] = {
	"text/plain; charset=utf-8", "text/csv; charset=utf-8; header=present", "application/pdf",
};

const struct report_def *report_find(const char *name)
{
	for (size_t i = 0; i < report_count; i++)
		if (!strcasecmp(report_defs[i].name, name) || !strcasecmp(report_defs[i].code, name))
			return &report_defs[i];
	return NULL;
}

const char *report_words(const struct report_def *def)
{
	switch (def->about) {
	case KIND_STUDENT:
		return "NUMBER";
	case KIND_CREDIT_CLAIM:
		return "CLAIM";
	case KIND_COHORT:
		return def->flags & REPORT_OPTIONAL ? "[COHORT]" : "COHORT";
	default:
		return "";
	}
}

const char *report_date(struct report_build *b, int64_t date)
{
	return date == OV_NULL ? "—" : date_format(date, arena_alloc(b->arena, DATE_TEXT));
}

const char *report_days(struct report_build *b)
{
	return arena_printf(b->arena, "%s – %s", report_date(b, b->from), report_date(b, b->to - 1));
}

/* --- records --- */

static int64_t month_start(int64_t day)
{
	char text[DATE_TEXT];
	int64_t first;

	date_format(day, text);
	text[8] = '0';
	text[9] = '1';
	return date_parse(text, &first) ? first : day;
}

static int days_set(struct report_build *b, struct error *err)
{
	enum { WEEK = 7 };
	const struct report_request *request = b->request;
	const unsigned flags = request->def->flags;

	b->from = request->from;
	b->to = request->to;
	if (flags & REPORT_WEEK && b->from == OV_NULL)
		b->from = b->to != OV_NULL ? b->to - WEEK :
			  request->today - date_weekday(request->today) + 1;
	if (flags & REPORT_WEEK && b->to == OV_NULL)
		b->to = b->from + WEEK;
	if (flags & REPORT_MONTH && b->from == OV_NULL)
		b->from = month_start((b->to != OV_NULL ? b->to : month_start(request->today)) - 1);
	if (flags & REPORT_MONTH && b->to == OV_NULL)
		b->to = month_start(b->from + 31);
	if (b->from != OV_NULL && b->to != OV_NULL && b->to <= b->from)
		return error_reason(err, REASON_REPORT_PERIOD, NULL);
	return 0;
}

static int by_command(struct report_build *b, struct error *err)
{
	const struct report_request *request = b->request;
	const struct card_request asked = { .kind = KIND_STUDENT, .key = request->key,
					    .from = OV_NULL, .to = OV_NULL };
	struct outcome *outcome = arena_alloc(b->arena, sizeof *outcome);
	const struct student *student;
	struct command command;
	struct bundle card;

	if (store_card(b->store, &asked, b->arena, &card, err) < 0)
		return err->code;
	student = bundle_first(&card, &student_fields);
	command_init(&command, command_find(request->def->command), b->arena);
	command.target = student->person_id;
	command.expected_rev = OV_NULL;
	if (request->reason &&
	    command_set(&command, "reason", request->reason, b->arena, err) < 0)
		return err->code;
	if (store_execute(b->store, &command, 1, b->arena, outcome, NULL, err) < 0)
		return err->code;
	b->bundle = outcome->records;
	return 0;
}

static int records_read(struct report_build *b, struct error *err)
{
	const struct report_request *request = b->request;
	struct card_request asked = {
		.kind = request->def->card, .key = request->key ? request->key : "",
		.from = b->from, .to = b->to,
	};

	if (asked.kind == KIND_SESSION_SLOT) /* of a learner, says that card's key */
		asked.key = arena_printf(b->arena, "student:%s", asked.key);
	if (request->def->command)
		return by_command(b, err);
	return store_card(b->store, &asked, b->arena, &b->bundle, err);
}

/* A feed of the document's subject. Made when all else is read, so that what can't
 * be printed leaves none behind. */
static int feed_make(struct report_build *b, struct error *err)
{
	const bool learner = b->request->def->about == KIND_STUDENT;
	const struct record_head *subject = bundle_first(&b->bundle, kind_fields(b->request->def->about));
	struct outcome *outcome = arena_alloc(b->arena, sizeof *outcome);
	struct command command;
	char id[24];

	snprintf(id, sizeof id, "%lld", (long long)subject->id);
	command_init(&command, command_find("feed.create"), b->arena);
	if (command_set(&command, learner ? "student_id" : "cohort_id", id, b->arena, err) < 0 ||
	    store_execute(b->store, &command, 1, b->arena, outcome, NULL, err) < 0)
		return err->code;
	b->link = bundle_first(&outcome->records, &feed_link_fields);
	return 0;
}

static void head_set(struct report_build *b)
{
	enum { MARK = 8 };
	const struct print_head *head = bundle_first(&b->bundle, &print_head_fields);
	char instant[INSTANT_TEXT], hex[HASH_HEX];

	if (!head)
		return;
	b->doc->centre = head->centre ? head->centre : "";
	b->doc->user = head->login ? head->login : "";
	b->doc->printed_at = head->at;
	/* 2026-03-01T08:30:00Z of the centre's clock, as 2026-03-01 08:30. */
	instant_format(head->at + b->request->utc_offset, instant);
	b->doc->printed = arena_printf(b->arena, "%.10s %.5s", instant, instant + 11);
	if (head->ledger_hash)
		snprintf(b->doc->ledger, sizeof b->doc->ledger, "%.*s", MARK,
			 hash_hex(head->ledger_hash, hex));
}

int report_make(struct store *store, const struct report_request *request, struct arena *arena,
		struct document *doc, struct error *err)
{
	struct report_build *b = arena_alloc(arena, sizeof *b);
	const struct report_def *def = request->def;

	*b = (struct report_build){ .request = request, .store = store, .arena = arena,
				    .doc = doc };
	if (store->actor.user_id > 0 && !permission_has(&store->actor, def->permission))
		return error_reason(err, REASON_PERM_DENIED, "action",
				    _(permission_label(def->permission)), NULL);
	if (request->format == REPORT_AS_CSV && !(def->flags & REPORT_CSV))
		return error_reason(err, REASON_REPORT_NO_CSV, "title", _(def->title), NULL);
	if (days_set(b, err) < 0 || records_read(b, err) < 0 ||
	    (request->feed && feed_make(b, err) < 0))
		return err->code;
	document_init(doc, arena, _(def->title));
	doc->records = &b->bundle;
	doc->wide = def->flags & REPORT_WIDE;
	head_set(b);
	return def->build(b, err);
}

int report_write(const struct document *doc, enum report_format format,
		 const struct doc_options *options, const struct doc_sink *sink,
		 struct error *err)
{
	switch (format) {
	case REPORT_AS_CSV:
		return document_csv(doc, options, sink, err);
	case REPORT_AS_PDF:
		return document_pdf(doc, options, sink, err);
	default:
		return document_text(doc, options, sink, err);
	}
}

/* --- files --- */

struct file_out {
	FILE *file;
	const char *path;
};

static int write_failed(const char *path, struct error *err)
{
	return error_reason(err, REASON_FILE_WRITE, "file", path, "why", strerror(errno), NULL);
}

static int file_write(void *context, const void *bytes, size_t len, struct error *err)
{
	struct file_out *out = context;

	return fwrite(bytes, 1, len, out->file) == len ? 0 : write_failed(out->path, err);
}

/* A hard link fails where a file is; a rename takes its place. */
static int file_place(const char *part, const char *path, bool overwrite, struct error *err)
{
	if (overwrite)
		return rename(part, path) == 0 ? 0 : write_failed(path, err);
	if (link(part, path) == 0)
		return 0;
	return errno == EEXIST ? error_reason(err, REASON_FILE_EXISTS, "file", path, NULL) :
	       write_failed(path, err);
}

int report_write_file(const struct document *doc, enum report_format format,
		      const struct doc_options *options, const char *path, bool overwrite,
		      struct error *err)
{
	const char *part = arena_printf(doc->arena, "%s.%ld.part", path, (long)getpid());
	struct file_out out = { .path = path };
	const struct doc_sink sink = { file_write, &out };
	int fd, rc;

	if (!overwrite && access(path, F_OK) == 0)
		return error_reason(err, REASON_FILE_EXISTS, "file", path, NULL);
	fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	out.file = fd < 0 ? NULL : fdopen(fd, "w");
	if (!out.file) {
		rc = write_failed(path, err);
		if (fd >= 0)
			close(fd);
		return rc;
	}
	rc = report_write(doc, format, options, &sink, err);
	if (rc == 0 && (fflush(out.file) != 0 || fsync(fd) != 0))
		rc = write_failed(path, err);
	if (fclose(out.file) != 0 && rc == 0)
		rc = write_failed(path, err);
	if (rc == 0)
		rc = file_place(part, path, overwrite, err);
	unlink(part);
	return rc;
}
