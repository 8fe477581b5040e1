#include "tests/contract/line.h"

#include "core/base/hash.h"

static const struct peer_step login_step[] = { LOGIN_ANSWER };

void line_open(struct line_bench *bench, const char *url)
{
	struct store_options options = STORE_OPTIONS_INIT;

	options.state_dir = bench->folder;
	if (store_open(url, &options, &bench->store, &bench->err) < 0)
		fail_msg("%s", bench->err.message);
	((struct rest *)bench->store)->backoff_ms = 1;
}

static void name_token_file(struct line_bench *bench)
{
	uint8_t hash[HASH_BYTES];
	char hex[HASH_HEX], text[128];

	snprintf(text, sizeof text, "%s\n%s", peer_url(bench->peer), "desk");
	hash_sha256(text, strlen(text), hash);
	snprintf(bench->token_file, sizeof bench->token_file, "%.60s/token-%.24s", bench->folder,
		 hash_hex(hash, hex));
}

int line_setup(void **state)
{
	struct line_bench *bench = mem_alloc(sizeof *bench);

	snprintf(bench->folder, sizeof bench->folder, "/tmp/overpass-rest-XXXXXX");
	assert_non_null(mkdtemp(bench->folder));
	bench->peer = peer_new(login_step, 1);
	name_token_file(bench);
	line_open(bench, peer_url(bench->peer));
	*state = bench;
	return store_login(bench->store, "desk", "secret words", &bench->err);
}

int line_teardown(void **state)
{
	struct line_bench *bench = *state;

	store_close(bench->store);
	unlink(bench->token_file);
	rmdir(bench->folder);
	peer_free(bench->peer);
	arena_release(&bench->arena);
	free(bench);
	return 0;
}

void line_expect(struct line_bench *bench, int rc, enum reason reason)
{
	if (rc >= 0)
		fail_msg("accepted, but %s was expected", reason_code(reason));
	if (bench->err.reason != (int)reason)
		fail_msg("%s was expected, but %s: %s", reason_code(reason),
			 reason_code(bench->err.reason), bench->err.message);
	assert_int_equal(rc, bench->err.code);
	error_clear(&bench->err);
}

struct command line_term(struct line_bench *bench)
{
	struct command command;

	command_init(&command, command_find("term.create"), &bench->arena);
	assert_int_equal(command_set(&command, "code", "2026S", &bench->arena, &bench->err), 0);
	assert_int_equal(command_set(&command, "starts_on", "2026-03-01", &bench->arena,
				     &bench->err), 0);
	assert_int_equal(command_set(&command, "ends_on", "2026-07-01", &bench->arena,
				     &bench->err), 0);
	return command;
}

int line_execute(struct line_bench *bench, const struct command *command, struct outcome *outcome)
{
	return store_execute(bench->store, command, 1, &bench->arena, outcome, NULL, &bench->err);
}

int line_get(struct line_bench *bench, struct term **term)
{
	return store_get(bench->store, KIND_TERM, 7, &bench->arena, (void **)term, &bench->err);
}

void line_has(struct line_bench *bench, size_t index, const char *text)
{
	const char *request = peer_request(bench->peer, index, NULL);

	if (!strstr(request, text))
		fail_msg("\"%s\" is not in: %s", text, request);
}

void line_lacks(struct line_bench *bench, size_t index, const char *text)
{
	const char *request = peer_request(bench->peer, index, NULL);

	if (strstr(request, text))
		fail_msg("\"%s\" is in: %s", text, request);
}
