#include "tui/theme.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"

static const char *const role_names[THEME_ROLES] = {
	[THEME_TEXT] = "text", [THEME_TITLE] = "title", [THEME_BAR] = "bar",
	[THEME_KEY] = "key", [THEME_RULE] = "rule", [THEME_HEADING] = "heading",
	[THEME_LABEL] = "label", [THEME_VALUE] = "value", [THEME_MUTED] = "muted",
	[THEME_SELECTION] = "selection", [THEME_MARKER] = "marker",
	[THEME_FIELD] = "field", [THEME_FIELD_BAD] = "field-bad",
	[THEME_DIALOG] = "dialog", [THEME_PROGRESS] = "progress", [THEME_OK] = "ok",
	[THEME_WARNING] = "warning", [THEME_REFUSED] = "refused",
	[THEME_WAITING] = "waiting",
	[THEME_MATCH] = "match", [THEME_CODE] = "code",
};

const char *theme_role_name(enum theme_role role)
{
	return role_names[role];
}

void theme_init(struct theme *theme)
{
	static const enum theme_role bold[] = { THEME_TITLE, THEME_KEY, THEME_HEADING,
						THEME_SELECTION, THEME_MARKER, THEME_WARNING,
						THEME_REFUSED };
	size_t i;

	memset(theme, 0, sizeof *theme);
	for (i = 0; i < THEME_ROLES; i++)
		theme->style[i] = (struct theme_style){ .fg = THEME_DEFAULT, .bg = THEME_DEFAULT };
	for (i = 0; i < sizeof bold / sizeof bold[0]; i++)
		theme->style[bold[i]].bold = true;
	theme->style[THEME_FIELD].underline = true;
	theme->style[THEME_MATCH].underline = true;
	theme->style[THEME_FIELD_BAD].reverse = true;
	theme->style[THEME_CODE].reverse = true;
}

struct rgb {
	int r, g, b;
};

/* The xterm palette: 16 named colours, a cube of 6, a ramp of 24 greys. */
static struct rgb palette(int color)
{
	static const struct rgb named[16] = {
		{ 0, 0, 0 },       { 205, 0, 0 },     { 0, 205, 0 },     { 205, 205, 0 },
		{ 0, 0, 238 },     { 205, 0, 205 },   { 0, 205, 205 },   { 229, 229, 229 },
		{ 127, 127, 127 }, { 255, 0, 0 },     { 0, 255, 0 },     { 255, 255, 0 },
		{ 92, 92, 255 },   { 255, 0, 255 },   { 0, 255, 255 },   { 255, 255, 255 },
	};
	static const int step[6] = { 0, 95, 135, 175, 215, 255 };
	int grey;

	if (color < 16)
		return named[color < 0 ? 0 : color];
	if (color < 232)
		return (struct rgb){ step[(color - 16) / 36], step[(color - 16) / 6 % 6],
				     step[(color - 16) % 6] };
	grey = 8 + (color - 232) * 10;
	return (struct rgb){ grey, grey, grey };
}

int theme_reduce(int color, int colors)
{
	struct rgb want = palette(color);
	int best = 0, least = INT32_MAX, i;

	/* Between 16 and 256 the numbers stand for other colours everywhere. */
	if (color == THEME_DEFAULT || colors >= 256 || (color < 16 && color < colors))
		return color;
	for (i = 0; i < (colors < 16 ? 8 : 16); i++) {
		struct rgb have = palette(i);
		int r = want.r - have.r, g = want.g - have.g, b = want.b - have.b;
		int distance = r * r * 3 + g * g * 6 + b * b;

		if (distance < least) {
			least = distance;
			best = i;
		}
	}
	return best;
}

/* Ten-thousandths of the light of white, of the sixteen named colours. */
static const int light_of[16] = { 0, 1298, 4366, 5664, 617, 1739, 4807, 7835, 2122, 2126, 7152, 9278, 1715, 2848, 7874, 10000 };

/* Do two of them (default as the theme takes it) differ by 4.5 to 1? */
static bool differ(int a, int b)
{
	int bright = light_of[a] > light_of[b] ? light_of[a] : light_of[b];
	int dark = light_of[a] > light_of[b] ? light_of[b] : light_of[a];

	return (bright + 500) * 10 >= (dark + 500) * 45;
}

void theme_pair(const struct theme *theme, enum theme_role role, int colors, int *fg, int *bg)
{
	const struct theme_style *style = &theme->style[role];
	int ground;

	*fg = theme_reduce(style->fg, colors);
	*bg = theme_reduce(style->bg, colors);
	if (colors >= 256)
		return;
	/* The nearest colour may be too near to the ground. */
	ground = *bg == THEME_DEFAULT ? (theme->light ? 15 : 0) : *bg;
	if (differ(*fg == THEME_DEFAULT ? (theme->light ? 0 : 15) : *fg, ground))
		return;
	if (*bg == THEME_DEFAULT)
		*fg = THEME_DEFAULT;
	else if (colors >= 16 && differ(15, ground))
		*fg = 15;
	else
		*fg = differ(7, ground) ? 7 : 0;
}

void theme_apply(struct theme *theme, bool no_color)
{
	bool color = !no_color && has_colors();
	int i, max;

	if (color) {
		start_color();
		use_default_colors();
	}
	max = color ? COLORS : 0;
	for (i = 0; i < THEME_ROLES; i++) {
		const struct theme_style *style = &theme->style[i];
		attr_t attr = A_NORMAL;

		if (style->bold)
			attr |= A_BOLD;
		if (style->underline)
			attr |= A_UNDERLINE;
		if (style->dim)
			attr |= A_DIM;
		/* A ground of its own must show without colour, too. */
		if (style->reverse || (!color && style->bg != THEME_DEFAULT))
			attr |= A_REVERSE;
		if (color && (style->fg != THEME_DEFAULT || style->bg != THEME_DEFAULT)) {
			int fg, bg;

			theme_pair(theme, (enum theme_role)i, max, &fg, &bg);
			init_pair((short)(i + 1), (short)fg, (short)bg);
			attr |= COLOR_PAIR(i + 1);
		}
		theme->attr[i] = attr;
	}
}

unsigned long theme_attr(const struct theme *theme, enum theme_role role)
{
	return theme->attr[role];
}

bool theme_code_inverted(const struct theme *theme)
{
	return !(theme->attr[THEME_CODE] & A_COLOR) && theme->light;
}

void theme_rgb(int color, int rgb[3])
{
	struct rgb c = palette(color);

	rgb[0] = c.r;
	rgb[1] = c.g;
	rgb[2] = c.b;
}
