/* `overpass calendar ics`: the meetings of a cohort, learner, teacher or room. */
#include "cli/verb.h"

#include <stdio.h>

#include "core/base/buf.h"
#include "core/base/i18n.h"
#include "core/codec/ics.h"

enum { HALF_A_YEAR = 183 };

int calendar_ics_run(struct cli *cli)
{
	struct card_request request = { .kind = KIND_CALENDAR_EVENT };
	const char *word = NULL;
	struct buf out = BUF_INIT;
	struct bundle bundle;

	if (args_date(&cli->args, "from", &request.from, &cli->err) ||
	    args_date(&cli->args, "to", &request.to, &cli->err) ||
	    session_subject_key(cli, &word, &request.key))
		return cli->err.code;
	if (request.from == OV_NULL)
		request.from = clock_today(&cli->clock);
	if (request.to == OV_NULL)
		request.to = request.from + HALF_A_YEAR;
	if (store_card(cli->store, &request, &cli->arena, &bundle, &cli->err) < 0)
		return cli->err.code;
	ics_calendar(&out, word, cli->clock.utc_offset, 0,
		     bundle_list(&bundle, &calendar_event_fields));
	fwrite(out.bytes, 1, out.len, stdout);
	buf_release(&out);
	return 0;
}
