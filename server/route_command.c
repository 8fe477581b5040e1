/* Routes that write: commands, and what they would do. */
#include "server/routes.h"

#include <string.h>

#include "core/base/i18n.h"
#include "core/codec/json_write.h"
#include "core/model/reason.h"
#include "core/store/execute.h"
#include "server/problem.h"
#include "server/service.h"

struct batch {
	struct write_job job; /* first */
	struct request *request;
	struct command *commands;
	struct outcome *outcomes;
	size_t count, failed;
	bool list;
	bool *any_rev; /* the asker said "*": another version is no surprise */
};

/* --- reading --- */

static int read_target(const json_t *value, int64_t *target, struct error *err)
{
	*target = 0;
	if (!value || json_is_null(value))
		return 0;
	if (!json_is_integer(value) || json_integer_value(value) < 0)
		return route_bad(err, _("an id is expected"), "target");
	*target = json_integer_value(value);
	return 0;
}

/* 3, or "*" */
static int read_rev(const json_t *value, int64_t *rev, bool *any, struct error *err)
{
	const char *text = json_string_value(value);

	if (!value || json_is_null(value))
		return 0;
	if (text && !strcmp(text, "*")) {
		*any = true;
		return 0;
	}
	if (!json_is_integer(value) || json_integer_value(value) < 1)
		return route_bad(err, _("a version, or \"*\", is expected"), "rev");
	*rev = json_integer_value(value);
	return 0;
}

static int read_key(const json_t *value, struct command *command, struct error *err)
{
	const char *text = json_string_value(value);

	if (!value || json_is_null(value))
		return 0;
	if (!text || strlen(text) != ULID_TEXT - 1)
		return error_reason(err, REASON_KEY_BAD, "field", "key", NULL);
	memcpy(command->key, text, ULID_TEXT);
	return 0;
}

static int read_def(const json_t *json, struct command *command, struct error *err)
{
	static const char *const names[] = { "command", "target", "rev", "key", "args" };
	const char *text = json_string_value(json_object_get(json, "command")), *name;
	json_t *value;

	if (!json_is_object(json))
		return route_bad(err, _("an object is expected"), NULL);
	json_object_foreach((json_t *)(uintptr_t)json, name, value) {
		size_t i = 0;

		while (i < 5 && strcmp(names[i], name) != 0)
			i++;
		if (i == 5)
			return error_reason(err, REASON_FIELD_UNKNOWN, "name", name, "field", name, NULL);
	}
	if (!text)
		return route_bad(err, _("the name of a command is expected"), "command");
	command->def = command_find(text);
	if (!command->def)
		return error_reason(err, REASON_COMMAND_UNKNOWN, "name", text, "field", "command", NULL);
	return 0;
}

static int read_command(struct request *request, const json_t *json, struct command *command,
			bool *any, struct error *err)
{
	const json_t *args = json_object_get(json, "args");
	int rc = read_def(json, command, err);

	command->expected_rev = OV_NULL;
	if (rc == 0)
		rc = read_target(json_object_get(json, "target"), &command->target, err);
	if (rc == 0)
		rc = read_rev(json_object_get(json, "rev"), &command->expected_rev, any, err);
	if (rc == 0)
		rc = read_key(json_object_get(json, "key"), command, err);
	if (rc == 0 && args && !json_is_null(args))
		rc = json_record_read(args, command->def->args, &request->arena, &command->args, err);
	else if (rc == 0)
		command->args = record_new(&request->arena, command->def->args);
	return rc;
}

/* --- headers --- */

/* "3" in quotes, or * */
static int header_rev(const char *text, int64_t *rev, bool *any, struct error *err)
{
	char number[24];
	size_t len = strlen(text);

	if (!strcmp(text, "*")) {
		*any = true;
		return 0;
	}
	if (len > 2 && len < sizeof number && text[0] == '"' && text[len - 1] == '"') {
		memcpy(number, text + 1, len - 2);
		number[len - 2] = '\0';
		if (route_number(number, 1, INT64_MAX, rev))
			return 0;
	}
	return route_bad(err, _("If-Match is \"REV\" or *"), "rev");
}

