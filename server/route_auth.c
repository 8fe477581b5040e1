/* Logging in and out. The password is checked on the hasher's thread, the
 * token written by the writer; the request waits for both. */
#include "server/routes.h"

#include <stdio.h>
#include <string.h>

#include "core/base/i18n.h"
#include "core/base/text.h"
#include "core/codec/json_record.h"
#include "core/model/reason.h"
#include "server/guess.h"
#include "server/hasher.h"
#include "server/problem.h"
#include "server/service.h"
#include "server/session.h"

#include "config.h"

struct login {
	struct write_job job; /* first */
	struct hash_job hash;
	struct request *request;
	const char *login;
	char *password, *wanted; /* wiped as soon as they are checked */
	struct actor actor;
	int64_t state, device, now;
	int64_t wait; /* ms; somebody guesses */
	char token[TOKEN_TEXT];
	uint8_t token_hash[HASH_BYTES], mark[HASH_BYTES];
};

static void forget(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
}

static void forget_passwords(struct login *login)
{
	forget(login->password);
	forget(login->wanted);
}

static void forget_body(struct request *request)
{
	if (request->body.bytes)
		explicit_bzero(request->body.bytes, request->body.len);
}

/* --- the session as JSON --- */

static int respond_session(struct request *request, const struct actor *actor,
			   const char *token, int64_t expires_at)
{
	const struct service *service = request->service;
	json_t *json = json_object(), *roles = json_array();
	char at[INSTANT_TEXT];

	for (int role = 0; role < ROLE_COUNT; role++)
		if (actor->roles & 1u << role)
			json_array_append_new(roles, json_string(enum_code(&role_enum, role)));
	json_object_set_new(json, "token", token ? json_string(token) : json_null());
	json_object_set_new(json, "expires_at", json_string(instant_format(expires_at, at)));
	json_object_set_new(json, "idle_seconds", json_integer(service->options.idle_seconds));
	json_object_set_new(json, "user_id", json_integer(actor->user_id));
	json_object_set_new(json, "login", json_string(actor->login));
	json_object_set_new(json, "person_id", actor->person_id == OV_NULL ? json_null() :
			    json_integer(actor->person_id));
	json_object_set_new(json, "branch_id", actor->branch_id == OV_NULL ? json_null() :
			    json_integer(actor->branch_id));
	json_object_set_new(json, "roles", roles);
	json_object_set_new(json, "version", json_string(PACKAGE_VERSION));
	json_object_set_new(json, "schema", json_integer(service->schema));
	json_object_set_new(json, "epoch", json_string(service->epoch));
	json_object_set_new(json, "demo", json_boolean(service->demo));
	response_header(request, "Cache-Control", "no-store");
	return respond_json(request, 200, json);
}

int route_session(struct request *request)
{
	struct error err = ERROR_INIT;
	struct local *local = service_reader(request->service, &err);
	struct stmt *stmt = NULL;
	int64_t expires = 0;
	int rc = local ? db_prepare(local->db, "SELECT expires_at FROM auth_session WHERE id = ?",
				    &stmt, &err) : err.code;

	if (rc < 0 || !stmt)
		return respond_error(request, &err);
	stmt_bind_int(stmt, 1, request->session_id);
	rc = stmt_step(stmt, &err);
	if (rc > 0)
		expires = stmt_int(stmt, 0);
	stmt_reset(stmt);
	if (rc < 0)
		return respond_error(request, &err);
	return respond_session(request, &request->actor, NULL, expires);
}

/* --- login --- */

static int slow_down(struct request *request, int64_t wait_ms)
{
	struct error err = ERROR_INIT;
	char seconds[24];

	snprintf(seconds, sizeof seconds, "%lld", (long long)((wait_ms + 999) / 1000));
	response_header(request, "Retry-After", seconds);
	error_reason(&err, REASON_LOGIN_SLOW, "seconds", seconds, NULL);
	return respond_error(request, &err);
}

