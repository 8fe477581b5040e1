/* clerk.c: a desk that works until the power fails.
 *
 *	clerk URL        does one command after another, 400 at most, each another
 *	                 calendar day, and writes the day to standard output as soon
 *	                 as the command is acknowledged
 *	clerk URL check  writes every day of that range that the database holds
 *
 * Command-line calls cannot show what becomes of the commands before the cut:
 * the simulator forgets with each process. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/hash.h"
#include "core/store/command.h"
#include "core/store/store.h"

enum { DAYS = 400, ROOM = 64 };

static int64_t first_day(void)
{
	int64_t day;

	return date_parse("2090-01-01", &day) ? day : 0;
}

/* At once and unbuffered: what is said here, was acknowledged. */
static bool say(int64_t day)
{
	char text[ROOM], date[DATE_TEXT];
	int len = snprintf(text, sizeof text, "%s\n", date_format(day, date));

	return write(STDOUT_FILENO, text, (size_t)len) == len;
}

static int set_day(struct store *store, int64_t day, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct command command;
	struct outcome outcome;
	char date[DATE_TEXT];
	int rc;

	memset(&outcome, 0, sizeof outcome);
	command_init(&command, command_find("calendar.set"), &arena);
	rc = command_set(&command, "on_date", date_format(day, date), &arena, err);
	if (rc == 0)
		rc = command_set(&command, "kind", "CLOSED", &arena, err);
	if (rc == 0)
		rc = command_set(&command, "name", "Power is out", &arena, err);
	if (rc == 0)
		rc = store_execute(store, &command, 1, &arena, &outcome, NULL, err);
	arena_release(&arena);
	return rc;
}

static int work(struct store *store, struct error *err)
{
	int rc = 0;

	for (int64_t day = first_day(); rc == 0 && day < first_day() + DAYS; day++) {
		rc = set_day(store, day, err);
		if (rc == 0 && !say(day))
			return -1;
	}
	return rc;
}

static int check(struct store *store, struct error *err)
{
	struct arena arena = ARENA_INIT;
	struct query query = { .kind = KIND_CALENDAR_DAY, .limit = 100 };
	struct page page;
	int rc;

	do {
		rc = store_find(store, &query, &arena, &page, err);
		for (size_t i = 0; rc == 0 && i < page.count; i++) {
			const struct calendar_day *day = page.records[i];

			if (day->on_date >= first_day() && day->on_date < first_day() + DAYS &&
			    !say(day->on_date))
				rc = -1;
		}
		query.cursor = rc == 0 ? page.next : NULL;
	} while (query.cursor);
	arena_release(&arena);
	return rc;
}

int main(int argc, char **argv)
{
	struct store_options options = STORE_OPTIONS_INIT;
	struct error err = ERROR_INIT;
	struct store *store = NULL;
	int rc = argc < 2 || hash_setup() ? -1 : store_open(argv[1], &options, &store, &err);

	if (rc == 0)
		rc = store_login(store, "registrar.1", NULL, &err);
	if (rc == 0)
		rc = argc > 2 ? check(store, &err) : work(store, &err);
	store_close(store);
	if (rc)
		fprintf(stderr, "clerk: %s\n", err.message);
	return error_exit_status(rc);
}