/* Key and rev may stand in the headers instead of the body. */
static int read_headers(struct request *request, struct batch *batch, struct error *err)
{
	const char *key = request_header(request, "Idempotency-Key");
	const char *match = request_header(request, "If-Match");
	struct command *command = &batch->commands[0];
	int64_t rev = OV_NULL;
	bool any = false;
	size_t len;
	int rc;

	if (batch->list && (key || match))
		return route_bad(err, _("in a list each command has its own key and rev"), NULL);
	if (key) {
		len = strlen(key);
		if (len == ULID_TEXT + 1 && key[0] == '"' && key[len - 1] == '"') {
			key++; /* the draft standard quotes it */
			len -= 2;
		}
		if (len != ULID_TEXT - 1 || (*command->key && strncmp(command->key, key, len) != 0))
			return error_reason(err, REASON_KEY_BAD, "field", "key", NULL);
		memcpy(command->key, key, len);
	}
	if (!match)
		return 0;
	rc = header_rev(match, &rev, &any, err);
	if (rc < 0)
		return rc;
	if ((command->expected_rev != OV_NULL && command->expected_rev != rev) ||
	    (batch->any_rev[0] && !any))
		return route_bad(err, _("header and body name different versions"), "rev");
	command->expected_rev = rev;
	batch->any_rev[0] = any;
	return 0;
}

/* Commands that change a record say which version they saw. */
static int check_call(const struct command *command, bool any, struct error *err)
{
	unsigned flags = command->def->flags;

	if (!*command->key)
		return error_reason(err, REASON_KEY_BAD, "field", "key", NULL);
	if (command->def->target != KIND_NONE && !(flags & (CMD_NEW | CMD_READ)) &&
	    command->expected_rev == OV_NULL && !any)
		return error_reason(err, REASON_REV_NEEDED, "field", "rev", NULL);
	return 0;
}

/* --- answering --- */

/* 412: the record as it is now, as the asker may see it. */
static void add_current(struct request *request, const struct command *command, json_t *extra)
{
	struct error err = ERROR_INIT;
	struct store *store = service_store(request, &err);
	enum kind kind = command->def->target;
	void *record;

	if (store && kind != KIND_NONE &&
	    store_get(store, kind, command->target, &request->arena, &record, &err) == 0)
		json_object_set_new(extra, "current", json_record(kind_fields(kind), record, 0));
}

static int respond_refused(struct request *request, const struct batch *batch)
{
	const struct error *err = &batch->job.err;
	int status = problem_status(err);
	json_t *extra = json_object();

	if (batch->list)
		json_object_set_new(extra, "failed", json_integer((json_int_t)batch->failed));
	if (err->code == OV_ECONFLICT)
		add_current(request, &batch->commands[batch->failed], extra);
	if (status == 412 && batch->any_rev[batch->failed])
		status = 409;
	return respond_problem(request, status, err, &batch->outcomes[batch->failed].problems, extra);
}

static int batch_answered(struct request *request)
{
	struct batch *batch = request->state;
	struct buf *body = &request->response.body;

	if (batch->job.rc < 0)
		return respond_refused(request, batch);
	if (!batch->list && batch->outcomes[0].id && batch->outcomes[0].rev > 0)
		response_header(request, "ETag", route_tag(&request->arena, batch->outcomes[0].rev));
	buf_clear(body);
	if (batch->list)
		buf_char(body, '[');
	for (size_t i = 0; i < batch->count; i++) {
		if (i)
			buf_char(body, ',');
		json_write_outcome(body, &batch->outcomes[i], &batch->outcomes[i].records);
	}
	if (batch->list)
		buf_char(body, ']');
	return respond_written(request, 200, true);
}

/* --- on the writer's thread --- */