static int login_written(struct request *request)
{
	struct login *login = request->state;

	if (login->job.rc < 0)
		return respond_error(request, &login->job.err);
	atomic_fetch_add(&request->service->counters.logins, 1);
	return respond_session(request, &login->actor, login->token,
			       login->now + request->service->options.session_seconds);
}

static int login_write(struct tx *tx, struct write_job *job, struct error *err)
{
	struct login *login = (struct login *)job;

	return session_add(tx, login->actor.user_id, login->token_hash, login->mark, login->now,
			   login->now + login->request->service->options.session_seconds, err);
}

static void job_done(struct write_job *job)
{
	struct login *login = (struct login *)job;

	login->request->wake(login->request);
}

static int grant_token(struct request *request, struct login *login)
{
	session_token_new(login->token);
	session_hash(request, login->token, login->token_hash);
	session_hash(request, login->hash.secret ? login->hash.secret : "", login->mark);
	login->job.actor = system_actor;
	login->job.run = login_write;
	login->job.done = job_done;
	request->resume = login_written;
	return service_post(request, &login->job);
}

static int login_checked(struct request *request)
{
	struct login *login = request->state;

	if (login->wait > 0)
		return slow_down(request, login->wait);
	if (!login->hash.right) {
		atomic_fetch_add(&request->service->counters.login_failures, 1);
		return respond_reason(request, REASON_LOGIN_FAILED);
	}
	if (login->state != USER_ACTIVE)
		return respond_reason(request, REASON_LOGIN_CLOSED);
	return grant_token(request, login);
}

static bool hash_may(struct hash_job *hash)
{
	struct login *login = hash->context;
	const struct request *request = login->request;

	login->wait = guess_wait(request->service->guesses, login->login, request->peer,
				 login->device, clock_monotonic_ms());
	return login->wait == 0;
}

static void hash_done(struct hash_job *hash)
{
	struct login *login = hash->context;
	const struct request *request = login->request;
	struct guesses *guesses = request->service->guesses;

	forget_passwords(login);
	/* Counted here and not when the request goes on: the next in the queue is
	 * asked hash_may() at once. */
	if (hash->right)
		guess_right(guesses, login->login, request->peer, login->device);
	else if (!login->wait)
		guess_wrong(guesses, login->login, request->peer, login->device,
			    clock_monotonic_ms());
	login->request->wake(login->request);
}

static int check_password(struct request *request, struct login *login,
			  int (*next)(struct request *request))
{
	login->hash.password = login->password;
	login->hash.wanted = login->wanted;
	login->hash.origin = request->peer;
	login->hash.may = hash_may;
	login->hash.done = hash_done;
	login->hash.context = login;
	request->resume = next;
	if (hash_may(&login->hash) && hasher_post(request->service->hasher, &login->hash))
		return REQUEST_WAIT;
	forget_passwords(login);
	if (login->wait > 0)
		return slow_down(request, login->wait);
	return respond_reason(request, REASON_HTTP_MANY);
}

/* A text member of the body; NULL for null when that is allowed. */
static int text_member(struct request *request, const json_t *json, const char *name,
		       size_t max, bool may_be_null, char **out, struct error *err)
{
	const json_t *value = json_object_get(json, name);
	const char *text = json_string_value(value);

	*out = NULL;
	if (may_be_null && json_is_null(value))
		return 0;
	if (!text || strlen(text) > 4 * max)
		return route_bad(err, _("a text is expected"), name);
	*out = arena_strdup(&request->arena, text);
	return 0;
}

/* The body as an object that has these members and no other. */
static int body_object(struct request *request, const char *const *names, json_t **json,
		       struct error *err)
{
	const char *name;
	json_t *value;
	int rc = route_body(request, json, err);

	if (rc == 0 && !json_is_object(*json))
		rc = route_bad(err, _("an object is expected"), NULL);
	if (rc < 0)
		return rc;
	json_object_foreach(*json, name, value) {
		size_t i = 0;

		while (names[i] && strcmp(names[i], name) != 0)
			i++;
		if (!names[i])
			return error_reason(err, REASON_FIELD_UNKNOWN, "name", name, "field", name, NULL);
	}
	return 0;
}

