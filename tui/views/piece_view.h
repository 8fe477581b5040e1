/* piece_view.h: a file of evidence on the screen: a text as text, of all else
 * what it is; either is saved to a file on request. What it shows is gone when
 * the screen is locked, or ten minutes are over. */
#ifndef OV_TUI_VIEWS_PIECE_VIEW_H
#define OV_TUI_VIEWS_PIECE_VIEW_H

#include "core/base/hash.h"
#include "tui/view.h"

struct piece_options {
	const char *claim_no, *file_name; /* copied */
	int64_t line_no;
	uint8_t sha256[HASH_BYTES];
	const void *bytes; /* copied */
	size_t len;
};

extern const struct view_class piece_class;

#endif
