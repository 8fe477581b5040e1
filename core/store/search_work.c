#include "core/store/search_work.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/kind.h"

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static bool none(const char *plant, const char *workshop, const char *post)
{
	return !*or_empty(plant) && !*or_empty(workshop) && !*or_empty(post);
}

static int insert(struct db *db, int64_t id, const char *plant, const char *workshop,
		  const char *post, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(db, "INSERT INTO search_work (id, plant, workshop, post) "
			    "VALUES (?, ?, ?, ?)", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, id > 0 ? id : OV_NULL);
	stmt_bind_text(stmt, 2, or_empty(plant));
	stmt_bind_text(stmt, 3, or_empty(workshop));
	stmt_bind_text(stmt, 4, or_empty(post));
	return stmt_run(stmt, err);
}

int search_work_id(struct db *db, const char *plant, const char *workshop, const char *post,
		   int64_t *id, struct error *err)
{
	struct stmt *stmt;
	int rc;

	*id = 0;
	if (none(plant, workshop, post))
		return 0;
	rc = db_prepare(db, "SELECT id FROM search_work WHERE plant = ? AND workshop = ? "
			"AND post = ?", &stmt, err);
	if (rc < 0)
		return rc;
	stmt_bind_text(stmt, 1, or_empty(plant));
	stmt_bind_text(stmt, 2, or_empty(workshop));
	stmt_bind_text(stmt, 3, or_empty(post));
	rc = stmt_step(stmt, err);
	if (rc > 0)
		*id = stmt_int(stmt, 0);
	if (rc >= 0)
		stmt_reset(stmt);
	if (rc != 0)
		return rc < 0 ? rc : 0;
	rc = insert(db, 0, plant, workshop, post, err);
	if (rc == 0)
		*id = db_last_id(db);
	return rc;
}

/* --- all of them --- */

static const char *key_of(struct arena *arena, const char *plant, const char *workshop,
			  const char *post)
{
	return arena_printf(arena, "%s\x1f%s\x1f%s", or_empty(plant), or_empty(workshop),
			    or_empty(post));
}

int search_works_load(struct search_works *works, struct db *db, struct error *err)
{
	struct stmt *stmt;
	int rc;

	*works = (struct search_works){ .arena = ARENA_INIT, .ids = TEXT_MAP_INIT,
					.first_fresh = 1 };
	rc = db_prepare(db, "SELECT id, plant, workshop, post FROM search_work ORDER BY id",
			&stmt, err);
	if (rc < 0)
		return rc;
	while ((rc = stmt_step(stmt, err)) > 0) {
		int64_t id = stmt_int(stmt, 0);

		text_map_put(&works->ids, key_of(&works->arena, stmt_text(stmt, 1),
						 stmt_text(stmt, 2), stmt_text(stmt, 3)), id);
		works->first_fresh = id + 1;
	}
	if (rc == 0)
		stmt_reset(stmt);
	return rc;
}

int64_t search_works_id(struct search_works *works, const char *plant, const char *workshop,
			const char *post)
{
	struct arena scratch = ARENA_INIT;
	const int64_t *have;
	int64_t id = 0;

	if (none(plant, workshop, post))
		return 0;
	have = text_map_get(&works->ids, key_of(&scratch, plant, workshop, post));
	if (have) {
		id = *have;
	} else {
		if (works->fresh_count == works->fresh_room) {
			works->fresh_room = works->fresh_room ? works->fresh_room * 2 : 64;
			works->fresh = mem_grow(works->fresh, works->fresh_room * sizeof *works->fresh);
		}
		id = works->first_fresh + (int64_t)works->fresh_count;
		works->fresh[works->fresh_count++] = (struct search_work){
			arena_strdup(&works->arena, or_empty(plant)),
			arena_strdup(&works->arena, or_empty(workshop)),
			arena_strdup(&works->arena, or_empty(post)) };
		text_map_put(&works->ids, key_of(&works->arena, plant, workshop, post), id);
	}
	arena_release(&scratch);
	return id;
}

int search_works_save(struct search_works *works, struct db *db, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < works->fresh_count; i++)
		rc = insert(db, works->first_fresh + (int64_t)i, works->fresh[i].plant,
			    works->fresh[i].workshop, works->fresh[i].post, err);
	works->first_fresh += (int64_t)works->fresh_count;
	works->fresh_count = 0;
	return rc;
}

void search_works_release(struct search_works *works)
{
	text_map_release(&works->ids);
	arena_release(&works->arena);
	free(works->fresh);
	*works = (struct search_works){ .arena = ARENA_INIT, .ids = TEXT_MAP_INIT };
}
