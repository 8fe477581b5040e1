/* One row of a student file: values normalised, checked and looked up. Called
 * from two threads at once: reads the context, writes its own row only. */
#include "core/store/import_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/pinyin.h"
#include "core/base/text.h"
#include "core/codec/csv.h"
#include "core/rules/import_value.h"

/* --- findings --- */

static struct import_note *note_new(struct import_notes *notes)
{
	if (notes->count == notes->room) {
		notes->room = notes->room ? notes->room * 2 : 32;
		notes->items = mem_grow(notes->items, notes->room * sizeof *notes->items);
	}
	return &notes->items[notes->count++];
}

void import_note_add(struct import_notes *notes, int64_t row, const struct error *err)
{
	*note_new(notes) = (struct import_note){
		.row = row, .reason = (enum reason)err->reason,
		.field = arena_strdup(notes->arena, err->field),
		.message = arena_strdup(notes->arena, err->message)
	};
}

void import_note(struct import_notes *notes, int64_t row, enum reason reason, const char *field,
		 ...)
{
	const struct field *known = field_find(&import_row_fields, field);
	const char *name = "", *value = "";
	char message[400];
	va_list args;

	va_start(args, field);
	name = va_arg(args, const char *);
	if (name)
		value = va_arg(args, const char *);
	va_end(args);
	reason_format(reason, message, sizeof message, "label", known ? _(known->label) : field,
		      name ? name : "", value, NULL);
	*note_new(notes) = (struct import_note){
		.row = row, .reason = reason, .field = field,
		.message = arena_strdup(notes->arena, message)
	};
}

/* --- values --- */

struct work {
	const struct import_context *context;
	const struct import_row *row;
	struct import_item *item;
	struct arena *arena;
	struct import_notes *notes;
	int64_t index;
	struct student_number number;
	bool number_good;
};

static void refuse(struct work *work, enum reason reason, const char *field)
{
	import_note(work->notes, work->index, reason, field, NULL);
	work->item->refused = true;
}

static void refuse_error(struct work *work, struct error *err, const char *field)
{
	snprintf(err->field, sizeof err->field, "%s", field);
	import_note_add(work->notes, work->index, err);
	work->item->refused = true;
}

static bool given(const char *text)
{
	return text && *text;
}

/* Printable ASCII without blanks at the ends: what most values are. */
static bool is_plain(const char *text)
{
	size_t len = 0;

	for (const unsigned char *c = (const unsigned char *)text; *c; c++, len++)
		if (*c < 0x20 || *c > 0x7e)
			return false;
	return len == 0 || (text[0] != ' ' && text[len - 1] != ' ');
}

/* The value without blanks around it, or NULL. Checked as text of at most MAX
 * characters; refused ones are NULL too. */
static const char *text_value(struct work *work, const char *text, const char *field, size_t max)
{
	char limit[24];

	if (!given(text))
		return NULL;
	if (is_plain(text) && strlen(text) <= max)
		return text;
	if (!utf8_valid(text, strlen(text))) {
		refuse(work, REASON_FIELD_UTF8, field);
		return NULL;
	}
	text = text_trim(text, work->arena);
	if (!*text)
		return NULL;
	if (text_has_control(text)) {
		refuse(work, REASON_FIELD_CONTROL, field);
		return NULL;
	}
	if (utf8_count(text) > max) {
		snprintf(limit, sizeof limit, "%zu", max);
		import_note(work->notes, work->index, REASON_FIELD_LENGTH, field, "max", limit, NULL);
		work->item->refused = true;
		return NULL;
	}
	return text;
}

static bool digits_lost(struct work *work, const char *text, const char *field)
{
	if (!csv_digits_lost(text, strlen(text)))
		return false;
	refuse(work, REASON_CSV_DIGITS_LOST, field);
	return true;
}

static void number_prepare(struct work *work)
{
	struct error err = ERROR_INIT;
	const char *text = work->row->student_no;

	if (!given(text)) {
		refuse(work, REASON_FIELD_REQUIRED, "student_no");
		return;
	}
	if (digits_lost(work, text, "student_no"))
		return;
	if (student_number_parse(work->context->plan, text, work->context->today,
				 &work->number, &err) < 0) {
		refuse_error(work, &err, "student_no");
		return;
	}
	work->number_good = true;
	work->item->student_no = arena_strdup(work->arena, work->number.text);
}

static void name_prepare(struct work *work)
{
	size_t notes = work->notes->count;
	struct name_readings readings;
	const char *name = text_value(work, work->row->full_name, "full_name", 60);

	if (!name) {
		if (work->notes->count == notes)
			refuse(work, REASON_FIELD_REQUIRED, "full_name");
		return;
	}
	work->item->full_name = name;
	name_read(name, &readings);
	if (!readings.count)
		return;
	work->item->one_reading = readings.count == 1;
	work->item->name_pinyin = arena_strdup(work->arena, readings.reading[0].syllables);
	work->item->name_initials = arena_strdup(work->arena, readings.reading[0].initials);
}

