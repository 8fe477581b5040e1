/* Documents: the same table as the command line's (core/report/report_list.h).
 *
 * One that writes to the trail (the copy of a person's record) is a command and
 * goes by POST /v1/commands: reading changes nothing. */
#include "server/routes.h"

#include <string.h>

#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/report/report.h"
#include "core/store/local.h"
#include "server/problem.h"
#include "server/service.h"

static const enum body_kind bodies[REPORT_FORMATS] = {
	[REPORT_AS_TEXT] = BODY_PLAIN, [REPORT_AS_CSV] = BODY_CSV, [REPORT_AS_PDF] = BODY_PDF,
};

static int day_read(const struct request *request, const char *name, int64_t *day,
		    struct error *err)
{
	const char *text = request_param(request, name);

	*day = OV_NULL;
	if (text && !date_parse(text, day))
		return route_bad(err, _("a day is written 2026-03-01"), name);
	return 0;
}

static int format_read(const struct request *request, enum report_format *format,
		       struct error *err)
{
	const char *text = request_param(request, "format");

	*format = REPORT_AS_TEXT;
	for (int i = 0; text && i < REPORT_FORMATS; i++)
		if (!strcmp(text, report_format_names[i])) {
			*format = (enum report_format)i;
			return 0;
		}
	return text ? route_bad(err, _("the format is text, csv or pdf"), "format") : 0;
}

static int asked_read(struct request *request, struct report_request *asked, struct error *err)
{
	const char *name = request->segments[2];

	asked->def = report_find(name);
	if (!asked->def || asked->def->command)
		return error_reason(err, REASON_NOT_FOUND, "what", _("document to print"), "key", name, NULL);
	asked->key = request_param(request, "key");
	if (asked->def->about != KIND_NONE && !(asked->def->flags & REPORT_OPTIONAL) && !asked->key)
		return route_bad(err, _("a key is needed"), "key");
	if (format_read(request, &asked->format, err) < 0 ||
	    day_read(request, "from", &asked->from, err) < 0)
		return err->code;
	return day_read(request, "to", &asked->to, err);
}

int route_report(struct request *request)
{
	static const struct doc_options options = { .columns = 0 };
	const struct doc_sink sink = { document_to_buf, &request->response.body };
	struct error err = ERROR_INIT;
	struct store *store = service_store(request, &err);
	struct report_request asked = { .def = NULL };
	struct document doc;
	int rc = store ? asked_read(request, &asked, &err) : err.code;

	if (rc == 0) {
		asked.today = local_today(local_of(store));
		asked.utc_offset = local_of(store)->clock.utc_offset;
		rc = report_make(store, &asked, &request->arena, &doc, &err);
	}
	if (rc == 0)
		rc = report_write(&doc, asked.format, &options, &sink, &err);
	if (rc < 0) {
		buf_clear(&request->response.body);
		return respond_error(request, &err);
	}
	request->response.status = 200;
	request->response.kind = bodies[asked.format];
	return REQUEST_DONE;
}
