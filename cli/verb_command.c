/* Verbs that are rows of the command table: the target is a word, each
 * argument field an option; a list's option is given once for each item. */
#include "cli/verb.h"

#include <stdio.h>
#include <string.h>

#include "cli/output.h"
#include "cli/password.h"
#include "cli/show.h"
#include "cli/target.h"
#include "core/base/buf.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/evidence.h"

/* How a record of the kind is named by a word. */
static const char *key_word(enum kind kind)
{
	const struct field *key;

	switch (kind) {
	case KIND_STUDENT:
	case KIND_PERSON:
	case KIND_ACCOUNT:
		return "NUMBER";
	case KIND_CREDIT_CLAIM:
		return "CLAIM";
	case KIND_TRANSFER_RULE:
		return "RULE[@VERSION]";
	case KIND_USER:
		return "LOGIN";
	default:
		key = target_key(kind);
		return !key ? "ID" : key->type == FT_DATE ? "DATE" : "CODE";
	}
}

const char *verb_command_target(const struct command_def *def)
{
	if (def->flags & CMD_NEW || def->target == KIND_NONE)
		return "";
	return key_word(def->target);
}

/* Secrets come from a file, since everybody sees a program's arguments:
 * --new-password-file. */
static const char *secret_option(const struct field *field, struct arena *arena)
{
	return arena_printf(arena, "new-%s-file", field->name);
}

/* The option of an argument: with dashes, a reference without its _id, a list
 * in the singular. */
static const char *option_name(const struct field *field, struct arena *arena)
{
	char *name = arena_strdup(arena, field->name);
	const size_t len = strlen(name);

	if (field->flags & SECRET)
		return secret_option(field, arena);
	if (field->type == FT_REF && len > 3 && !strcmp(name + len - 3, "_id"))
		name[len - 3] = '\0';
	if (field->type == FT_LIST && len > 1 && name[len - 1] == 's')
		name[len - 1] = '\0';
	for (char *c = name; *c; c++)
		if (*c == '_')
			*c = '-';
	return name;
}

static const char *choices(const struct enum_table *enums, struct arena *arena)
{
	struct buf text = BUF_INIT;
	const char *all;

	for (size_t i = 0; i < enums->count; i++)
		buf_printf(&text, "%s%s", i ? "|" : "", enums->values[i].code);
	all = arena_strdup(arena, buf_cstr(&text));
	buf_release(&text);
	return all;
}

