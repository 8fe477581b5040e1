#include "core/store/commands/claim_args.h"

/* Labels of forms are those of their commands; an item's is shown above it. */
FIELD_TABLE(claim_source, CLAIM_SOURCE_FIELDS, "claim_sources", N_("source"), false, NULL);
FIELD_TABLE(claim_opinion, CLAIM_OPINION_FIELDS, "claim_opinions", N_("opinion"), false, NULL);

#define ARGS_TABLE(REC, LIST) FIELD_TABLE(REC, LIST, #REC, "", false, NULL);
CLAIM_ARGS(ARGS_TABLE)
