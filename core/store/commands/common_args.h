/* common_args.h: arguments that many commands share. */
#ifndef OV_STORE_COMMANDS_COMMON_ARGS_H
#define OV_STORE_COMMANDS_COMMON_ARGS_H

#include "core/model/field.h"

/* Nothing to say. */
struct no_args {
	int64_t unused;
};

/* Why; stored in the audit trail. */
#define REASON_ARGS(F, REC) \
	F(REC, FT_TEXT, reason, .max = 200, .label = N_("Reason"), .width = 30)
struct reason_args { REASON_ARGS(FIELD_MEMBER, reason_args) };

extern const struct field_table no_args_fields, reason_args_fields;

#endif
