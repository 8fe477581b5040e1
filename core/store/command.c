#include "core/store/command.h"

#include <string.h>

#include "core/base/hash.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"
#include "core/store/commands/calendar_args.h"
#include "core/store/commands/claim_args.h"
#include "core/store/commands/cohort_args.h"
#include "core/store/commands/common_args.h"
#include "core/store/commands/equipment_args.h"
#include "core/store/commands/wish_args.h"
#include "core/store/commands/feed_args.h"
#include "core/store/commands/import_args.h"
#include "core/store/commands/rows_args.h"
#include "core/store/commands/handlers.h"
#include "core/store/commands/person_args.h"
#include "core/store/commands/planning_args.h"
#include "core/store/commands/staff_args.h"

static const struct command_def commands[] = {
#define C(token, text, headline, sentence, arguments, perm, kind, bits, inverse) \
	{ .name = text, .title = headline, .help = sentence, .args = &arguments##_fields, \
	  .permission = PERM_##perm, .target = KIND_##kind, .flags = bits, .undo = inverse, \
	  .run = command_##token },
#include "core/store/command_list.h"
#undef C
};

enum { COUNT = sizeof commands / sizeof commands[0] };

const struct command_def *command_find(const char *name)
{
	for (size_t i = 0; i < COUNT; i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	return NULL;
}

size_t command_count(void)
{
	return COUNT;
}

const struct command_def *command_at(size_t index)
{
	return &commands[index];
}

void command_init(struct command *command, const struct command_def *def,
		  struct arena *arena)
{
	*command = (struct command){ .def = def, .expected_rev = OV_NULL,
				     .args = record_new(arena, def->args) };
	ulid_new(command->key);
}

int command_set(struct command *command, const char *name, const char *text,
		struct arena *arena, struct error *err)
{
	const struct field *field = field_find(command->def->args, name);

	if (!field || field->type == FT_LIST)
		return error_reason(err, REASON_FIELD_UNKNOWN, "name", name, "field", name, NULL);
	return field_parse(field, text, command->args, arena, err);
}
