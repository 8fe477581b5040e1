/* line.h: a store behind a line to a scripted server (peer.h), logged in. */
#ifndef OV_TESTS_CONTRACT_LINE_H
#define OV_TESTS_CONTRACT_LINE_H

#include "tests/unit/shared.h"

#include "core/model/reason.h"
#include "core/store/store_rest.h"
#include "tests/contract/peer.h"

#define SESSION \
	"\"user_id\":5,\"login\":\"desk\",\"person_id\":null,\"branch_id\":2," \
	"\"roles\":[\"front_desk\",\"some_new_role\"],\"version\":\"0.1.0\",\"schema\":1," \
	"\"epoch\":\"01HZZZZZZZZZZZZZZZZZZZZZZZ\",\"demo\":false,\"more\":{}"
#define LOGIN_ANSWER { .body = "{\"token\":\"TOKEN-1\",\"idle_seconds\":1800," SESSION "}" }
#define TERM "{\"id\":7,\"rev\":3,\"created_at\":\"2026-03-01T08:30:00Z\",\"created_by\":1," \
	"\"code\":\"2026S\",\"starts_on\":\"2026-03-01\",\"ends_on\":\"2026-07-01\"}"
#define OUTCOME "{\"id\":7,\"rev\":1,\"seq\":12,\"repeated\":false,\"records\":{\"term\":[" TERM "]}}"
#define SCRIPT(...) (const struct peer_step[]){ __VA_ARGS__ }, \
	sizeof((const struct peer_step[]){ __VA_ARGS__ }) / sizeof(struct peer_step)

struct line_bench {
	struct peer *peer;
	struct store *store;
	struct arena arena;
	struct error err;
	char folder[64], token_file[128];
};

int line_setup(void **state);
int line_teardown(void **state);
void line_open(struct line_bench *bench, const char *url);
void line_expect(struct line_bench *bench, int rc, enum reason reason);
struct command line_term(struct line_bench *bench);
int line_execute(struct line_bench *bench, const struct command *command,
		 struct outcome *outcome);
int line_get(struct line_bench *bench, struct term **term);
/* The request of that number holds, or lacks, the text. */
void line_has(struct line_bench *bench, size_t index, const char *text);
void line_lacks(struct line_bench *bench, size_t index, const char *text);

#define LINE_TEST(NAME) cmocka_unit_test_setup_teardown(NAME, line_setup, line_teardown)

#endif
