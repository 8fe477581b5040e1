/* teacher_wish.h: how much of a meeting is against what its teacher wishes. Pure.
 *
 * Against it is a minute that lies in an unwanted time, and for a teacher who wants
 * certain times each minute outside of all of them. Who wishes nothing minds nothing. */
#ifndef OV_RULES_TEACHER_WISH_H
#define OV_RULES_TEACHER_WISH_H

#include "core/rules/conflict.h"

int64_t wishes_against(const struct conflict_wishes *wishes, struct conflict_span time);

#endif