static int read_login(struct request *request, struct login *login, struct error *err)
{
	static const char *const names[] = { "login", "password", NULL };
	char *name = NULL;
	json_t *json = NULL;
	int rc = body_object(request, names, &json, err);

	if (rc == 0)
		rc = text_member(request, json, "login", LOGIN_MAX, false, &name, err);
	if (rc == 0)
		rc = text_member(request, json, "password", PASSWORD_MAX * 8,
				 request->service->demo, &login->password, err);
	login->login = name;
	json_decref(json);
	forget_body(request);
	return rc;
}

int route_login(struct request *request)
{
	struct login *login = arena_alloc(&request->arena, sizeof *login);
	struct error err = ERROR_INIT;
	struct local *local = service_reader(request->service, &err);
	const char *secret = NULL;
	int rc = local ? read_login(request, login, &err) : err.code;

	if (rc < 0)
		return respond_error(request, &err);
	request->state = login;
	login->request = request;
	login->now = session_now();
	rc = local_actor(local, login->login, &login->actor, &login->state, &secret,
			 &request->arena, &err);
	if (rc < 0 && rc != OV_ENOTFOUND)
		return respond_error(request, &err);
	if (rc < 0 || login->actor.user_id == system_actor.user_id)
		secret = NULL;
	else
		login->device = session_device(request, login->actor.user_id);
	login->hash.secret = secret;
	/* The public password of a demo world need not be typed. */
	if (!login->password && secret) {
		login->hash.right = true;
		return login_checked(request);
	}
	if (!login->password)
		return respond_reason(request, REASON_LOGIN_FAILED);
	return check_password(request, login, login_checked);
}

/* --- logout --- */

struct logout {
	struct login base; /* first */
	int64_t user_id; /* 0: only this session */
};

static int logout_write(struct tx *tx, struct write_job *job, struct error *err)
{
	struct logout *logout = (struct logout *)job;
	struct audit_event *event;
	int64_t now = session_now();
	int rc;

	if (!logout->user_id)
		return session_end(tx, logout->base.request->session_id, now, err);
	rc = session_end_all(tx, logout->user_id, 0, now, err);
	if (rc < 0 || logout->user_id == logout->base.request->actor.user_id)
		return rc;
	event = record_new(tx->arena, &audit_event_fields);
	event->action = "user.logout";
	event->object_kind = user_fields.name;
	event->object_id = logout->user_id;
	return tx_audit_append(tx, event, err);
}

static int done_empty(struct request *request)
{
	struct login *login = request->state;

	if (login->job.rc < 0)
		return respond_error(request, &login->job.err);
	return respond_empty(request, 204);
}

/* Whose tokens: one's own, or by a holder of the permission anybody's. */
static int read_logout(struct request *request, struct logout *logout, struct error *err)
{
	static const char *const names[] = { "all", "login", NULL };
	struct actor other;
	struct local *local;
	json_t *json = NULL;
	const json_t *all;
	char *login = NULL;
	int rc;

	if (!request->body.len)
		return 0;
	rc = body_object(request, names, &json, err);
	all = rc == 0 ? json_object_get(json, "all") : NULL;
	if (rc == 0 && all && !json_is_boolean(all))
		rc = route_bad(err, _("true or false is expected"), "all");
	if (rc == 0 && json_is_true(all))
		logout->user_id = request->actor.user_id;
	if (rc == 0 && json_object_get(json, "login"))
		rc = text_member(request, json, "login", LOGIN_MAX, false, &login, err);
	json_decref(json);
	if (rc < 0 || !login)
		return rc;
	rc = local_may(&request->actor, PERM_ADMIN, err);
	local = rc == 0 ? service_reader(request->service, err) : NULL;
	if (!local)
		return err->code;
	rc = local_actor(local, login, &other, NULL, NULL, &request->arena, err);
	logout->user_id = rc == 0 ? other.user_id : 0;
	return rc;
}

