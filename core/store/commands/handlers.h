/* handlers.h: the handlers of all commands, declared from the command table. */
#ifndef OV_STORE_COMMANDS_HANDLERS_H
#define OV_STORE_COMMANDS_HANDLERS_H

#include "core/store/command.h"

#define C(token, name, title, help, args, permission, target, flags, undo) \
	int command_##token(struct tx *tx, const struct command *command, \
			    struct outcome *outcome, struct error *err);
#include "core/store/command_list.h"
#undef C

#endif
