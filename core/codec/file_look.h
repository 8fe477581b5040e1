/* file_look.h: what a file is, for somebody who may look at it and no more.
 *
 * Told from its first bytes, as its name may say anything. Nothing of the file
 * is run or drawn: a text is shown as text, all else only named. */
#ifndef OV_CODEC_FILE_LOOK_H
#define OV_CODEC_FILE_LOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"

struct file_look {
	const char *kind;   /* N_(): "PDF document"; never NULL */
	const char *ending; /* ".pdf", "" when it isn't known */
};

struct file_look file_look(const void *bytes, size_t len);

/* The text of a file in UTF-8 (a byte order mark is left out) or GB18030, in
 * ARENA; NULL when it is neither, or holds a control character other than tab,
 * line feed, carriage return and form feed. */
char *file_text(const void *bytes, size_t len, struct arena *arena);

#endif
