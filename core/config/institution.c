#include "core/config/institution.h"

#include "core/base/i18n.h"
#include "core/config/ini.h"
#include "core/config/paths.h"
#include "core/model/reason.h"

#include <stdio.h>
#include <string.h>

/* A file being read into an institution. */
struct reading {
	struct institution *inst;
	struct ini ini;
	struct error *err;
};

/* The part of a section's name behind its first word: "year" of "part year";
 * NULL when it does not begin with that word. */
static const char *section_of(const char *section, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(section, word, len) || section[len] != ' ' || !section[len + 1])
		return NULL;
	return section + len + 1;
}

static char *copy(struct reading *r, const char *text)
{
	return arena_strdup(&r->inst->arena, text);
}

static int unknown(struct reading *r, const struct ini_entry *entry, const char *const *known,
		   size_t count)
{
	return ini_key_error(&r->ini, entry, entry->key, known, count, r->err);
}

static int text_set(struct reading *r, const struct ini_entry *entry,
		    const char *const *keys, const char **const *slots, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(entry->key, keys[i])) {
			*slots[i] = copy(r, entry->value);
			return 0;
		}
	return unknown(r, entry, keys, count);
}

static int head_read(struct reading *r, const struct ini_entry *entry)
{
	static const char *const keys[] = { "code", "name", "name_en" };
	const char **const slots[] = { &r->inst->code, &r->inst->name, &r->inst->name_en };

	return text_set(r, entry, keys, slots, 3);
}

static int branch_read(struct reading *r, const struct ini_entry *entry, const char *code)
{
	static const char *const keys[] = { "name", "kind", "parent" };
	struct institution *inst = r->inst;
	struct institution_branch *branch;

	if (!inst->branch_count || strcmp(inst->branches[inst->branch_count - 1].code, code)) {
		branch = &inst->branches[inst->branch_count++];
		branch->code = copy(r, code);
		branch->kind = "BRANCH";
	}
	branch = &inst->branches[inst->branch_count - 1];
	return text_set(r, entry, keys, (const char **const[]){ &branch->name, &branch->kind,
			&branch->parent }, 3);
}

static int programme_read(struct reading *r, const struct ini_entry *entry, const char *code)
{
	static const char *const keys[] = { "name", "kind", "level", "training_model",
		"min_total_centi", "min_months", "max_months" };
	struct institution *inst = r->inst;
	struct institution_programme *programme;
	int64_t *number = NULL;

	if (!inst->programme_count ||
	    strcmp(inst->programmes[inst->programme_count - 1].code, code)) {
		programme = &inst->programmes[inst->programme_count++];
		programme->code = copy(r, code);
		programme->max_months = 96; /* eight years, as everywhere */
	}
	programme = &inst->programmes[inst->programme_count - 1];
	if (!strcmp(entry->key, keys[4]))
		number = &programme->min_total_centi;
	else if (!strcmp(entry->key, keys[5]))
		number = &programme->min_months;
	else if (!strcmp(entry->key, keys[6]))
		number = &programme->max_months;
	if (number)
		return ini_number(entry->value, 0, 100000, number) ? 0 :
			ini_value_error(&r->ini, entry, _("a whole number from 0 to 100000"), r->err);
	for (size_t i = 0; i < 4; i++)
		if (!strcmp(entry->key, keys[i]))
			return text_set(r, entry, keys, (const char **const[]){ &programme->name,
					&programme->kind, &programme->level,
					&programme->training_model }, 4);
	return unknown(r, entry, keys, 7);
}

static int number_read(struct reading *r, const struct ini_entry *entry)
{
	static const char *const keys[] = { "parts", "separator", "first_year", "autumn_serial" };
	struct number_plan *plan = &r->inst->plan;
	int64_t number;

	if (!strcmp(entry->key, "parts"))
		return 0; /* read when all parts are known */
	if (!strcmp(entry->key, "separator")) {
		plan->separator = copy(r, entry->value);
		return 0;
	}
	if (strcmp(entry->key, "first_year") && strcmp(entry->key, "autumn_serial"))
		return unknown(r, entry, keys, 4);
	if (!ini_number(entry->value, 0, INT32_MAX, &number))
		return ini_value_error(&r->ini, entry, _("a whole number"), r->err);
	if (*entry->key == 'f')
		plan->first_year = (int)number;
	else
		plan->autumn_serial = number;
	return 0;
}

/* The next word of a list separated by blanks; its length, 0 at the end. */
static size_t next_word(const char **text)
{
	*text += strspn(*text, " \t");
	return strcspn(*text, " \t");
}

static size_t words_count(const char *text)
{
	size_t count = 0, len;

	for (; (len = next_word(&text)) > 0; text += len)
		count++;
	return count;
}

static void codes_read(struct reading *r, const char *text, struct number_part *part)
{
	size_t count = words_count(text), len;
	const char **codes = arena_array(&r->inst->arena, count, sizeof *codes);

	for (size_t i = 0; i < count; i++, text += len) {
		len = next_word(&text);
		codes[i] = arena_strndup(&r->inst->arena, text, len);
	}
	part->codes = codes;
	part->code_count = count;
}

