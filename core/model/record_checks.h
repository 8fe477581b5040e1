/* record_checks.h: cross-field checks of single records (DOMAIN.md 2), called
 * through field_table.check. Internal to core/model. */
#ifndef OV_MODEL_RECORD_CHECKS_H
#define OV_MODEL_RECORD_CHECKS_H

#include "core/base/error.h"

void person_check(const void *record, int64_t today, struct problems *list);
void student_check(const void *record, int64_t today, struct problems *list);
void shift_pattern_check(const void *record, int64_t today, struct problems *list);
void employment_check(const void *record, int64_t today, struct problems *list);
void room_check(const void *record, int64_t today, struct problems *list);
void session_check(const void *record, int64_t today, struct problems *list);
void programme_check(const void *record, int64_t today, struct problems *list);
void curriculum_check(const void *record, int64_t today, struct problems *list);
void term_check(const void *record, int64_t today, struct problems *list);
void certificate_check(const void *record, int64_t today, struct problems *list);

#endif
