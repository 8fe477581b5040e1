#include "core/store/commands/common_args.h"

const struct field_table no_args_fields = {
	.name = "no_args", .plural = "no_args", .label = "", .size = sizeof(struct no_args),
};

FIELD_TABLE(reason_args, REASON_ARGS, "reason_args", N_("Reason"), false, NULL);
