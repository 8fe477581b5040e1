/* Timetables for calendar programs, which can be given an address and nothing
 * else: the token in it is the permission. Neither log nor answer repeats it. */
#include "server/routes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"
#include "core/store/feed_read.h"
#include "core/store/feed_token.h"
#include "server/guess.h"
#include "server/problem.h"
#include "server/service.h"

#define ENDING ".ics"

/* "TOKEN.ics" → "TOKEN"; "" when it has another form. */
static const char *token_of(struct request *request)
{
	const char *segment = request->segments[2];
	size_t len = strlen(segment), end = strlen(ENDING);

	if (len != FEED_TOKEN_TEXT - 1 + end || strcmp(segment + len - end, ENDING) != 0)
		return "";
	return arena_strndup(&request->arena, segment, len - end);
}

/* Who asks for tokens that never were waits longer and longer, like who guesses
 * at passwords; apart from those, since a phone that follows a feed which a
 * restored database no longer knows must not keep its office from logging in. */
static const char *guesser(struct request *request)
{
	return arena_printf(&request->arena, "feed %s", request->peer);
}

static int slow_down(struct request *request, int64_t wait_ms)
{
	struct error err = ERROR_INIT;
	char seconds[24];

	snprintf(seconds, sizeof seconds, "%lld", (long long)((wait_ms + 999) / 1000));
	response_header(request, "Retry-After", seconds);
	error_reason(&err, REASON_FEED_SLOW, "seconds", seconds, NULL);
	return respond_error(request, &err);
}

/* --- the day of the last use --- */

struct use_job {
	struct write_job job; /* first */
	struct arena arena;
	int64_t feed_id;
};

static int use_run(struct tx *tx, struct write_job *job, struct error *err)
{
	return feed_note_use(tx, ((struct use_job *)job)->feed_id, err);
}

static void use_done(struct write_job *job)
{
	struct use_job *use = (struct use_job *)job;

	arena_release(&use->arena);
	free(use);
}

/* Once a day, and nobody waits for it. */
static void note_use(struct request *request, const struct local *local,
		     const struct calendar_feed *feed)
{
	struct use_job *use;

	if (feed->used_on != OV_NULL && feed->used_on >= local_today(local))
		return;
	use = mem_alloc(sizeof *use);
	use->job.actor = system_actor;
	use->job.arena = &use->arena;
	use->job.run = use_run;
	use->job.done = use_done;
	use->feed_id = feed->id;
	if (!writer_post(request->service->writer, &use->job))
		free(use);
}

/* --- the answer --- */

static void tag_of(const struct buf *body, char tag[HASH_HEX + 2])
{
	uint8_t hash[HASH_BYTES];
	char hex[HASH_HEX];

	hash_sha256(body->bytes, body->len, hash);
	snprintf(tag, HASH_HEX + 2, "\"%.32s\"", hash_hex(hash, hex));
}

static int respond_calendar(struct request *request)
{
	struct buf *body = &request->response.body;
	char tag[HASH_HEX + 2];

	tag_of(body, tag);
	response_header(request, "ETag", tag);
	response_header(request, "Cache-Control", "private, no-cache");
	response_header(request, "Referrer-Policy", "no-referrer");
	if (route_tag_listed(request_header(request, "If-None-Match"), tag)) {
		buf_clear(body);
		return respond_empty(request, 304);
	}
	request->response.status = 200;
	request->response.kind = BODY_CALENDAR;
	request->response.spoken = true;
	return REQUEST_DONE;
}

int route_calendar(struct request *request)
{
	struct error err = ERROR_INIT;
	struct local *local = service_reader(request->service, &err);
	const char *who = guesser(request);
	struct calendar_feed *feed;
	enum feed_found found;
	int64_t wait = guess_wait(request->service->guesses, who, who, 0, clock_monotonic_ms());

	if (wait > 0)
		return slow_down(request, wait);
	if (!local || feed_find(local, token_of(request), &request->arena, &found, &feed, &err) < 0)
		return respond_error(request, &err);
	if (found == FEED_STRANGE)
		guess_wrong(request->service->guesses, who, who, 0, clock_monotonic_ms());
	if (found != FEED_OPEN)
		return respond_reason(request, REASON_FEED_UNKNOWN);
	if (feed_calendar(local, feed, &request->arena, &request->response.body, &err) < 0) {
		buf_clear(&request->response.body);
		return respond_error(request, &err);
	}
	note_use(request, local, feed);
	return respond_calendar(request);
}
