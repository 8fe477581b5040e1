#include "core/store/search_group.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 6, KEY_TEXT = FIELDS * 21 };

#define COLUMNS "branch_id, centre_id, programme_id, curriculum_id, cohort_id, year"

static void bind(struct stmt *stmt, int first, const struct search_group *group)
{
	const int64_t values[FIELDS] = {
		group->branch_id, group->centre_id, group->programme_id, group->curriculum_id,
		group->cohort_id, group->year,
	};

	for (int i = 0; i < FIELDS; i++)
		stmt_bind_int(stmt, first + i, values[i]);
}

static int insert(struct db *db, int64_t id, const struct search_group *group, struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(db, "INSERT INTO search_group (id, " COLUMNS ") "
			    "VALUES (?, ?, ?, ?, ?, ?, ?)", &stmt, err);

	if (rc < 0)
		return rc;
	stmt_bind_int(stmt, 1, id > 0 ? id : OV_NULL);
	bind(stmt, 2, group);
	return stmt_run(stmt, err);
}

int search_group_id(struct db *db, const struct search_group *group, int64_t *id,
		    struct error *err)
{
	struct stmt *stmt;
	int rc = db_prepare(db, "SELECT id FROM search_group WHERE branch_id = ? AND centre_id = ? "
			    "AND programme_id = ? AND curriculum_id = ? AND cohort_id = ? "
			    "AND year = ?", &stmt, err);

	if (rc < 0)
		return rc;
	bind(stmt, 1, group);
	rc = stmt_step(stmt, err);
	if (rc > 0)
		*id = stmt_int(stmt, 0);
	if (rc >= 0)
		stmt_reset(stmt);
	if (rc != 0)
		return rc < 0 ? rc : 0;
	rc = insert(db, 0, group, err);
	if (rc == 0)
		*id = db_last_id(db);
	return rc;
}

/* --- all of them --- */

static void key_of(const struct search_group *group, char key[KEY_TEXT])
{
	snprintf(key, KEY_TEXT, "%" PRIx64 " %" PRIx64 " %" PRIx64 " %" PRIx64 " %" PRIx64 " %" PRIx64,
		 (uint64_t)group->cohort_id, (uint64_t)group->branch_id, (uint64_t)group->centre_id,
		 (uint64_t)group->programme_id, (uint64_t)group->curriculum_id,
		 (uint64_t)group->year);
}

int search_groups_load(struct search_groups *groups, struct db *db, struct error *err)
{
	char key[KEY_TEXT];
	struct stmt *stmt;
	int rc;

	*groups = (struct search_groups){ .arena = ARENA_INIT, .ids = TEXT_MAP_INIT,
					  .first_fresh = 1 };
	rc = db_prepare(db, "SELECT " COLUMNS ", id FROM search_group ORDER BY id", &stmt, err);
	if (rc < 0)
		return rc;
	while ((rc = stmt_step(stmt, err)) > 0) {
		struct search_group group = {
			.branch_id = stmt_int(stmt, 0), .centre_id = stmt_int(stmt, 1),
			.programme_id = stmt_int(stmt, 2), .curriculum_id = stmt_int(stmt, 3),
			.cohort_id = stmt_int(stmt, 4), .year = stmt_int(stmt, 5),
		};
		int64_t id = stmt_int(stmt, 6);

		key_of(&group, key);
		text_map_put(&groups->ids, arena_strdup(&groups->arena, key), id);
		groups->first_fresh = id + 1;
	}
	if (rc == 0)
		stmt_reset(stmt);
	return rc;
}

static int64_t fresh_add(struct search_groups *groups, const struct search_group *group,
			 const char *key)
{
	int64_t id = groups->first_fresh + (int64_t)groups->fresh_count;

	if (groups->fresh_count == groups->fresh_room) {
		groups->fresh_room = groups->fresh_room ? groups->fresh_room * 2 : 64;
		groups->fresh = mem_grow(groups->fresh, groups->fresh_room * sizeof *groups->fresh);
	}
	groups->fresh[groups->fresh_count++] = *group;
	text_map_put(&groups->ids, arena_strdup(&groups->arena, key), id);
	return id;
}

int64_t search_groups_id(struct search_groups *groups, const struct search_group *group)
{
	const int64_t *have;
	char key[KEY_TEXT];

	if (groups->last_id && !memcmp(&groups->last, group, sizeof *group))
		return groups->last_id;
	key_of(group, key);
	have = text_map_get(&groups->ids, key);
	groups->last = *group;
	groups->last_id = have ? *have : fresh_add(groups, group, key);
	return groups->last_id;
}

int search_groups_save(struct search_groups *groups, struct db *db, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < groups->fresh_count; i++)
		rc = insert(db, groups->first_fresh + (int64_t)i, &groups->fresh[i], err);
	groups->first_fresh += (int64_t)groups->fresh_count;
	groups->fresh_count = 0;
	return rc;
}

void search_groups_release(struct search_groups *groups)
{
	text_map_release(&groups->ids);
	arena_release(&groups->arena);
	free(groups->fresh);
	*groups = (struct search_groups){ .arena = ARENA_INIT, .ids = TEXT_MAP_INIT };
}
