#include "config.h"

#include "tests/screen/harness.h"

#include <errno.h>
#include <fcntl.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/screen/cmocka.h"
#include "tests/screen/vt.h"
#include "tui/app_internal.h"

enum { PIPE_BYTES = 1 << 20, DEADLINE_MS = 10000 };

struct screen {
	struct app *app;
	struct vt *vt;
	int keys, output; /* our ends of the pipes */
	FILE *in, *out;
	size_t written;
	bool ended;
	struct buf row;
	char clipboard[512], clipped[512];
};

/* ESC ] 52 ; c ; … BEL: written at once, so in one piece. */
static void clipboard_look(struct screen *screen, const char *bytes, size_t len)
{
	static const char head[] = "\033]52;c;";
	const char *at = memmem(bytes, len, head, sizeof head - 1);

	if (!at)
		return;
	at += sizeof head - 1;
	snprintf(screen->clipboard, sizeof screen->clipboard, "%.*s",
		 (int)strcspn(at, "\a"), at);
}

static const char *root(const char *name)
{
	const char *dir = getenv(name);

	return dir && *dir ? dir : ".";
}

static void language_start(void)
{
	struct arena arena = ARENA_INIT;

	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	bindtextdomain("overpass", arena_printf(&arena, "%s/locale", root("OV_BUILDDIR")));
	textdomain("overpass");
	arena_release(&arena);
}

static void pipes_open(struct screen *screen)
{
	int in[2], out[2];

	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC | O_NONBLOCK), 0);
	assert_true(fcntl(out[1], F_SETPIPE_SZ, PIPE_BYTES) > 0);
	screen->keys = in[1];
	screen->in = fdopen(in[0], "r");
	screen->output = out[0];
	screen->out = fdopen(out[1], "w");
}

static void size_set(int rows, int cols)
{
	char text[16];

	snprintf(text, sizeof text, "%d", rows);
	setenv("LINES", text, 1);
	snprintf(text, sizeof text, "%d", cols);
	setenv("COLUMNS", text, 1);
}

static void drain(struct screen *screen)
{
	char bytes[65536];
	ssize_t len;

	fflush(screen->out);
	while ((len = read(screen->output, bytes, sizeof bytes)) > 0) {
		screen->written += (size_t)len;
		clipboard_look(screen, bytes, (size_t)len);
		vt_write(screen->vt, bytes, (size_t)len);
	}
}

struct screen *screen_open(const struct screen_options *o)
{
	struct screen *screen = mem_alloc(sizeof *screen);
	struct error err = ERROR_INIT;
	struct tui_options options = {
		.source = o->source, .login = o->login, .theme = o->theme ? o->theme : "mono",
		.language = o->language, .data_dir = root("OV_SRCDIR"), .state_dir = o->state_dir,
		.user_dir = o->user_dir,
		.cursor = o->cursor, .views = o->views, .term = "xterm-256color", .escdelay = 1,
		.clock = CLOCK_INIT, .store_name = "demo",
	};

	language_start();
	unsetenv("NO_COLOR");
	size_set(o->rows, o->cols);
	pipes_open(screen);
	screen->vt = vt_new(o->rows, o->cols);
	options.in = screen->in;
	options.out = screen->out;
	/* Sunday 2026-03-01 14:32 at the centre, where DOMAIN.md stands. */
	options.clock.fixed_now = 1772346720;
	options.clock.fixed_today = 20513;
	screen->app = app_new(&options, &err);
	if (!screen->app)
		print_error("%s\n", err.message);
	assert_non_null(screen->app);
	screen_settle_wakes(screen);
	return screen;
}

void screen_close(struct screen *screen)
{
	app_free(screen->app);
	vt_free(screen->vt);
	if (screen->keys >= 0)
		close(screen->keys);
	close(screen->output);
	fclose(screen->in);
	fclose(screen->out);
	buf_release(&screen->row);
	free(screen);
}

struct app *screen_app(struct screen *screen)
{
	return screen->app;
}

void screen_settle(struct screen *screen)
{
	int64_t end = clock_monotonic_ms() + DEADLINE_MS;
	int quiet = 0;

	while (!screen->ended && quiet < 2) {
		bool rest = app_settled(screen->app);

		assert_true(clock_monotonic_ms() < end);
		screen->ended = !app_turn(screen->app, rest ? 0 : 20);
		drain(screen);
		quiet = rest && app_settled(screen->app) ? quiet + 1 : 0;
	}
}

static bool wake_pending(const struct screen *screen)
{
	const struct view *view;
	int i;

	for (i = 0; i < STACKS; i++) {
		for (view = screen->app->stack[i]; view; view = view->below) {
			if (view->wake_at && view->wake_at < clock_monotonic_ms() + 1000)
				return true;
		}
	}
	return false;
}

void screen_settle_wakes(struct screen *screen)
{
	screen_settle(screen);
	while (!screen->ended && wake_pending(screen)) {
		screen->ended = !app_turn(screen->app, -1);
		screen_settle(screen);
	}
}

void screen_bytes(struct screen *screen, const char *bytes, size_t len)
{
	assert_int_equal(write(screen->keys, bytes, len), (ssize_t)len);
	screen_settle(screen);
}