int route_logout(struct request *request)
{
	struct logout *logout = arena_alloc(&request->arena, sizeof *logout);
	struct login *base = &logout->base;
	struct error err = ERROR_INIT;

	if (read_logout(request, logout, &err) < 0)
		return respond_error(request, &err);
	request->state = base;
	base->request = request;
	base->job.actor = request->actor;
	base->job.run = logout_write;
	base->job.done = job_done;
	request->resume = done_empty;
	return service_post(request, &base->job);
}

/* --- password --- */

/* The new secret, the end of the account's other tokens, and one audit event. */
static int password_write(struct tx *tx, struct write_job *job, struct error *err)
{
	struct login *login = (struct login *)job;
	struct audit_event *event = record_new(tx->arena, &audit_event_fields);
	struct user *user;
	int rc = tx_get(tx, KIND_USER, login->actor.user_id, (void **)&user, err);

	/* Changed by somebody else meanwhile: what was checked is no longer it. */
	if (rc == 0 && (!user->secret || strcmp(user->secret, login->hash.secret) != 0))
		return error_reason(err, REASON_LOGIN_FAILED, NULL);
	if (rc < 0)
		return rc;
	user->secret = login->hash.hash;
	rc = tx_update(tx, KIND_USER, user, err);
	if (rc == 0)
		rc = session_end_all(tx, user->id, login->request->session_id, login->now, err);
	if (rc == 0)
		rc = session_mark(tx, login->request->session_id, login->mark, err);
	event->action = "user.password";
	event->object_kind = user_fields.name;
	event->object_id = user->id;
	return rc < 0 ? rc : tx_audit_append(tx, event, err);
}

static int password_checked(struct request *request)
{
	struct login *login = request->state;
	struct error err = ERROR_INIT;

	if (login->wait > 0)
		return slow_down(request, login->wait);
	if (!login->hash.right) {
		error_reason(&err, REASON_LOGIN_FAILED, "field", "old", NULL);
		return respond_problem(request, 422, &err, NULL, NULL);
	}
	if (!*login->hash.hash)
		return respond_reason(request, REASON_HTTP_MANY);
	session_hash(request, login->hash.hash, login->mark);
	login->job.actor = request->actor;
	login->job.run = password_write;
	login->job.done = job_done;
	request->resume = done_empty;
	return service_post(request, &login->job);
}

static int read_password(struct request *request, struct login *login, struct error *err)
{
	static const char *const names[] = { "old", "new", NULL };
	char least[8], most[8];
	json_t *json = NULL;
	int rc = body_object(request, names, &json, err);

	if (rc == 0)
		rc = text_member(request, json, "old", PASSWORD_MAX * 8, false, &login->password, err);
	if (rc == 0)
		rc = text_member(request, json, "new", PASSWORD_MAX * 8, false, &login->wanted, err);
	json_decref(json);
	forget_body(request);
	if (rc == 0 && (utf8_count(login->wanted) < PASSWORD_MIN ||
			utf8_count(login->wanted) > PASSWORD_MAX)) {
		snprintf(least, sizeof least, "%d", PASSWORD_MIN);
		snprintf(most, sizeof most, "%d", PASSWORD_MAX);
		rc = error_reason(err, REASON_PASSWORD_LENGTH, "min", least, "max", most,
				  "field", "new", NULL);
	}
	return rc;
}

int route_password(struct request *request)
{
	struct login *login = arena_alloc(&request->arena, sizeof *login);
	struct error err = ERROR_INIT;
	struct local *local = service_reader(request->service, &err);
	const char *secret = NULL;
	int rc = local ? read_password(request, login, &err) : err.code;

	login->actor = request->actor;
	if (rc == 0)
		rc = local_actor(local, NULL, &login->actor, &login->state, &secret,
				 &request->arena, &err);
	if (rc < 0)
		return respond_error(request, &err);
	request->state = login;
	login->request = request;
	login->login = login->actor.login;
	login->device = request->session_id;
	login->now = session_now();
	login->hash.secret = secret;
	return check_password(request, login, password_checked);
}
