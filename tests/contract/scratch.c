#include "tests/contract/scratch.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROOMS = 8, ROOM = 512 };

static char folder[256];

static char *room(void)
{
	static char rooms[ROOMS][ROOM];
	static int next;

	return rooms[next++ % ROOMS];
}

void scratch_make(void)
{
	const char *base = getenv("TMPDIR");

	snprintf(folder, sizeof folder, "%s/overpass-test-XXXXXX", base ? base : "/tmp");
	if (!mkdtemp(folder))
		abort();
}

const char *scratch_path(const char *name)
{
	char *path = room();

	snprintf(path, ROOM, "%s/%s", folder, name);
	return path;
}

const char *scratch_url(const char *prefix, const char *name)
{
	char *url = room();

	snprintf(url, ROOM, "%s%s/%s", prefix, folder, name);
	return url;
}

static void empty(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	char name[ROOM * 2];

	chmod(path, 0700);
	while (dir && (entry = readdir(dir)) != NULL) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
		if (unlink(name) < 0) {
			empty(name);
			rmdir(name);
		}
	}
	if (dir)
		closedir(dir);
}

void scratch_remove(void)
{
	empty(folder);
	rmdir(folder);
}
