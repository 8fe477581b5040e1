#include "core/store/local.h"
#include "core/model/reason.h"

int local_card(struct store *store, const struct card_request *request,
	       struct arena *arena, struct bundle *bundle, struct error *err)
{
	struct local *local = (struct local *)store;
	int rc = local_may_read(local, request->kind, err);

	bundle_init(bundle, arena);
	if (rc < 0)
		return rc;
	return error_reason(err, REASON_KIND_UNKNOWN, "name",
			    kind_fields(request->kind)->name, NULL);
}
