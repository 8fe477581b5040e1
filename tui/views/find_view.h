/* find_view.h: the marker goes to the row that has the letters typed.
 *
 * For every list (struct view_class's list slot). Unlike a search it leaves the
 * rows as they are: the order of a queue stays in sight, and on a slow line a
 * letter costs a letter, or a move of the marker. Only rows that are in the list,
 * and columns that have room, are looked at; nothing is asked of the store.
 *
 * A row whose cell begins with the letters goes before one that has them inside;
 * Han characters also match by the first letter of their pinyin. */
#ifndef OV_TUI_VIEWS_FIND_VIEW_H
#define OV_TUI_VIEWS_FIND_VIEW_H

#include "tui/view.h"

extern const struct view_class find_class;

#endif
