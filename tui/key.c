#include "tui/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/text.h"

static const struct {
	const char *name;
	key_press key;
} names[] = {
	{ "Enter", K_ENTER }, { "Esc", K_ESC }, { "Tab", K_TAB }, { "BackTab", K_BACKTAB },
	{ "Space", ' ' }, { "Up", K_UP }, { "Down", K_DOWN }, { "Left", K_LEFT },
	{ "Right", K_RIGHT }, { "Home", K_HOME }, { "End", K_END }, { "PgUp", K_PGUP },
	{ "PgDn", K_PGDN }, { "BS", K_BACKSPACE }, { "Del", K_DELETE }, { "Ins", K_INSERT },
};

enum { NAMES = sizeof names / sizeof names[0] };

bool key_is_text(key_press key)
{
	return key >= ' ' && key != 127 && key < K_UP;
}

key_press key_narrow(key_press key)
{
	if (key >= 0xff01 && key <= 0xff5e)
		return key - 0xff01 + '!';
	switch (key) {
	case 0x3000: return ' ';
	case 0x3002: return '.'; /* the full stop an input method makes of . */
	case 0x3001: return '\\';
	case 0x3010: return '[';
	case 0x3011: return ']';
	default: return key;
	}
}

bool key_is_han(key_press key)
{
	return (key >= 0x3400 && key <= 0x9fff) || (key >= 0xf900 && key <= 0xfaff) ||
	       (key >= 0x20000 && key <= 0x3ffff);
}

static bool base_parse(const char *name, size_t len, key_press *key)
{
	size_t i;

	for (i = 0; i < NAMES; i++) {
		if (strlen(names[i].name) == len && memcmp(names[i].name, name, len) == 0) {
			*key = names[i].key;
			return true;
		}
	}
	if (len >= 2 && len <= 3 && name[0] == 'F' && name[1] >= '1' && name[1] <= '9') {
		int n = name[1] - '0';

		if (len == 3 && (name[2] < '0' || name[2] > '9'))
			return false;
		if (len == 3)
			n = n * 10 + name[2] - '0';
		if (n > 12)
			return false;
		*key = (key_press)(K_F0 + n);
		return true;
	}
	if (len >= 1) {
		uint32_t point;
		size_t used = utf8_decode(name, len, &point);

		if (used != len || !key_is_text(point))
			return false;
		*key = point;
		return true;
	}
	return false;
}

bool key_parse(const char *name, size_t len, key_press *key)
{
	key_press mods = 0, base;

	if (len > 4 && memcmp(name, "C-x ", 4) == 0) {
		mods |= KM_PREFIX;
		name += 4;
		len -= 4;
	}
	if (len > 2 && memcmp(name, "M-", 2) == 0) {
		mods |= KM_ALT;
		name += 2;
		len -= 2;
	}
	if (len == 3 && memcmp(name, "C-", 2) == 0) {
		if (name[2] < 'a' || name[2] > 'z')
			return false;
		*key = K_CTRL(name[2]) | mods;
		return true;
	}
	if (!base_parse(name, len, &base))
		return false;
	*key = base | mods;
	return true;
}

const char *key_label(key_press key, char out[KEY_NAME_MAX])
{
	const char *prefix = key & KM_PREFIX ? "C-x " : "";
	const char *alt = key & KM_ALT ? "M-" : "";
	key_press base = key & KM_MASK;
	char point[8];
	size_t i;

	for (i = 0; i < NAMES; i++) {
		if (names[i].key == base) {
			snprintf(out, KEY_NAME_MAX, "%s%s%s", prefix, alt, names[i].name);
			return out;
		}
	}
	if (base > K_F0 && base <= K_F12) {
		snprintf(out, KEY_NAME_MAX, "%s%sF%u", prefix, alt, (unsigned)(base - K_F0));
	} else if (base < ' ') {
		snprintf(out, KEY_NAME_MAX, "%s%sC-%c", prefix, alt, (char)(base + '`'));
	} else {
		point[utf8_encode(base, point)] = '\0';
		snprintf(out, KEY_NAME_MAX, "%s%s%s", prefix, alt, point);
	}
	return out;
}
