/* local.h: the local store: rules, records and the database in one process.
 * Internal to core/store, to the server and to tests. */
#ifndef OV_STORE_LOCAL_H
#define OV_STORE_LOCAL_H

#include <pthread.h>
#include <stdatomic.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/config/planner.h"
#include "core/db/db.h"
#include "core/store/search.h"
#include "core/store/store.h"

/* SQL texts of one stored kind, made from its field table at the first use. */
struct kind_sql {
	const char *columns; /* t."id", t."rev", … in the order of local_row() */
	const char *get;     /* the row of one id */
	const char *insert;  /* all columns; id null: the next one */
	const char *update;  /* all but created_*; for one id and rev */
};

struct local {
	struct store store; /* first */
	struct db *db;
	struct ov_clock clock;
	char *file;     /* path, "memory:", or a server's URL without the password */
	char *where;    /* with it */
	const char *evidence; /* its folder; NULL: in memory, and none was made yet */
	bool memory;
	bool demo;      /* a demo world, or in memory */
	bool unfinished; /* store_create() made it; store_close() finishes it */
	bool pinned;    /* the actor was given by local_act_as() */
	char epoch[ULID_TEXT];
	uint8_t secret[HASH_BYTES]; /* key of the keyed hashes */
	int64_t schema;
	pthread_mutex_t lock; /* of in_call */
	bool in_call;
	atomic_bool cancelled; /* the call under way: for work that asks no database */
	struct search_recent recent; /* learners whose cards were opened here */
	const char *public_url;   /* NULL: unknown */
	const char *planner_file; /* NULL: the program's own */
	struct planner_options planner;
	bool planner_read;
	struct search_names *names;  /* that search lines have numbers for */
	struct arena texts; /* of sql */
	struct kind_sql sql[KIND_STORED_END];
};

/* PATH NULL: in memory; or the URL of a PostgreSQL database. */
int local_open(const char *path, const struct store_options *options,
	       struct store **out, struct error *err);
/* The local store behind a store (trace+ is looked through), or NULL. */
struct local *local_of(struct store *store);

/* Who acts from now on, without a password: for the server, which asked for
 * one itself, for the program's own work and for tests. */
void local_act_as(struct store *store, const struct actor *actor);
extern const struct actor system_actor;
/* Reads user, state and roles of a login or (login NULL) of actor->user_id
 * into *actor. *state and *secret may be NULL. OV_ENOTFOUND when there is none. */
int local_actor(struct local *local, const char *login, struct actor *actor,
		int64_t *state, const char **secret, struct arena *arena, struct error *err);

/* The limits of conflicts, read from their file when they are first asked for. */
int local_planner(struct local *local, const struct planner_options **out, struct error *err);

int64_t local_now(const struct local *local);
int64_t local_today(const struct local *local);

/* Every slot stands between these two: a cancel strikes only in between. */
void local_enter(struct local *local);
/* The same for a search, which goes on with the state of the one before. */
void local_enter_search(struct local *local);
void local_leave(struct local *local);

/* LOGIN_NEEDED, or PERM_DENIED when the actor has no grant. */
int local_may(const struct actor *actor, enum permission permission, struct error *err);
/* The same for reading records of a kind. */
int local_may_read(const struct local *local, enum kind kind, struct error *err);

/* Values kept in the table meta; *value is NULL when there is none. */
int local_meta(struct local *local, const char *key, struct arena *arena,
	       const char **value, struct error *err);
int local_meta_set(struct local *local, const char *key, const char *value,
		   struct error *err);

/* --- rows (local_row.c) --- */

const struct kind_sql *local_sql(struct local *local, enum kind kind);
/* The record that begins at COLUMN of the present row. */
void *local_row(const struct field_table *table, struct stmt *stmt, int column,
		struct arena *arena);
/* Binds a field's value; texts made for it live in ARENA. */
void local_bind(struct stmt *stmt, int index, const struct field *field,
		const void *record, struct arena *arena);
/* A field by name, of the head too (id, rev, created_at, created_by). */
const struct field *local_field(const struct field_table *table, const char *name);

/* Reads a record without asking who acts. *record is NULL when not there. */
int local_load(struct local *local, enum kind kind, int64_t id, struct arena *arena,
	       void **record, struct error *err);
/* NOT_FOUND, saying kind and id or key. */
int local_not_found(enum kind kind, int64_t id, const char *key, struct error *err);

/* --- conditions (local_where.c) --- */

enum { WHERE_MAX = 24 };

/* A WHERE clause in the making: its text and what will be bound. */
struct where {
	struct buf sql; /* "" or " WHERE …" */
	struct {
		bool is_text;
		int64_t number;
		const char *text;
	} values[WHERE_MAX];
	size_t count;
	struct arena *arena;
};

void where_init(struct where *where, struct arena *arena);
void where_release(struct where *where);
/* Adds "AND text" with its values: 'i' int64_t, 't' const char *. */
void where_add(struct where *where, const char *text, const char *types, ...);
/* FIELD_UNKNOWN for a name that is not there or never leaves the store. */
int where_filters(struct where *where, const struct field_table *table,
		  const struct filter *filters, size_t count, struct error *err);
/* Only the records of the actor's branch or centre; the alias is t. */
void where_scope(struct where *where, enum kind kind, const struct actor *actor);
int where_bind(const struct where *where, struct stmt *stmt, int index);

/* Is this record in the actor's scope? */
int local_in_scope(struct local *local, enum kind kind, int64_t id, bool *inside,
		   struct arena *arena, struct error *err);

/* --- slots (local_read.c, execute.c, card.c) --- */

int local_get(struct store *store, enum kind kind, int64_t id,
	      struct arena *arena, void **record, struct error *err);
int local_find(struct store *store, const struct query *query,
	       struct arena *arena, struct page *page, struct error *err);
int local_search(struct store *store, const char *text, int limit,
		 struct arena *arena, struct page *page, struct error *err);
int local_card(struct store *store, const struct card_request *request,
	       struct arena *arena, struct bundle *bundle, struct error *err);
int local_assess(struct store *store, const struct command *command,
		 struct arena *arena, struct outcome *outcome, struct error *err);
int local_execute(struct store *store, const struct command *commands, size_t count,
		  struct arena *arena, struct outcome *outcomes, size_t *failed,
		  struct error *err);
int local_changes(struct store *store, const char *cursor, int limit,
		  struct arena *arena, struct page *page, struct error *err);

/* Cursors of pages: opaque to callers, bound to epoch and query. */
struct cursor {
	int64_t value; /* of the order field, OV_NULL when it is null */
	int64_t id;
};
uint64_t cursor_query_mark(const struct query *query);
const char *cursor_write(const struct local *local, uint64_t mark, struct cursor at,
			 struct arena *arena);
/* CURSOR_BAD when it is not of this database and query. */
int cursor_read(const struct local *local, uint64_t mark, const char *text,
		struct cursor *at, struct error *err);

#endif
