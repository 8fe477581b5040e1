#include "tui/views/views.h"

const struct tui_views overpass_views = {
	.pane = { [PANE_LOOKUP] = &lookup_class, [PANE_COHORTS] = &cohorts_class,
		  [PANE_CLAIMS] = &claims_class },
	.login = &login_class,
};