/* An item begins with the word that names what it is about. */
static const char *item_form(const struct field_table *items, struct arena *arena)
{
	const struct field *first = &items->fields[0];
	char *upper = arena_strdup(arena, first->type == FT_REF ? key_word((enum kind)first->ref) :
				   first->name);

	for (char *c = upper; *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	return items->count > 1 ? arena_printf(arena, "%s[,name=value…]", upper) : upper;
}

static const char *value_form(const struct field *field, struct arena *arena)
{
	if (field->flags & SECRET)
		return "FILE";
	if (field->flags & ATTACH)
		return "FILE";
	switch (field->type) {
	case FT_BOOL:
		return NULL;
	case FT_ENUM:
		return choices(field->enums, arena);
	case FT_DATE:
		return "DATE";
	case FT_INSTANT:
		return "INSTANT";
	case FT_MINUTES:
		return "HH:MM";
	case FT_CENTI:
	case FT_MARK:
		return "0.00";
	case FT_REF:
		return key_word((enum kind)field->ref);
	case FT_LIST:
		return item_form(field->items, arena);
	case FT_INT:
	case FT_BP:
		return "N";
	default:
		return "TEXT";
	}
}

/* A flag that is meant when the verb is called at all, unless another option
 * says otherwise: who types `claim verify` states that the evidence was
 * compared with the originals. A form asks for it with a box to tick. */
static const struct {
	const char *command, *field;
	struct opt unless;
} implied[] = {
	{ "claim.verify", "all_ok",
	  { "only-checked", NULL, N_("Leave evidence open that evidence_check has not decided"), 0 } },
};

static const struct opt *implied_unless(const struct command_def *def, const struct field *field)
{
	for (size_t i = 0; i < sizeof implied / sizeof implied[0]; i++)
		if (!strcmp(implied[i].command, def->name) && !strcmp(implied[i].field, field->name))
			return &implied[i].unless;
	return NULL;
}

/* Where nothing said means "as it is", a yes or no of the record needs a word for
 * no: --lock-time has --no-lock-time. NULL: it needs none. */
static const char *no_option(const struct command_def *def, const struct field *field,
			     struct arena *arena)
{
	const struct field *of = field->type != FT_BOOL || def->flags & CMD_NEW ||
		def->target == KIND_NONE ? NULL : field_find(kind_fields(def->target), field->name);

	return of && of->type == FT_BOOL ? arena_printf(arena, "no-%s", option_name(field, arena)) :
	       NULL;
}

/* What every command has besides its arguments. */
static const struct opt common_opts[] = {
	{ "dry-run", NULL, N_("Show what would happen, save nothing"), 0 },
	{ "key", "ULID", N_("Idempotency key: the same key gives the first answer again"), 0 },
	{ "rev", "N", N_("Refuse when the record is no longer at this version"), 0 },
};

struct opt_list verb_command_options(const struct command_def *def, struct arena *arena)
{
	const size_t common = *verb_command_target(def) ? 3 : 2;
	struct opt *opts = arena_array(arena, def->args->count * 2 + common, sizeof *opts);
	/* The handler tells a code from a text. */
	const bool coded = field_find(def->args, "reason_code") && field_find(def->args, "reason");
	size_t count = 0;

	for (size_t i = 0; i < def->args->count; i++) {
		const struct field *field = &def->args->fields[i];

		if (coded && !strcmp(field->name, "reason_code"))
			continue;
		if (implied_unless(def, field)) {
			opts[count++] = *implied_unless(def, field);
			continue;
		}
		opts[count].name = option_name(field, arena);
		opts[count].value = coded && !strcmp(field->name, "reason") ?
			"CODE|TEXT" : value_form(field, arena);
		opts[count].help = field->help ? field->help : field->label;
		opts[count].flags = (field->flags & REQ && opts[count].value ? OPT_REQUIRED : 0u) |
			(field->type == FT_LIST ? OPT_MANY : 0u) |
			(field->flags & (SECRET | ATTACH) ? OPT_FILE : 0u);
		count++;
		if (no_option(def, field, arena))
			opts[count++] = (struct opt){ no_option(def, field, arena), NULL,
						      N_("The opposite of the one before"), 0 };
	}
	for (size_t i = 0; i < common; i++)
		opts[count++] = common_opts[i];
	return (struct opt_list){ opts, count };
}

/* One piece of "SOURCE,level=3,issued=2015-06-01". A comma in a value is
 * written twice. */
static char *next_piece(const char **at, struct arena *arena)
{
	struct buf piece = BUF_INIT;
	const char *c = *at;
	char *text;

	if (!*c)
		return NULL;
	for (; *c; c++) {
		if (*c == ',' && c[1] != ',')
			break;
		if (*c == ',')
			c++;
		buf_char(&piece, *c);
	}
	*at = *c ? c + 1 : c;
	text = arena_strdup(arena, buf_cstr(&piece));
	buf_release(&piece);
	return text;
}

static int parse_item(struct cli *cli, const struct field_table *table, const char *text,
		      void **out)
{
	void *item = record_new(&cli->arena, table);
	const char *at = text;
	bool first = true;
	char *piece;

	while ((piece = next_piece(&at, &cli->arena))) {
		char *equals = strchr(piece, '=');
		const struct field *field = NULL;
		int rc;

		if (!equals && first) {
			field = &table->fields[0];
			equals = piece - 1;
		} else if (equals) {
			*equals = '\0';
			field = field_find(table, piece);
		}
		if (!field)
			return error_reason(&cli->err, REASON_FIELD_UNKNOWN, "name", piece, NULL);
		rc = target_value(cli, field, equals + 1, item);
		if (rc)
			return rc;
		first = false;
	}
	*out = item;
	return 0;
}

static int set_list(struct cli *cli, const struct field *field, const char *name, void *record)
{
	struct record_list *list = arena_alloc(&cli->arena, sizeof *list);

	list->table = field->items;
	list->items = arena_array(&cli->arena, cli->args.given_count + 1, sizeof *list->items);
	for (size_t i = 0; i < cli->args.given_count; i++) {
		int rc;

		if (!name_same(cli->args.given[i].opt->name, name))
			continue;
		rc = parse_item(cli, field->items, cli->args.given[i].text,
				&list->items[list->count]);
		if (rc)
			return rc;
		list->count++;
	}
	if (list->count)
		field_set_list(field, record, list);
	return 0;
}

static int set_secret(struct cli *cli, const struct field *field, const char *file, void *record)
{
	char secret[PASSWORD_BYTES];
	int rc = password_read(file, "", secret, &cli->err);

	if (!rc)
		rc = field_parse(field, secret, record, &cli->arena, &cli->err);
	password_forget(secret);
	return rc;
}

static int set_arguments(struct cli *cli, struct command *command)
{
	const struct field_table *table = command->def->args;

	for (size_t i = 0; i < table->count; i++) {
		const struct field *field = &table->fields[i];
		const char *name = option_name(field, &cli->arena);
		const char *text = args_text(&cli->args, name);
		const struct opt *unless = implied_unless(command->def, field);
		const char *no = no_option(command->def, field, &cli->arena);
		int rc = 0;

		if (no && args_has(&cli->args, no))
			field_set_int(field, command->args, 0);
		if (unless)
			field_set_int(field, command->args, !args_has(&cli->args, unless->name));
		if (!args_has(&cli->args, name))
			continue;
		if (field->type == FT_LIST)
			rc = set_list(cli, field, name, command->args);
		else if (field->type == FT_BOOL)
			field_set_int(field, command->args, 1);
		else if (field->flags & SECRET)
			rc = set_secret(cli, field, text, command->args);
		else
			rc = target_value(cli, field, text, command->args);
		if (rc)
			return rc;
	}
	return 0;
}

static int set_target(struct cli *cli, struct command *command)
{
	const char *key = args_text(&cli->args, "key");
	int64_t given;
	int rc;

	if (key) {
		if (strlen(key) != ULID_TEXT - 1)
			return error_reason(&cli->err, REASON_KEY_BAD, NULL);
		memcpy(command->key, key, ULID_TEXT);
	}
	if (!*verb_command_target(command->def))
		return 0;
	rc = args_int(&cli->args, "rev", 1, INT32_MAX, OV_NULL, &given, &cli->err);
	if (!rc)
		rc = target_find(cli, command->def->target == KIND_ACCOUNT ? KIND_STUDENT :
				 command->def->target, cli_word(cli, 0), &command->target,
				 &command->expected_rev);
	if (!rc && given != OV_NULL)
		command->expected_rev = given;
	return rc;
}

void verb_command_print(const struct cli *cli, const struct outcome *outcome)
{
	const struct bundle *records = &outcome->records;
	json_t *lists;

	if (!cli->json) {
		for (size_t i = 0; i < records->count; i++) {
			const struct record_list *list = &records->lists[i];

			if (list->count == 1)
				output_record(list->table, list->items[0], NULL);
			else
				output_table(list, NULL);
		}
		if (!records->count && !cli->quiet)
			puts(_("Done"));
		return;
	}
	lists = json_object();
	for (size_t i = 0; i < records->count; i++)
		json_object_set_new(lists, records->lists[i].table->plural,
				    output_array(&records->lists[i]));
	output_json(json_pack("{s:I, s:I, s:b, s:o}", "id", (json_int_t)outcome->id, "rev",
			      (json_int_t)(outcome->rev == OV_NULL ? 0 : outcome->rev),
			      "repeated", (int)outcome->repeated, "records", lists));
}

int verb_command_execute(struct cli *cli, const struct command_def *def, struct outcome *outcome)
{
	const bool assess = args_has(&cli->args, "dry-run");
	struct command command;
	int rc;

	memset(outcome, 0, sizeof *outcome);
	command_init(&command, def, &cli->arena);
	command.expected_rev = OV_NULL;
	bundle_init(&outcome->records, &cli->arena);
	rc = set_target(cli, &command);
	if (!rc)
		rc = set_arguments(cli, &command);
	if (!rc)
		rc = evidence_attach(cli->store, &command, assess, &cli->arena, &cli->err);
	if (!rc && assess)
		rc = store_assess(cli->store, &command, &cli->arena, outcome, &cli->err);
	else if (!rc)
		rc = store_execute(cli->store, &command, 1, &cli->arena, outcome, NULL,
				   &cli->err);
	cli->problems = outcome->problems;
	if (rc)
		show_conflicts(cli, &outcome->records);
	return rc;
}

int verb_command_run(struct cli *cli)
{
	const struct command_def *def = cli->verb->command;
	struct outcome outcome;
	int rc = verb_command_execute(cli, def, &outcome);

	if (rc)
		return rc;
	if (def->target == KIND_CREDIT_CLAIM && !args_has(&cli->args, "dry-run"))
		return claim_show_card(cli, outcome.id, NULL, &outcome.records);
	verb_command_print(cli, &outcome);
	return 0;
}
