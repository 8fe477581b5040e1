/* Who acts, over the line. The password is sent once and kept nowhere; what
 * is kept is the session's token, in a file that only its owner can read. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/config/paths.h"
#include "core/model/reason.h"
#include "core/store/store_rest.h"

static const struct actor nobody = { .person_id = OV_NULL, .branch_id = OV_NULL };

/* --- the file --- */

/* One for each server and login, named by a hash: logins may hold anything. */
static const char *token_path(const struct rest *rest, const char *login, struct arena *arena)
{
	const char *text = arena_printf(arena, "%s\n%s", rest->url.base, login);
	uint8_t hash[HASH_BYTES];
	char hex[HASH_HEX];

	hash_sha256(text, strlen(text), hash);
	return path_join(arena, rest->state_dir,
			 arena_printf(arena, "token-%.24s", hash_hex(hash, hex)));
}

static bool token_good(const char *token)
{
	size_t len = strspn(token, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789-._~+/=");

	return len > 0 && len < REST_TOKEN && !token[len];
}

/* A file that others could have read or written is none of ours. */
static bool token_load(const char *path, char token[REST_TOKEN])
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;
	ssize_t len = -1;

	*token = '\0';
	if (fd < 0)
		return false;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
	    (st.st_mode & 077) == 0)
		len = read(fd, token, REST_TOKEN - 1);
	close(fd);
	token[len > 0 ? len : 0] = '\0';
	token[strcspn(token, "\n")] = '\0';
	if (!token_good(token))
		*token = '\0';
	return *token;
}

/* Written beside and renamed. Without the file one is asked again next time;
 * that is no reason to fail. */
static void token_save(const struct rest *rest, const char *path, struct arena *arena)
{
	struct error err = ERROR_INIT;
	const char *made = arena_printf(arena, "%s.%ld", path, (long)getpid());
	size_t len = strlen(rest->token);
	int fd;
	bool good;

	if (path_make_folder(rest->state_dir, &err) < 0)
		return;
	unlink(made);
	fd = open(made, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	good = write(fd, rest->token, len) == (ssize_t)len;
	if (close(fd) < 0 || !good || rename(made, path) < 0)
		unlink(made);
}

static void forget(struct rest *rest)
{
	explicit_bzero(rest->token, sizeof rest->token);
	rest->store.actor = nobody;
	for (size_t i = 0; i < REST_KEPT; i++) {
		free(rest->kept[i].json);
		memset(&rest->kept[i], 0, sizeof rest->kept[i]);
	}
}

/* The dead token's file stays: with the next login it tells the server that
 * this desk is none of those that guess passwords. */
void rest_session_end(struct rest *rest)
{
	forget(rest);
}

/* --- the session --- */

static int64_t null_or_int(const json_t *json, const char *name)
{
	const json_t *value = json_object_get(json, name);

	return json_is_integer(value) ? json_integer_value(value) : OV_NULL;
}

static int read_session(struct rest *rest, const json_t *json, struct error *err)
{
	struct actor *actor = &rest->store.actor;
	const char *login = json_string_value(json_object_get(json, "login"));
	int64_t user = null_or_int(json, "user_id");
	json_t *role;
	size_t index;

	*actor = nobody;
	if (!login || user == OV_NULL || user <= 0)
		return rest_peer_error(rest, "user_id, login", err);
	actor->user_id = user;
	actor->person_id = null_or_int(json, "person_id");
	actor->branch_id = null_or_int(json, "branch_id");
	snprintf(actor->login, sizeof actor->login, "%s", login);
	json_array_foreach(json_object_get(json, "roles"), index, role) {
		const char *code = json_string_value(role);
		int64_t value = code ? enum_find(&role_enum, code) : OV_NULL;

		if (value != OV_NULL)
			actor->roles |= 1u << value;
	}
	return rest_read_server(rest, json, err);
}

static int ask_session(struct rest *rest, struct error *err)
{
	const struct rest_request request = { .path = "/v1/session" };
	struct rest_reply reply;
	int rc = rest_call(rest, &request, &reply, NULL, NULL, err);

	if (rc == 0)
		rc = read_session(rest, reply.json, err);
	rest_reply_release(&reply);
	return rc;
}

static int ask_login(struct rest *rest, const char *login, const char *password,
		     struct error *err)
{
	struct rest_request request = { .path = "/v1/login", .open = true };
	struct rest_reply reply;
	const char *token;
	int rc;

	request.body = json_pack("{s:s, s:s?}", "login", login, "password", password);
	if (!request.body) /* not UTF-8: nobody's */
		return error_reason(err, REASON_LOGIN_FAILED, NULL);
	rc = rest_call(rest, &request, &reply, NULL, NULL, err);
	token = json_string_value(json_object_get(reply.json, "token"));
	if (rc == 0 && (!token || !token_good(token)))
		rc = rest_peer_error(rest, "token", err);
	if (rc == 0)
		rc = read_session(rest, reply.json, err);
	if (rc == 0)
		snprintf(rest->token, sizeof rest->token, "%s", token);
	rest_reply_release(&reply);
	return rc;
}

/* Without a password: with the token of before; in a demo world, as anybody. */
static int log_in_again(struct rest *rest, const char *login, const char *path,
			struct error *err)
{
	int rc;

	if (token_load(path, rest->token)) {
		rc = ask_session(rest, err);
		if (rc == 0 && strcmp(rest->store.actor.login, login) != 0)
			forget(rest);
		else if (rc == 0 || err->reason != REASON_LOGIN_NEEDED)
			return rc;
		error_clear(err);
		forget(rest);
	}
	rc = rest->schema ? 0 : rest_ask_server(rest, err);
	if (rc < 0)
		return rc;
	return rest->demo ? ask_login(rest, login, NULL, err) :
			    error_reason(err, REASON_LOGIN_NEEDED, NULL);
}

/* The server is told, so that the token is dead there too; when it can't be
 * reached the token dies of itself. */
static void log_out(struct rest *rest)
{
	const struct rest_request request = {
		.path = "/v1/logout", .body = json_object(), .once = true
	};
	struct arena arena = ARENA_INIT;
	struct error err = ERROR_INIT;
	struct rest_reply reply;
	char saved[REST_TOKEN];
	const char *path = token_path(rest, rest->store.actor.login, &arena);

	/* Another program of this person may have logged in since: its token stays. */
	if (token_load(path, saved) && !strcmp(saved, rest->token))
		unlink(path);
	explicit_bzero(saved, sizeof saved);
	rest_call(rest, &request, &reply, NULL, NULL, &err);
	rest_reply_release(&reply);
	arena_release(&arena);
	forget(rest);
}

int rest_login(struct store *store, const char *login, const char *password,
	       struct error *err)
{
	struct rest *rest = (struct rest *)store;
	struct arena arena = ARENA_INIT;
	const char *path;
	int rc = 0;

	http_enter(rest->http);
	if (!login) {
		if (*rest->token)
			log_out(rest);
		forget(rest);
	} else {
		forget(rest);
		path = token_path(rest, login, &arena);
		if (password)
			token_load(path, rest->token);
		rc = password ? ask_login(rest, login, password, err) :
				log_in_again(rest, login, path, err);
		if (rc == 0)
			token_save(rest, path, &arena);
		else
			forget(rest);
	}
	http_leave(rest->http);
	arena_release(&arena);
	return rc;
}