static void citizen_prepare(struct work *work, const char *text)
{
	struct error err = ERROR_INIT;
	struct citizen_id id;

	if (citizen_id_parse(text, work->context->today, &id, &err) == 0) {
		work->item->doc_no = arena_strdup(work->arena, id.text);
		work->item->birth_date = id.birth_date;
		work->item->sex = id.sex == 'M' ? SEX_M : SEX_F;
		return;
	}
	/* An ID may well end in three zeros; one that fails its check and does
	 * went through a spreadsheet. */
	if (csv_digits_lost(text, strlen(text)))
		refuse(work, REASON_CSV_DIGITS_LOST, "doc_no");
	else
		refuse_error(work, &err, "doc_no");
}

static void document_prepare(struct work *work)
{
	const struct import_row *row = work->row;
	struct import_item *item = work->item;
	const char *text;

	item->doc_kind = DOC_CITIZEN_ID;
	if (given(row->doc_kind)) {
		item->doc_kind = enum_find(&doc_kind_enum, row->doc_kind);
		if (item->doc_kind == OV_NULL) {
			import_note(work->notes, work->index, REASON_FIELD_CHOICE, "doc_kind", "choices",
				    "CITIZEN_ID, PASSPORT, HMT_PERMIT, OTHER", NULL);
			item->refused = true;
			return;
		}
	}
	if (!given(row->doc_no)) {
		refuse(work, REASON_FIELD_REQUIRED, "doc_no");
		return;
	}
	if (item->doc_kind == DOC_CITIZEN_ID) {
		citizen_prepare(work, row->doc_no);
		return;
	}
	if (digits_lost(work, row->doc_no, "doc_no"))
		return;
	text = text_value(work, row->doc_no, "doc_no", 30);
	if (!text)
		return;
	/* Hyphens belong to some numbers of other papers; blanks to none. */
	item->doc_no = text_nfkc(text, work->arena);
}

static void sex_prepare(struct work *work)
{
	struct import_item *item = work->item;
	int64_t sex;

	if (!given(work->row->sex))
		return;
	if (!import_sex(work->row->sex, &sex)) {
		import_note(work->notes, work->index, REASON_FIELD_CHOICE, "sex", "choices",
			    "\u7537, \u5973, M, F", NULL);
		item->refused = true;
	} else if (item->sex != OV_NULL && item->sex != sex) {
		refuse(work, REASON_IM_SEX, "sex");
	} else {
		item->sex = sex;
	}
}

static void contact_prepare(struct work *work)
{
	struct error err = ERROR_INIT;
	char mobile[MOBILE_LEN + 1];

	if (given(work->row->mobile) && !digits_lost(work, work->row->mobile, "mobile")) {
		if (mobile_parse(work->row->mobile, mobile, &err) == 0)
			work->item->mobile = arena_strdup(work->arena, mobile);
		else
			refuse_error(work, &err, "mobile");
	}
	work->item->email = text_value(work, work->row->email, "email", 120);
	if (work->item->email && email_check(work->item->email, &err) < 0)
		refuse_error(work, &err, "email");
}

/* --- registration --- */

/* The day of registration: what the row says, else the beginning of its
 * intake or of the number's, else today. */
static void day_prepare(struct work *work)
{
	const struct import_row *row = work->row;
	int64_t year = OV_NULL;
	char season = 0;

	if (given(row->intake) && !import_intake(row->intake, &year, &season)) {
		refuse(work, REASON_IM_INTAKE, "intake");
		return;
	}
	if (season && work->number.year != OV_NULL &&
	    (year != work->number.year ||
	     (work->number.season && season != work->number.season))) {
		refuse(work, REASON_IM_INTAKE, "intake");
		return;
	}
	if (!season && work->number.season && work->number.year != OV_NULL) {
		year = work->number.year;
		season = work->number.season;
	}
	work->item->registered_on = season ? import_intake_start(year, season)
					   : work->context->today;
	if (!given(row->registered_on))
		return;
	if (!import_date(row->registered_on, &work->item->registered_on))
		import_note(work->notes, work->index, REASON_FIELD_TYPE, "registered_on",
			    "expected", "YYYY-MM-DD", NULL);
	else if (season && !import_intake_allows(year, season, work->item->registered_on))
		import_note(work->notes, work->index, REASON_IM_INTAKE, "registered_on", NULL);
	else
		return;
	work->item->refused = true;
}

static void programme_prepare(struct work *work)
{
	const struct import_refs *refs = work->context->refs;
	size_t notes = work->notes->count;
	const char *text = text_value(work, work->row->programme, "programme", IMPORT_VALUE_MAX);
	const struct programme *programme;
	const struct curriculum *curriculum;
	int64_t level;

	if (!text) {
		if (work->notes->count == notes)
			refuse(work, REASON_FIELD_REQUIRED, "programme");
		return;
	}
	programme = import_programme(refs, text);
	if (!programme) {
		refuse(work, REASON_IM_PROGRAMME, "programme");
		return;
	}
	work->item->programme_id = programme->id;
	if (given(work->row->level) &&
	    (!import_level(work->row->level, &level) || level != programme->level))
		refuse(work, REASON_IM_LEVEL, "level");
	curriculum = import_curriculum(refs, programme->id, work->item->registered_on);
	if (curriculum)
		work->item->curriculum_id = curriculum->id;
	else
		refuse(work, REASON_IM_CURRICULUM, "programme");
}

