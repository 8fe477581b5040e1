#include "core/store/ledger_pages.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/reason.h"

enum { REPORT_EVERY = 4096 };

/* --- the claims of lines --- */

static int lines_more(struct ledger_pages *pages, struct error *err)
{
	struct query query = { .kind = KIND_CLAIM_LINE, .limit = STORE_LIMIT_MAX,
			       .cursor = pages->line_cursor };
	struct arena arena = ARENA_INIT;
	struct page page;
	int rc = store_find(pages->store, &query, &arena, &page, err);

	for (size_t i = 0; rc == 0 && i < page.count; i++) {
		const struct claim_line *line = page.records[i];

		if (pages->line_count == pages->line_room) {
			pages->line_room = pages->line_room ? pages->line_room * 2 : 1024;
			pages->lines = mem_grow(pages->lines, pages->line_room * sizeof *pages->lines);
		}
		/* Out of order: it would not be found, and its entry's hash says so. */
		if (pages->line_count && line->id <= pages->lines[pages->line_count - 1].line)
			page.next = NULL;
		pages->lines[pages->line_count++] = (struct line_claim){ line->id, line->claim_id };
	}
	if (rc == 0) {
		free(pages->line_cursor);
		pages->line_cursor = page.next ? mem_strdup(page.next) : NULL;
		pages->lines_ended = !page.next || !page.count;
	}
	arena_release(&arena);
	return rc;
}

static int line_compare(const void *key, const void *item)
{
	const int64_t line = *(const int64_t *)key, other = ((const struct line_claim *)item)->line;

	return line < other ? -1 : line > other;
}

static int claim_of(struct ledger_pages *pages, int64_t line, int64_t *claim, struct error *err)
{
	const struct line_claim *found;

	*claim = OV_NULL;
	if (line == OV_NULL)
		return 0;
	while (!pages->lines_ended &&
	       (!pages->line_count || pages->lines[pages->line_count - 1].line < line))
		if (lines_more(pages, err) < 0)
			return err->code;
	found = pages->line_count ? bsearch(&line, pages->lines, pages->line_count,
					    sizeof *pages->lines, line_compare) : NULL;
	if (found)
		*claim = found->claim;
	return 0;
}

/* --- entries --- */

static int page_next(struct ledger_pages *pages, struct error *err)
{
	struct query query = { .kind = KIND_LEDGER_ENTRY, .limit = STORE_LIMIT_MAX };
	char *cursor = pages->page.next ? mem_strdup(pages->page.next) : NULL;
	int rc;

	arena_release(&pages->arena);
	query.cursor = cursor;
	rc = store_find(pages->store, &query, &pages->arena, &pages->page, err);
	free(cursor);
	if (rc < 0) {
		pages->page = (struct page){ .count = 0 };
		return rc;
	}
	pages->begun = true;
	pages->at = 0;
	return 0;
}

int ledger_pages_next(struct ledger_pages *pages, const struct ledger_entry **entry,
		      int64_t *claim, struct error *err)
{
	struct store *store = pages->store;

	if (!pages->begun && store->actor.branch_id != OV_NULL && !store->actor.system)
		return error_reason(err, REASON_LEDGER_PART, NULL);
	if (pages->at == pages->page.count) {
		if (pages->begun && !pages->page.next)
			return 0;
		if (page_next(pages, err) < 0)
			return err->code;
		if (!pages->page.count)
			return 0;
	}
	*entry = pages->page.records[pages->at++];
	if (++pages->read % REPORT_EVERY == 0 && store->progress &&
	    store->progress(store->progress_context, pages->read, 0))
		return error_reason(err, REASON_CANCELLED, NULL);
	return claim_of(pages, (*entry)->claim_line, claim, err) < 0 ? err->code : 1;
}

void ledger_pages_release(struct ledger_pages *pages)
{
	arena_release(&pages->arena);
	free(pages->lines);
	free(pages->line_cursor);
	*pages = (struct ledger_pages)LEDGER_PAGES_INIT;
}
