/* ledger_export.h: the ledger as a file that verifies without Overpass.
 *
 * The columns of DOMAIN.md 9.6, one line an entry from the first to the last,
 * CRLF line ends. Without its last column and the CRLF, and with one LF, a line
 * is the canonical bytes of its entry: docs/ledger-format.md. */
#ifndef OV_STORE_LEDGER_EXPORT_H
#define OV_STORE_LEDGER_EXPORT_H

#include "core/store/store.h"

/* Whoever is logged in needs the permission prove; with nobody logged in the
 * operating system decides (admin.h). The audit trail says that it was taken
 * out. PATH must not exist (FILE_EXISTS) and appears complete or not at all;
 * "-" is standard output. Reports to the store's progress, stops on cancel. */
int store_ledger_export(struct store *store, const char *path, int64_t *written,
			struct error *err);

#endif
