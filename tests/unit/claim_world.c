#include "tests/unit/shared.h"

#include "tests/unit/claim_world.h"

#include "core/base/text.h"

enum { CELLS = 32, KEYS = 512 };

struct key {
	enum kind kind;
	const char *text;
	int64_t id;
};

struct loader {
	struct tx tx;
	struct arena *arena;
	struct key keys[KEYS];
	size_t count;
};

static int64_t key_id(const struct loader *loader, enum kind kind, const char *text)
{
	for (size_t i = 0; i < loader->count; i++)
		if (loader->keys[i].kind == kind && !strcmp(loader->keys[i].text, text))
			return loader->keys[i].id;
	fail_msg("no %s %s", kind_fields(kind)->name, text);
	return 0;
}

static size_t split(char *line, char **cells)
{
	size_t count = 0;
	char *at = line;

	line[strcspn(line, "\r\n")] = '\0';
	while (at && count < CELLS) {
		cells[count++] = at;
		at = strchr(at, ',');
		if (at)
			*at++ = '\0';
	}
	return count;
}

static void row_load(struct loader *loader, enum kind kind, char **names, char **cells,
		     size_t count)
{
	const struct field_table *table = kind_fields(kind);
	void *record = record_new(loader->arena, table);
	struct error err = ERROR_INIT;

	for (size_t i = 1; i < count; i++) {
		const struct field *field = field_find(table, names[i]);

		assert_non_null(field);
		if (!*cells[i])
			continue;
		if (field->type == FT_REF)
			field_set_int(field, record, key_id(loader, (enum kind)field->ref, cells[i]));
		else
			assert_int_equal(field_parse(field, cells[i], record, loader->arena, &err), 0);
	}
	if (tx_insert(&loader->tx, kind, record, &err) < 0)
		fail_msg("%s %s: %s", table->name, cells[0], err.message);
	assert_true(loader->count < KEYS);
	loader->keys[loader->count++] = (struct key){
		kind, arena_strdup(loader->arena, cells[0]), ((struct record_head *)record)->id };
}

static void file_load(struct loader *loader, enum kind kind)
{
	const char *src = getenv("OV_SRCDIR");
	char path[512], head[2048], line[2048], *names[CELLS], *cells[CELLS];
	size_t count;
	FILE *file;

	snprintf(path, sizeof path, "%s/data/demo/%s.csv", src ? src : ".",
		 kind_fields(kind)->name);
	file = fopen(path, "r");
	if (!file)
		fail_msg("%s is missing", path);
	assert_non_null(fgets(head, sizeof head, file));
	count = split(head, names);
	while (fgets(line, sizeof line, file)) {
		assert_int_equal(split(line, cells), count);
		row_load(loader, kind, names, cells, count);
	}
	fclose(file);
}

static void learner_add(struct world *world, struct loader *loader, size_t i)
{
	struct person *person = record_new(loader->arena, &person_fields);
	struct student *student = record_new(loader->arena, &student_fields);
	const char *programme = i % WORLD_LEARNERS < 3 ? "P-ZK-LOG" : "P-ZK-AUTO";
	struct error err = ERROR_INIT;

	person->full_name = arena_printf(loader->arena, "Learner %zu", i);
	person->doc_kind = DOC_OTHER;
	person->doc_no = arena_printf(loader->arena, "L-%zu", i);
	person->mobile = arena_printf(loader->arena, "139%08zu", i);
	person->consent_on = 16000;
	assert_int_equal(tx_insert(&loader->tx, KIND_PERSON, person, &err), 0);
	student->person_id = person->id;
	student->student_no = arena_printf(loader->arena, "15101064%05zu", i + 1);
	student->programme_id = key_id(loader, KIND_PROGRAMME, programme);
	student->curriculum_id = key_id(loader, KIND_CURRICULUM, programme);
	student->branch_id = key_id(loader, KIND_BRANCH, "101");
	student->centre_id = key_id(loader, KIND_BRANCH, "C01");
	student->registered_on = student->status_since = date_from_civil(2015, 3, 1);
	student->status = STUDENT_ACTIVE;
	assert_int_equal(tx_insert(&loader->tx, KIND_STUDENT, student, &err), 0);
	world->students[i] = student->id;
}

static void calendar_add(struct loader *loader)
{
	struct calendar_version *version = record_new(loader->arena, &calendar_version_fields);
	struct error err = ERROR_INIT;

	version->year = 2015;
	version->version = "2015-1";
	version->source = "test";
	version->state = CALENDAR_CURRENT;
	assert_int_equal(tx_insert(&loader->tx, KIND_CALENDAR_VERSION, version, &err), 0);

	for (int day = 1; day <= 8; day++) {
		struct calendar_day *row = record_new(loader->arena, &calendar_day_fields);

		row->on_date = date_from_civil(2015, 10, day == 8 ? 10 : day);
		row->kind = day == 8 ? DAY_SWAPPED_WORKDAY : DAY_HOLIDAY;
		row->acts_as = day == 8 ? 3 : OV_NULL;
		row->name = day == 8 ? "swapped" : "National Day";
		assert_int_equal(tx_insert(&loader->tx, KIND_CALENDAR_DAY, row, &err), 0);
	}
}

