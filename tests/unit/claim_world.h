/* claim_world.h: a store in memory with the reference records of DOMAIN.md
 * 5.7 (from data/demo), staff, and some learners; and short ways to act. */
#ifndef OV_TESTS_CLAIM_WORLD_H
#define OV_TESTS_CLAIM_WORLD_H

#include "core/model/kind.h"
#include "core/model/reason.h"
#include "core/store/command.h"
#include "core/store/local.h"
#include "core/store/store.h"
#include "core/store/tx.h"

enum { WORLD_LEARNERS = 6 };

struct world {
	struct store *store;
	struct local *local;
	struct arena arena;
	struct error err;
	struct outcome outcome; /* of the last command */
	struct {
		const struct field_table *table;
		void *item;
	} lines[16]; /* collected by world_line() */
	size_t line_count;
	int64_t *students; /* of each six: 0–2 P-ZK-LOG, 3–5 P-ZK-AUTO; all CAP-A */
	size_t learners;
	int64_t expected_rev; /* for the next command, then OV_NULL again */
};

void world_open(struct world *world); /* with WORLD_LEARNERS */
void world_open_with(struct world *world, size_t learners);
void world_close(struct world *world);
/* For tables of tests: the state is a new world, which the teardown frees. */
int world_setup(void **state);
int world_teardown(void **state);
void world_day(struct world *world, const char *date);
void world_as(struct world *world, const char *login);
/* Runs a command; name, value pairs of text follow, ended by NULL. The
 * collected lines go into its list arguments. Answers the code. */
int world_run(struct world *world, const char *command, int64_t target, ...)
	__attribute__((sentinel));
/* One item for the next command's list: "T-POST,no=K1,level=4". */
void world_line(struct world *world, const struct field_table *table, const char *text);
/* Inserts a record as the system. */
void world_insert(struct world *world, enum kind kind, void *record);
/* Gives a login one more role, past every rule. */
void world_role(struct world *world, const char *login, enum role role);

/* A number as a command takes it, also that of a record by a text of it; in the world's arena. */
const char *world_number(struct world *world, int64_t value);
const char *world_id_text(struct world *world, enum kind kind, const char *field, const char *text);
int64_t world_id(struct world *world, enum kind kind, const char *field, const char *text);
void *world_get(struct world *world, enum kind kind, int64_t id);
size_t world_find(struct world *world, enum kind kind, const char *field, int64_t value,
		  struct record_list *list);

/* A submitted claim of a learner with one line; by front_desk.1. */
int64_t world_claim(struct world *world, int64_t student, const char *line);
/* Takes a claim on, by the ordinary people, until it stands in STATE. */
void world_advance(struct world *world, int64_t claim, enum claim_state state);
int64_t world_state(struct world *world, int64_t claim);

#define assert_refused(world, code, reason_name) do { \
	assert_true((code) < 0); \
	assert_string_equal(reason_code((world)->err.reason), reason_name); \
} while (0)
#define assert_done(world, code) do { \
	int done_code = (code); \
	if (done_code < 0) \
		print_error("%s: %s\n", reason_code((world)->err.reason), (world)->err.message); \
	assert_true(done_code >= 0); \
} while (0)

#endif
