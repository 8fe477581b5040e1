/* Drafts of the app's views in the state directory. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/config/paths.h"
#include "tui/app_internal.h"
#include "tui/draft.h"

static const char suffix[] = ".draft";

static bool write_file(const char *path, const struct buf *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool ok;

	if (fd < 0)
		return false;
	ok = write(fd, text->bytes, text->len) == (ssize_t)text->len && fsync(fd) == 0;
	return close(fd) == 0 && ok;
}

bool draft_text(struct view *view, struct buf *out)
{
	size_t start;

	if (!view->class->draft)
		return false;
	draft_head(out, view->class->name);
	start = out->len;
	view->class->draft(view, out);
	return out->len > start && !out->overflow;
}

void app_keep_draft(struct view *view)
{
	struct app *app = view->app;
	struct arena arena = ARENA_INIT;
	struct buf text;
	char key[KEY_NAME_MAX];

	buf_init(&text, DRAFT_FILE_MAX);
	if (draft_text(view, &text)) {
		draft_forget(&app->kept);
		buf_add(&app->kept, text.bytes, text.len);
		key_label(app->keymap.key[ACTION_DRAFTS][0], key);
		app_say(app, THEME_WAITING,
			arena_printf(&arena, _("What you typed is kept: %s opens it again"), key));
	}
	draft_forget(&text);
	arena_release(&arena);
}

static bool draft_save(struct app *app, struct view *view, struct arena *arena)
{
	const char *dir = app->options.state_dir, *path, *part;
	struct buf text;
	bool saved = false;

	buf_init(&text, DRAFT_FILE_MAX);
	if (draft_text(view, &text)) {
		path = arena_printf(arena, "%s/%s-%lld-%llu%s", dir, view->class->name,
				    (long long)clock_now(app_clock(app)),
				    (unsigned long long)view->serial, suffix);
		part = arena_printf(arena, "%s.part", path);
		saved = write_file(part, &text) && rename(part, path) == 0;
	}
	draft_forget(&text);
	return saved;
}

int drafts_save(struct app *app)
{
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct view *view;
	int i, saved = 0;
	bool folder = app->options.state_dir && path_make_folder(app->options.state_dir, &err) == 0;

	for (i = 0; folder && i < STACKS; i++) {
		for (view = app->stack[i]; view; view = view->below) {
			if (view->class->draft)
				saved += draft_save(app, view, &arena);
		}
	}
	arena_release(&arena);
	return saved;
}

static bool load_one(const char *path, struct arena *arena, struct draft *draft)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct error err = ERROR_INIT;
	struct stat st;
	bool ok = false;

	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= DRAFT_FILE_MAX) {
		char *text = arena_alloc(arena, (size_t)st.st_size + 1);
		ssize_t len = read(fd, text, (size_t)st.st_size);

		ok = len > 0 && draft_parse(text, (size_t)len, arena, draft, &err) == 0;
		draft->path = arena_strdup(arena, path);
	}
	if (fd >= 0)
		close(fd);
	return ok;
}

/* Newest first: the name has the view, then the time. */
static int by_age(const void *a, const void *b)
{
	return strcmp(((const struct draft *)b)->path, ((const struct draft *)a)->path);
}

size_t drafts_load(const char *state_dir, struct arena *arena, struct draft *list, size_t max)
{
	struct dirent *entry;
	DIR *dir = state_dir ? opendir(state_dir) : NULL;
	size_t count = 0;

	while (dir && count < max && (entry = readdir(dir)) != NULL) {
		size_t len = strlen(entry->d_name), tail = sizeof suffix - 1;

		if (len > tail && strcmp(entry->d_name + len - tail, suffix) == 0 &&
		    load_one(arena_printf(arena, "%s/%s", state_dir, entry->d_name), arena,
			     &list[count]))
			count++;
	}
	if (dir)
		closedir(dir);
	qsort(list, count, sizeof *list, by_age);
	return count;
}

void draft_delete(const struct draft *draft)
{
	if (draft->path)
		unlink(draft->path);
}

void drafts_announce(struct app *app)
{
	struct arena arena = ARENA_INIT;
	struct draft *list = arena_array(&arena, DRAFTS_MAX, sizeof *list);
	size_t count = drafts_load(app->options.state_dir, &arena, list, DRAFTS_MAX);
	char key[KEY_NAME_MAX];

	if (count) {
		key_label(app->keymap.key[ACTION_DRAFTS][0], key);
		app_say(app, THEME_WAITING,
			arena_printf(&arena, _("Kept drafts of unsaved work: %zu. %s opens them"),
				     count, key));
	}
	arena_release(&arena);
}