void world_open_with(struct world *world, size_t learners)
{
	static const enum kind kinds[] = {
		KIND_BRANCH, KIND_PERSON, KIND_USER, KIND_USER_ROLE, KIND_CAP_PROFILE,
		KIND_PROGRAMME, KIND_CURRICULUM, KIND_CURRICULUM_MODULE, KIND_COURSE,
		KIND_CURRICULUM_COURSE, KIND_TERM, KIND_ROOM, KIND_TEACHER,
		KIND_SHIFT_PATTERN, KIND_CERTIFICATE_TYPE, KIND_TRANSFER_RULE,
		KIND_RULE_PROGRAMME, KIND_RULE_SOURCE, KIND_RULE_TARGET,
	};
	struct store_options options = STORE_OPTIONS_INIT;
	struct loader *loader = mem_alloc(sizeof *loader);

	memset(world, 0, sizeof *world);
	world->expected_rev = OV_NULL;
	assert_int_equal(hash_setup(), 0);
	if (store_open("memory:", &options, &world->store, &world->err) < 0)
		fail_msg("%s", world->err.message);
	world->local = local_of(world->store);
	world_day(world, "2015-09-01");
	local_act_as(world->store, &system_actor);
	loader->arena = &world->arena;
	assert_int_equal(tx_begin(&loader->tx, world->local, &world->arena, false, &world->err), 0);
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		file_load(loader, kinds[i]);
	world->students = mem_alloc(learners * sizeof *world->students);
	world->learners = learners;
	for (size_t i = 0; i < learners; i++)
		learner_add(world, loader, i);
	calendar_add(loader);
	assert_int_equal(tx_commit(&loader->tx, &world->err), 0);
	free(loader);
}

void world_open(struct world *world)
{
	world_open_with(world, WORLD_LEARNERS);
}

void world_close(struct world *world)
{
	store_close(world->store);
	free(world->students);
	arena_release(&world->arena);
}

int world_setup(void **state)
{
	*state = mem_alloc(sizeof(struct world));
	world_open(*state);
	return 0;
}

int world_teardown(void **state)
{
	world_close(*state);
	free(*state);
	return 0;
}

void world_day(struct world *world, const char *date)
{
	int64_t day;

	assert_true(date_parse(date, &day));
	world->local->clock.fixed_today = day;
	world->local->clock.fixed_now = day * DAY_SECONDS + 3600;
}

void world_as(struct world *world, const char *login)
{
	if (!strcmp(login, "system")) {
		local_act_as(world->store, &system_actor);
		return;
	}
	if (store_login(world->store, login, NULL, &world->err) < 0)
		fail_msg("%s: %s", login, world->err.message);
}

void world_line(struct world *world, const struct field_table *table, const char *text)
{
	char *copy = arena_strdup(&world->arena, text), *cells[CELLS];
	size_t count = split(copy, cells);
	void *item = record_new(&world->arena, table);

	for (size_t i = 0; i < count; i++) {
		char *value = strchr(cells[i], '=');
		const struct field *field = &table->fields[0];

		if (value) {
			*value++ = '\0';
			field = field_find(table, cells[i]);
			assert_non_null(field);
		}
		assert_int_equal(field_parse(field, value ? value : cells[i], item, &world->arena,
					     &world->err), 0);
	}
	assert_true(world->line_count < sizeof world->lines / sizeof world->lines[0]);
	world->lines[world->line_count].table = table;
	world->lines[world->line_count++].item = item;
}

static void list_give(struct world *world, struct command *command)
{
	for (size_t i = 0; i < command->def->args->count; i++) {
		const struct field *field = &command->def->args->fields[i];
		struct record_list *list;

		if (field->type != FT_LIST)
			continue;
		list = arena_alloc(&world->arena, sizeof *list);
		list->table = field->items;
		list->items = arena_array(&world->arena, world->line_count, sizeof *list->items);
		for (size_t k = 0; k < world->line_count; k++)
			if (world->lines[k].table == field->items)
				list->items[list->count++] = world->lines[k].item;
		if (list->count)
			field_set_list(field, command->args, list);
	}
	world->line_count = 0;
}

int world_run(struct world *world, const char *name, int64_t target, ...)
{
	const struct command_def *def = command_find(name);
	struct command command;
	const char *argument;
	va_list args;
	int result;

	if (!def)
		fail_msg("no command %s", name);
	error_clear(&world->err);
	command_init(&command, def, &world->arena);
	command.target = target;
	command.expected_rev = world->expected_rev;
	world->expected_rev = OV_NULL;
	va_start(args, target);
	while ((argument = va_arg(args, const char *))) {
		const char *value = va_arg(args, const char *);

		if (command_set(&command, argument, value, &world->arena, &world->err) < 0)
			fail_msg("%s %s: %s", name, argument, world->err.message);
	}
	va_end(args);
	list_give(world, &command);
	result = store_execute(world->store, &command, 1, &world->arena, &world->outcome, NULL,
			       &world->err);
	return result;
}

