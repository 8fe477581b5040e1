/* preview.h: what a command did or would do, as lines.
 *
 * Any bundle can be shown: problems first, then warnings, conflicts, the
 * rule's arithmetic, then other records by their field tables. */
#ifndef OV_TUI_VIEWS_PREVIEW_H
#define OV_TUI_VIEWS_PREVIEW_H

#include "core/store/store.h"
#include "tui/canvas.h"

struct preview {
	struct arena arena;
	size_t count;
	struct preview_line {
		enum theme_role role;
		char mark; /* '!' refused, '?' warning, ' ' */
		const char *text;
	} *lines;
	bool refused;
};

void preview_release(struct preview *preview);
/* Makes the lines anew from an outcome and the error of the call (code 0 when
 * it would be done). */
void preview_make(struct preview *preview, const struct outcome *outcome,
		  const struct error *err);
/* One line of the rule's arithmetic: "R-007@1  GR_FULL  8.00  …". */
const char *explanation_text(const struct claim_explanation *line, struct arena *arena);
void preview_draw(const struct preview *preview, const struct canvas *canvas);

#endif
