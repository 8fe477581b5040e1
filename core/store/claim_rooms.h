/* claim_rooms.h: the room under each cap, for a claim that isn't posted yet:
 * what DOMAIN.md 5.4 compares, written down so that a person can add it up. */
#ifndef OV_STORE_CLAIM_ROOMS_H
#define OV_STORE_CLAIM_ROOMS_H

#include "core/store/commands/claim_case.h"

/* Adds a cap_room for the programme, and for each class, module and OA rule
 * the claim touches, with the claim calculated as it stands; nothing for a
 * claim that is posted or closed. Before its verification the sources count
 * as verified: what the claim asks for. */
int claim_rooms_add(struct tx *tx, const struct claim_case *cc, struct bundle *bundle,
		    struct error *err);

#endif
