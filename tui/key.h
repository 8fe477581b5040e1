/* key.h: one key press as one number, and its name.
 *
 * A key is a Unicode code point, or one of the K_ names above Unicode; KM_ALT
 * is added for Alt, and a two-key sequence (C-x l) holds the prefix as
 * KM_PREFIX. Control letters are their code points (C-p is 16). The names are
 * those of keys.ini, of the help and of the key bar: "F1", "C-p", "M-1",
 * "C-x l", "PgDn", "Space", "a". */
#ifndef OV_TUI_KEY_H
#define OV_TUI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t key_press;

enum {
	K_NONE = 0,
	K_TAB = 9,
	K_ENTER = 13, /* Return, line feed and the keypad's Enter */
	K_ESC = 27,
	K_UP = 0x110000,
	K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END, K_PGUP, K_PGDN,
	K_BACKTAB, K_BACKSPACE, K_DELETE, K_INSERT,
	K_F0, /* F1 is K_F0 + 1, up to F12 */
	K_F12 = K_F0 + 12,
	K_PASTE_BEGIN, K_PASTE_END, /* bracketed paste; never reach an action */
	K_RESIZE,
	KM_ALT = 1 << 24,
	KM_PREFIX = 1 << 25, /* second key after C-x */
	KM_MASK = (1 << 24) - 1
};

enum { KEY_NAME_MAX = 16 };

#define K_CTRL(letter) ((key_press)((letter) & 0x1f))

/* A character that a text field takes. */
bool key_is_text(key_press key);

/* Full-width letters, digits and the marks that a Chinese input method makes
 * of them become ASCII; all others stay. For list mode only: in a text field
 * the person's character is kept. */
key_press key_narrow(key_press key);

/* Is it a Han character, that a list would take for a search? */
bool key_is_han(key_press key);

/* Reads one name; false when there is no such key. */
bool key_parse(const char *name, size_t len, key_press *key);
/* The shortest name. Returns out. */
const char *key_label(key_press key, char out[KEY_NAME_MAX]);

#endif