void screen_hang_up(struct screen *screen)
{
	close(screen->keys);
	screen->keys = -1;
	screen_settle(screen);
	if (!screen->ended)
		screen->ended = !app_turn(screen->app, 1000);
}

void screen_type(struct screen *screen, const char *text)
{
	while (*text) {
		size_t len = utf8_prefix(text, 1);

		screen_bytes(screen, text, len);
		text += len;
	}
}

static const char *key_bytes(key_press key, char out[8])
{
	static const struct {
		key_press key;
		const char *bytes;
	} table[] = {
		{ K_UP, "\033OA" }, { K_DOWN, "\033OB" }, { K_RIGHT, "\033OC" },
		{ K_LEFT, "\033OD" }, { K_HOME, "\033OH" }, { K_END, "\033OF" },
		{ K_PGUP, "\033[5~" }, { K_PGDN, "\033[6~" }, { K_BACKTAB, "\033[Z" },
		{ K_BACKSPACE, "\177" }, { K_DELETE, "\033[3~" }, { K_ENTER, "\r" },
		{ K_F0 + 1, "\033OP" }, { K_F0 + 2, "\033OQ" }, { K_F0 + 3, "\033OR" },
		{ K_F0 + 4, "\033OS" }, { K_F0 + 5, "\033[15~" }, { K_F0 + 6, "\033[17~" },
		{ K_F0 + 7, "\033[18~" }, { K_F0 + 8, "\033[19~" }, { K_F0 + 9, "\033[20~" },
		{ K_F0 + 10, "\033[21~" },
	};
	size_t i;

	for (i = 0; i < sizeof table / sizeof table[0]; i++) {
		if (table[i].key == key)
			return table[i].bytes;
	}
	if (key & KM_ALT) {
		snprintf(out, 8, "\033%c", (char)(key & 0x7f));
		return out;
	}
	out[utf8_encode(key & KM_MASK, out)] = '\0';
	return out;
}

void screen_keys(struct screen *screen, const char *keys)
{
	while (*keys) {
		char bytes[8] = "";
		key_press key;
		size_t len;

		keys += strspn(keys, " ");
		len = strcspn(keys, " ");
		if (!len)
			break;
		if (!key_parse(keys, len, &key))
			fail_msg("there is no key %.*s", (int)len, keys);
		key_bytes(key, bytes);
		screen_bytes(screen, key_bytes(key, bytes), strlen(key_bytes(key, bytes)));
		keys += len;
	}
}

const char *screen_clipboard(struct screen *screen)
{
	memcpy(screen->clipped, screen->clipboard, sizeof screen->clipped);
	screen->clipboard[0] = '\0';
	return screen->clipped;
}

size_t screen_written(struct screen *screen)
{
	size_t written = screen->written;

	screen->written = 0;
	return written;
}

bool screen_ended(const struct screen *screen)
{
	return screen->ended;
}

bool screen_shows(struct screen *screen, const char *text)
{
	return vt_shows(screen->vt, text);
}

const char *screen_row(struct screen *screen, int row)
{
	buf_clear(&screen->row);
	vt_row(screen->vt, row, &screen->row);
	return buf_cstr(&screen->row);
}

void screen_cursor(struct screen *screen, int *row, int *col)
{
	vt_cursor(screen->vt, row, col);
}

static bool file_read(const char *path, struct buf *out)
{
	FILE *file = fopen(path, "r");
	char bytes[4096];
	size_t len;

	if (!file)
		return false;
	while ((len = fread(bytes, 1, sizeof bytes, file)) > 0)
		buf_add(out, bytes, len);
	fclose(file);
	return true;
}

static void file_write(const char *path, const struct buf *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(text->bytes, 1, text->len, file), text->len);
	assert_int_equal(fclose(file), 0);
}

/* The lines in which the two differ. */
static void differences(const char *want, const char *have)
{
	while (*want || *have) {
		size_t w = strcspn(want, "\n"), h = strcspn(have, "\n");

		if (w != h || memcmp(want, have, w) != 0)
			print_error("- %.*s\n+ %.*s\n", (int)w, want, (int)h, have);
		want += w + (want[w] ? 1 : 0);
		have += h + (have[h] ? 1 : 0);
	}
}

void screen_golden(struct screen *screen, const char *name)
{
	struct arena arena = ARENA_INIT;
	const char *path = arena_printf(&arena, "%s/tests/screen/golden/%s.txt", root("OV_SRCDIR"),
					name);
	const char *update = getenv("UPDATE_GOLDEN");
	struct buf have = BUF_INIT, want = BUF_INIT;
	bool same;

	screen_settle_wakes(screen);
	vt_dump(screen->vt, &have);
	if (update && *update) {
		file_write(path, &have);
	} else {
		if (!file_read(path, &want))
			print_error("there is no %s: run with UPDATE_GOLDEN=1\n", path);
		same = strcmp(buf_cstr(&want), buf_cstr(&have)) == 0;
		if (!same) {
			print_error("the screen differs from %s:\n", path);
			differences(buf_cstr(&want), buf_cstr(&have));
		}
		assert_true(same);
	}
	buf_release(&have);
	buf_release(&want);
	arena_release(&arena);
}