static const struct branch *branch_of(struct work *work)
{
	const struct import_refs *refs = work->context->refs;
	const char *code = given(work->number.branch) ? work->number.branch : work->row->branch;

	if (given(code))
		return import_branch(refs, BRANCH_BRANCH, code);
	for (size_t i = 0; i < refs->branches.count; i++)
		if (((const struct branch *)refs->branches.items[i])->kind == BRANCH_BRANCH)
			return refs->branches.items[i];
	return NULL;
}

/* Branch by the number; centre as named, else the cohort's, else the branch's. */
static void place_prepare(struct work *work)
{
	const struct actor *actor = work->context->actor;
	const struct import_refs *refs = work->context->refs;
	const char *text = text_value(work, work->row->cohort, "cohort", IMPORT_VALUE_MAX);
	const struct cohort *cohort = text ? import_cohort(refs, text) : NULL;
	struct import_item *item = work->item;
	const struct branch *branch, *centre;

	if (text && !cohort)
		refuse(work, REASON_IM_COHORT, "cohort");
	if (cohort)
		item->cohort_id = cohort->id;
	if (!work->number_good)
		return; /* it says the branch; its own fault is named already */
	branch = branch_of(work);
	if (!branch) {
		refuse(work, REASON_FIELD_REFERENCE, "branch");
		return;
	}
	item->branch_id = branch->id;
	if (given(work->row->centre)) {
		centre = import_branch(refs, BRANCH_CENTRE, work->row->centre);
		item->centre_id = centre ? centre->id : OV_NULL;
	} else if (cohort) {
		item->centre_id = cohort->centre_id;
	} else {
		centre = import_default_centre(refs, branch->id, actor);
		item->centre_id = centre ? centre->id : OV_NULL;
	}
	if (item->centre_id == OV_NULL)
		refuse(work, REASON_FIELD_REFERENCE, "centre");
	else if (!actor->system && actor->branch_id != OV_NULL &&
		 actor->branch_id != item->branch_id && actor->branch_id != item->centre_id)
		refuse(work, REASON_SCOPE_DENIED, "student_no");
}

/* --- work --- */

static void shift_prepare(struct work *work)
{
	const char *code = text_value(work, work->row->shift, "shift", 20);
	const char *team = work->row->team;
	const struct shift_pattern *shift;
	struct arena scratch = ARENA_INIT;
	int64_t offset = -1;
	char *end;

	if (!code && !given(team))
		return;
	shift = code ? import_shift(work->context->refs, code) : NULL;
	if (shift && given(team)) {
		team = text_trim(text_ascii_width(team, &scratch), &scratch);
		offset = strtol(team, &end, 10);
		if (*end || end == team)
			offset = -1;
	}
	if (shift && offset >= 0 && offset < (int64_t)strlen(shift->cycle)) {
		work->item->shift_pattern_id = shift->id;
		work->item->team_offset = offset;
	} else {
		refuse(work, REASON_IM_SHIFT, shift ? "team" : "shift");
	}
	arena_release(&scratch);
}

static void job_prepare(struct work *work)
{
	const struct import_row *row = work->row;
	struct import_item *item = work->item;

	item->employer = text_value(work, row->employer, "employer", 80);
	item->plant = text_value(work, row->plant, "plant", 80);
	item->workshop = text_value(work, row->workshop, "workshop", 80);
	item->post = text_value(work, row->post, "post", 60);
	if (!given(row->employee_no) || !digits_lost(work, row->employee_no, "employee_no"))
		item->employee_no = text_value(work, row->employee_no, "employee_no", 20);
	shift_prepare(work);
}

void import_prepare(const struct import_context *context, const struct import_row *row,
		    int64_t index, struct import_item *item, struct arena *arena,
		    struct import_notes *notes)
{
	struct work work = { .context = context, .row = row, .item = item, .arena = arena,
			     .notes = notes, .index = index, .number = { .year = OV_NULL } };

	*item = (struct import_item){
		.doc_kind = OV_NULL, .sex = OV_NULL, .birth_date = OV_NULL,
		.programme_id = OV_NULL, .curriculum_id = OV_NULL, .cohort_id = OV_NULL,
		.branch_id = OV_NULL, .centre_id = OV_NULL, .registered_on = OV_NULL,
		.shift_pattern_id = OV_NULL, .team_offset = OV_NULL
	};
	number_prepare(&work);
	name_prepare(&work);
	document_prepare(&work);
	sex_prepare(&work);
	contact_prepare(&work);
	day_prepare(&work);
	programme_prepare(&work);
	place_prepare(&work);
	job_prepare(&work);
	if (!item->refused && item->doc_kind == DOC_CITIZEN_ID &&
	    citizen_id_age_odd(item->birth_date, item->registered_on))
		import_note(notes, index, REASON_ID_AGE, "doc_no", NULL);
}
