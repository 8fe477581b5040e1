#include "tui/recent.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/config/paths.h"

enum { FILE_MAX = 1024 };

/* A name that says nothing about the person to whoever lists the folder. */
static void path_make(struct recent *recent, const char *dir, const char *store, const char *login)
{
	struct arena arena = ARENA_INIT;
	const char *key = arena_printf(&arena, "%s\n%s", store ? store : "", login);
	uint8_t hash[HASH_BYTES];
	int used;

	hash_sha256(key, strlen(key), hash);
	used = snprintf(recent->path, sizeof recent->path, "%s/recent-%02x%02x%02x%02x%02x%02x",
			dir, hash[0], hash[1], hash[2], hash[3], hash[4], hash[5]);
	if (used < 0 || (size_t)used >= sizeof recent->path)
		recent->path[0] = '\0';
	arena_release(&arena);
}

/* Lines of "7" or "*7"; all else is passed over. */
static void parse(struct recent *recent, char *text)
{
	char *line, *rest = NULL;

	for (line = strtok_r(text, "\n", &rest); line && recent->count < RECENT_MAX;
	     line = strtok_r(NULL, "\n", &rest)) {
		bool pinned = *line == '*';
		char *end;
		long long id;

		errno = 0;
		id = strtoll(line + pinned, &end, 10);
		if (id > 0 && !*end && !errno)
			recent->entry[recent->count++] = (struct recent_entry){ id, pinned };
	}
}

void recent_load(struct recent *recent, const char *state_dir, const char *store,
		 const char *login)
{
	char text[FILE_MAX + 1];
	ssize_t len = 0;
	int fd;

	memset(recent, 0, sizeof *recent);
	if (!state_dir || !login || !*login)
		return;
	path_make(recent, state_dir, store, login);
	fd = *recent->path ? open(recent->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
	if (fd < 0)
		return;
	len = read(fd, text, FILE_MAX);
	close(fd);
	text[len > 0 ? len : 0] = '\0';
	parse(recent, text);
}

/* A comfort: when it can't be written, the person works on without. */
static void save(const struct recent *recent)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	const char *text = "", *part, *slash = strrchr(recent->path, '/');
	size_t i;
	int fd;

	if (!slash || path_make_folder(arena_strndup(&arena, recent->path,
						     (size_t)(slash - recent->path)), &err))
		goto done;
	for (i = 0; i < recent->count; i++)
		text = arena_printf(&arena, "%s%s%lld\n", text, recent->entry[i].pinned ? "*" : "",
				    (long long)recent->entry[i].id);
	part = arena_printf(&arena, "%s.part", recent->path);
	fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		goto done;
	if (write(fd, text, strlen(text)) == (ssize_t)strlen(text) && close(fd) == 0)
		(void)!rename(part, recent->path);
	else
		unlink(part);
done:
	arena_release(&arena);
}

static size_t find(const struct recent *recent, int64_t id)
{
	size_t i;

	for (i = 0; i < recent->count && recent->entry[i].id != id; i++)
		continue;
	return i;
}

static size_t pins(const struct recent *recent)
{
	size_t i = 0;

	while (i < recent->count && recent->entry[i].pinned)
		i++;
	return i;
}

/* Moves ID, which may be new, to place TO. The last one falls off. */
static void place(struct recent *recent, int64_t id, bool pinned, size_t to)
{
	size_t from = find(recent, id);

	if (from == recent->count && recent->count < RECENT_MAX)
		recent->count++;
	if (from == RECENT_MAX)
		from--;
	if (from > to)
		memmove(&recent->entry[to + 1], &recent->entry[to],
			(from - to) * sizeof recent->entry[0]);
	else
		memmove(&recent->entry[from], &recent->entry[from + 1],
			(to - from) * sizeof recent->entry[0]);
	recent->entry[to] = (struct recent_entry){ id, pinned };
}

void recent_opened(struct recent *recent, int64_t id)
{
	size_t at = find(recent, id), first = pins(recent);

	if (at < first || first == RECENT_MAX || (at == first && at < recent->count))
		return; /* pinned, no room, or there already */
	place(recent, id, false, first);
	save(recent);
}

bool recent_pin(struct recent *recent, int64_t id)
{
	size_t at = find(recent, id), first = pins(recent);
	bool pinned = at < first;

	if (pinned)
		place(recent, id, false, first - 1);
	else if (first < RECENT_MAX)
		place(recent, id, true, 0);
	save(recent);
	return !pinned;
}

const char *recent_query(const struct recent *recent, struct arena *arena)
{
	const char *text = "";
	size_t i;

	for (i = 0; i < recent->count; i++)
		text = arena_printf(arena, i ? "%s #%lld" : "%s#%lld", text,
				    (long long)recent->entry[i].id);
	return text;
}
