/* card_timetable.h: meetings as a cohort, a room, a teacher or a learner sees
 * them. Internal to core/store. */
#ifndef OV_STORE_CARD_TIMETABLE_H
#define OV_STORE_CARD_TIMETABLE_H

#include "core/store/card.h"

enum timetable_axis { AXIS_COHORT, AXIS_ROOM, AXIS_TEACHER, AXIS_STUDENT, AXES };

/* Whose timetable a key asks for: "cohort:CODE", "room:CODE", "teacher:ID",
 * "student:NUMBER". */
struct timetable_subject {
	enum timetable_axis axis;
	int64_t id;
	void *record; /* cohort, room, teacher, student */
};
int timetable_subject_find(struct card *card, const char *key, struct timetable_subject *subject,
			   struct error *err);

/* One session_slot for each meeting of the subject in [from, to) of the card. A
 * learner's are those of the home cohort and of courses taken elsewhere. */
int timetable_slots_add(struct card *card, enum timetable_axis axis, int64_t id,
			struct error *err);

/* The same of one meeting, whenever it is. */
int timetable_slot_add(struct card *card, int64_t session_id, struct error *err);

/* The cards of SESSION_SLOT, CALENDAR_EVENT and WEEK_LOAD. */
int card_timetable(struct card *card, struct error *err);
int card_calendar(struct card *card, struct error *err);
int card_load(struct card *card, struct error *err);
/* PLACE_OFFER and MAKEUP_OFFER (card_places.c). */
int card_places(struct card *card, struct error *err);
int card_makeup(struct card *card, struct error *err);
/* ROLL_LINE and WAITING_LINE (card_roll.c) */
int card_roll_call(struct card *card, struct error *err);
int card_waiting(struct card *card, struct error *err);

#endif