static bool length_read(const char *text, struct number_part *part)
{
	char first[8];
	size_t dash = strcspn(text, "-");
	int64_t low, high;

	if (dash >= sizeof first)
		return false;
	memcpy(first, text, dash);
	first[dash] = '\0';
	if (!ini_number(first, 1, NUMBER_TEXT_MAX, &low))
		return false;
	high = low;
	if (text[dash] && !ini_number(text + dash + 1, low, NUMBER_TEXT_MAX, &high))
		return false;
	part->min_len = (int)low;
	part->max_len = (int)high;
	return true;
}

static int part_key_read(struct reading *r, const struct ini_entry *entry,
			 struct number_part *part)
{
	static const char *const keys[] = { "kind", "length", "codes" };
	static const char *const kinds[] = { "year", "branch", "type", "serial", "digits", "code" };

	if (!strcmp(entry->key, "codes")) {
		codes_read(r, entry->value, part);
		return 0;
	}
	if (!strcmp(entry->key, "length"))
		return length_read(entry->value, part) ? 0 :
			ini_value_error(&r->ini, entry, _("a length like 3 or 1-7"), r->err);
	if (strcmp(entry->key, "kind"))
		return unknown(r, entry, keys, 3);
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (!strcmp(entry->value, kinds[i])) {
			part->kind = (enum number_part_kind)i;
			return 0;
		}
	return ini_value_error(&r->ini, entry, "year|branch|type|serial|digits|code", r->err);
}

static int part_read(struct reading *r, const char *name, struct number_part *part)
{
	int rc = 0, found = 0;

	memset(part, 0, sizeof *part);
	for (size_t i = 0; !rc && i < r->ini.count; i++) {
		const char *section = section_of(r->ini.entries[i].section, "part");

		if (!section || strcmp(section, name))
			continue;
		found++;
		rc = part_key_read(r, &r->ini.entries[i], part);
	}
	if (!rc && !found)
		return error_reason(r->err, REASON_MAP_BAD, "file", r->ini.file, "what", name, NULL);
	return rc;
}

static int plan_read(struct reading *r)
{
	struct number_plan *plan = &r->inst->plan;
	const char *parts = ini_text(&r->ini, "number", "parts", "");
	size_t len;
	int rc = 0;

	if (!plan->separator)
		plan->separator = "";
	plan->institution = *r->inst->name ? r->inst->name : r->inst->code;
	if (words_count(parts) > NUMBER_PARTS_MAX || !words_count(parts))
		return ini_line_error(&r->ini, 1, _("[number] names no parts, or too many"), r->err);
	for (; !rc && (len = next_word(&parts)) > 0; parts += len)
		rc = part_read(r, arena_strndup(&r->inst->arena, parts, len),
			       &plan->parts[plan->part_count++]);
	return rc ? rc : number_plan_check(plan, r->err);
}

static int entry_read(struct reading *r, const struct ini_entry *entry)
{
	static const char *const sections[] = { "institution", "number", "types", "part NAME",
		"branch CODE", "programme CODE" };
	const char *name;

	if (!strcmp(entry->section, "institution"))
		return head_read(r, entry);
	if (!strcmp(entry->section, "number"))
		return number_read(r, entry);
	if (!strcmp(entry->section, "types")) {
		r->inst->types[r->inst->type_count++] = (struct institution_type){
			copy(r, entry->key), copy(r, entry->value) };
		return 0;
	}
	if (section_of(entry->section, "part"))
		return 0; /* with the plan */
	if ((name = section_of(entry->section, "branch")) != NULL)
		return branch_read(r, entry, name);
	if ((name = section_of(entry->section, "programme")) != NULL)
		return programme_read(r, entry, name);
	return ini_key_error(&r->ini, entry, entry->section, sections, 6, r->err);
}

static int read_all(struct reading *r)
{
	struct institution *inst = r->inst;
	size_t most = r->ini.count; /* no list can be longer */
	int rc = 0;

	inst->code = inst->name = inst->name_en = "";
	inst->types = arena_array(&inst->arena, most, sizeof *inst->types);
	inst->branches = arena_array(&inst->arena, most, sizeof *inst->branches);
	inst->programmes = arena_array(&inst->arena, most, sizeof *inst->programmes);
	for (size_t i = 0; !rc && i < r->ini.count; i++)
		rc = entry_read(r, &r->ini.entries[i]);
	if (!rc && !*inst->code)
		rc = ini_line_error(&r->ini, 1, _("[institution] has no code"), r->err);
	return rc ? rc : plan_read(r);
}

int institution_load(const char *name, struct institution *institution, struct error *err)
{
	struct reading r = { .inst = institution, .err = err };
	const char *path = name;
	int rc;

	memset(institution, 0, sizeof *institution);
	arena_init(&institution->arena);
	if (!strchr(name, '/') && !strchr(name, '.'))
		path = path_program_file(&institution->arena, arena_printf(&institution->arena,
					 "data/institutions/%s.ini", name), err);
	rc = path ? ini_load(path, &r.ini, err) : err->code;
	if (!rc) {
		rc = read_all(&r);
		ini_release(&r.ini);
	}
	if (rc)
		institution_release(institution);
	return rc;
}

void institution_release(struct institution *institution)
{
	arena_release(&institution->arena);
	memset(institution, 0, sizeof *institution);
}