static int run_batch(struct tx *tx, struct write_job *job, struct error *err)
{
	struct batch *batch = (struct batch *)job;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < batch->count; i++) {
		batch->failed = i;
		rc = execute_part(tx, &batch->commands[i], true, &batch->outcomes[i], err);
	}
	return rc;
}

static int run_assess(struct store *store, struct write_job *job, struct error *err)
{
	struct batch *batch = (struct batch *)job;

	return store_assess(store, &batch->commands[0], job->arena, &batch->outcomes[0], err);
}

static void batch_done(struct write_job *job)
{
	struct batch *batch = (struct batch *)job;

	batch->request->wake(batch->request);
}

/* --- routes --- */

static struct batch *batch_new(struct request *request, size_t count)
{
	struct batch *batch = arena_alloc(&request->arena, sizeof *batch);

	batch->request = request;
	batch->count = count;
	batch->commands = arena_array(&request->arena, count, sizeof *batch->commands);
	batch->outcomes = arena_raw(&request->arena, count * sizeof *batch->outcomes);
	outcomes_init(batch->outcomes, count);
	batch->any_rev = arena_array(&request->arena, count, sizeof *batch->any_rev);
	batch->job.actor = request->actor;
	batch->job.done = batch_done;
	request->state = batch;
	request->resume = batch_answered;
	return batch;
}

static int read_batch(struct request *request, const json_t *json, struct batch **out,
		      struct error *err)
{
	bool list = json_is_array(json);
	size_t count = list ? json_array_size(json) : 1;
	struct batch *batch;
	int rc = 0;

	if (count < 1 || count > LIST_MAX)
		return route_bad(err, _("a list has 1 to 100 commands"), NULL);
	batch = *out = batch_new(request, count);
	batch->list = list;
	for (size_t i = 0; rc == 0 && i < count; i++) {
		batch->failed = i;
		rc = read_command(request, list ? json_array_get(json, i) : json,
				  &batch->commands[i], &batch->any_rev[i], err);
		if (rc == 0 && batch->commands[i].def->flags & CMD_BULK)
			batch->job.alone = true;
	}
	return rc;
}

/* What is wrong before the writer is asked. */
static int refuse_early(struct request *request, const struct batch *batch,
			const struct error *err)
{
	json_t *extra = NULL;

	if (batch && batch->list)
		extra = json_pack("{s:I}", "failed", (json_int_t)batch->failed);
	return respond_problem(request, problem_status(err), err, NULL, extra);
}

int route_commands(struct request *request)
{
	struct batch *batch = NULL;
	struct error err = ERROR_INIT;
	json_t *json;
	int rc = route_body(request, &json, &err);

	if (rc == 0)
		rc = read_batch(request, json, &batch, &err);
	json_decref(json);
	if (rc == 0)
		rc = read_headers(request, batch, &err);
	for (size_t i = 0; rc == 0 && batch && i < batch->count; i++) {
		batch->failed = i;
		rc = check_call(&batch->commands[i], batch->any_rev[i], &err);
		batch->commands[i].hash = command_hash(request->service->secret, &batch->commands[i],
						       &request->arena);
	}
	if (rc < 0 || !batch)
		return refuse_early(request, batch, &err);
	batch->job.run = run_batch;
	return service_post(request, &batch->job);
}

int route_assess(struct request *request)
{
	struct batch *batch = NULL;
	struct error err = ERROR_INIT;
	json_t *json;
	int rc = route_body(request, &json, &err);

	if (rc == 0 && json_is_array(json))
		rc = route_bad(&err, _("an object is expected"), NULL);
	if (rc == 0)
		rc = read_batch(request, json, &batch, &err);
	json_decref(json);
	if (rc < 0 || !batch)
		return refuse_early(request, NULL, &err);
	if (!*batch->commands[0].key)
		ulid_new(batch->commands[0].key);
	batch->job.assess = run_assess;
	return service_post(request, &batch->job);
}