void world_insert(struct world *world, enum kind kind, void *record)
{
	struct actor before = world->store->actor;
	struct tx tx;

	local_act_as(world->store, &system_actor);
	assert_int_equal(tx_begin(&tx, world->local, &world->arena, false, &world->err), 0);
	if (tx_insert(&tx, kind, record, &world->err) < 0)
		fail_msg("%s", world->err.message);
	assert_int_equal(tx_commit(&tx, &world->err), 0);
	local_act_as(world->store, &before);
}

const char *world_number(struct world *world, int64_t value)
{
	return arena_printf(&world->arena, "%lld", (long long)value);
}

const char *world_id_text(struct world *world, enum kind kind, const char *field, const char *text)
{
	return world_number(world, world_id(world, kind, field, text));
}

int64_t world_id(struct world *world, enum kind kind, const char *field, const char *text)
{
	struct tx tx = { .local = world->local, .db = world->local->db, .arena = &world->arena,
			 .actor = &system_actor };
	void *record;

	if (tx_by_text(&tx, kind, field, text, &record, &world->err) < 0)
		fail_msg("%s", world->err.message);
	return ((struct record_head *)record)->id;
}

void *world_get(struct world *world, enum kind kind, int64_t id)
{
	void *record;

	assert_int_equal(local_load(world->local, kind, id, &world->arena, &record, &world->err), 0);
	assert_non_null(record);
	return record;
}

size_t world_find(struct world *world, enum kind kind, const char *field, int64_t value,
		  struct record_list *list)
{
	struct tx tx = { .local = world->local, .db = world->local->db, .arena = &world->arena,
			 .actor = &system_actor };
	const struct filter filters[] = { FILTER_INT(field, value) };

	assert_int_equal(tx_find_all(&tx, kind, filters, field ? 1 : 0, 0, list, &world->err), 0);
	return list->count;
}

void world_role(struct world *world, const char *login, enum role role)
{
	struct user_role *row = record_new(&world->arena, &user_role_fields);

	row->user_id = world_id(world, KIND_USER, "login", login);
	row->role = role;
	world_insert(world, KIND_USER_ROLE, row);
}

extern const struct field_table claim_source_fields;

int64_t world_claim(struct world *world, int64_t student, const char *line)
{
	char id[24];
	int64_t claim;

	snprintf(id, sizeof id, "%lld", (long long)student);
	world_as(world, "front_desk.1");
	world_line(world, &claim_source_fields, line);
	assert_done(world, world_run(world, "claim.create", 0, "student_id", id, NULL));
	claim = world->outcome.id;
	assert_done(world, world_run(world, "claim.submit", claim, NULL));
	return claim;
}

int64_t world_state(struct world *world, int64_t claim)
{
	return ((struct credit_claim *)world_get(world, KIND_CREDIT_CLAIM, claim))->state;
}

static void day_after_deadline(struct world *world, int64_t claim)
{
	const struct credit_claim *record = world_get(world, KIND_CREDIT_CLAIM, claim);
	char day[DATE_TEXT];

	world_day(world, date_format(record->deadline_on + 1, day));
}

void world_advance(struct world *world, int64_t claim, enum claim_state state)
{
	static const struct {
		enum claim_state from;
		const char *command, *login;
	} way[] = {
		{ CLAIM_DRAFT, "claim.submit", "front_desk.1" },
		{ CLAIM_SUBMITTED, "claim.accept", "front_desk.1" },
		{ CLAIM_ACCEPTED, "claim.verify", "verifier.1" },
		{ CLAIM_VERIFIED, "claim.pass_first", "reviewer1.1" },
		{ CLAIM_FIRST_OK, "claim.pass_second", "reviewer2.1" },
		{ CLAIM_SECOND_OK, "claim.publish", "ledger_keeper.1" },
		{ CLAIM_NOTICE, "claim.close", "ledger_keeper.1" },
		{ CLAIM_APPROVED, "claim.post", "ledger_keeper.1" },
	};

	for (size_t i = 0; i < sizeof way / sizeof way[0]; i++) {
		bool verify = way[i].from == CLAIM_ACCEPTED;

		if (world_state(world, claim) == (int64_t)state)
			return;
		if (world_state(world, claim) != (int64_t)way[i].from)
			continue;
		if (way[i].from == CLAIM_NOTICE)
			day_after_deadline(world, claim);
		world_as(world, way[i].login);
		assert_done(world, world_run(world, way[i].command, claim,
					     verify ? "all_ok" : NULL, "true", NULL));
	}
	assert_int_equal(world_state(world, claim), state);
}
