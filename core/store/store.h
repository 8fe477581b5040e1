/* store.h: the pluggable storage interface of Overpass.
 *
 * What a screen, a command line or a route may ask, in the words of the
 * domain; no SQL, no row handles, no cursor that holds a lock. A store is
 * opened from a URL:
 *
 *	sqlite:PATH   memory:   postgres://USER@HOST/DB   trace+URL   https://HOST[:PORT]
 *
 * Threads: one thread at a time calls a store (the worker); only
 * store_cancel(), store_link() and store_round_trip() may be called from another
 * one, at any moment.
 *
 * Memory: every answer is written into the arena the caller gives and lives
 * as long as that. Errors: 0 or a negative OV_E… code with ERR filled. What
 * the actor may not see is masked or absent in every answer; another branch's
 * record is OV_ENOTFOUND for someone without the right.
 *
 * A backend fills every slot of struct store_ops; one that lacks a slot is
 * refused when it is opened. */
#ifndef OV_STORE_STORE_H
#define OV_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/civil.h"
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/model/kind.h"

struct store;
struct command; /* command.h */

/* What one question may ask for. */
enum { STORE_LIMIT_MAX = 500, STORE_FILTERS_MAX = 12, STORE_CHANGES_MAX = 1000 };

enum filter_op { FILTER_EQ, FILTER_NE, FILTER_LT, FILTER_LE, FILTER_GT, FILTER_GE };

/* A condition on one field; a field that is not indexed is allowed but slow.
 * Numbers for integer slots (dates, enums, refs …), text for text slots.
 * EQ or NE with a null value ask for null. */
struct filter {
	const char *field;
	enum filter_op op;
	int64_t number;   /* OV_NULL: null */
	const char *text;
};

/* A page of one kind. Order is by an integer-slot field (NULL: by id) and then
 * id; texts are never an order, so that a cursor survives a rename. */
struct query {
	enum kind kind;
	const struct filter *filters;
	size_t filter_count;
	const char *order;
	bool descending;
	int limit;          /* 1…500; 0 stands for 50 */
	const char *cursor; /* from the page before, or NULL */
};

struct page {
	const struct field_table *table;
	size_t count;
	void **records;
	const char *next; /* cursor of the next page, NULL on the last */
};

/* Everything one screen shows of a thing, in one round trip: by id, or by its
 * public number when id is 0. FROM and TO bound the days of a timetable
 * (half-open; OV_NULL: the present week).
 *
 *	STUDENT       student, person, programme, curriculum, cohort, employment,
 *	              shift_pattern, branch; module_credit*; claim_row*;
 *	              certificate*, certificate_type*; session_slot* of the home
 *	              cohort and of courses taken elsewhere; graduation_finding*
 *	CREDIT_CLAIM  credit_claim, claim_row, student, person; claim_line*,
 *	              line_source*, evidence*, claim_explanation* (the one in
 *	              force), transfer_rule*, rule_target* and course* they name,
 *	              claim_step*, claim_option*, module_credit*, cap_room* (until
 *	              it is posted);
 *	              an expert gets neither student nor person nor a name
 *	COHORT        cohort, programme, term; student_hit* (members);
 *	              session_slot*, calendar_day*; conflict*; member_clash* (who
 *	              of the members it is); room*, teacher and
 *	              their person*, course* to choose from
 *	ACCOUNT       by student id or number: student, person; account*,
 *	              statement*, module_credit*
 *	TRANSFER_RULE transfer_rule, rule_source*, rule_target*, course*, programme*
 *	STUDENT_ROUTE by student id or number: student, person, student_route;
 *	              held_source*, module_gap*, graduation_way*, way_step* (by way
 *	              and position), graduation_finding*, module_credit*;
 *	              certificate*, certificate_type*; transfer_rule* and course* of
 *	              what is held
 *	TERM          what a planner works from (core/timetable/term.h): term, room*,
 *	              room_feature*, room_closure*, course_need*, pool*, course_use*,
 *	              course_order*, teacher*, teacher_away*, teacher_certificate*,
 *	              teacher_wish*, shift_pattern*, calendar_day*,
 *	              calendar_version* in force, plan_need*, plan_crew*, plan_tie*,
 *	              session* and session_cohort* of the days (default: the term)
 *	PLAN_DRAFT    plan_draft, term; session_slot* of the days (ids are those of
 *	              plan_session; conflicts counts learners with a clash),
 *	              plan_session* without a place, plan_blocker*, plan_clash* and
 *	              their student*, cohort*, course*
 *	CONFLICT      conflict* of the timetable of the days; KEY is a cohort's code
 *	              or "-" for all
 *	SESSION_SLOT  a week seen from cohort:CODE, room:CODE, teacher:ID or
 *	              student:NUMBER: the subject (with its person's name; of a teacher
 *	              teacher_wish*, too);
 *	              session_slot* (with those of the night before that pass
 *	              midnight), calendar_day*, conflict*
 *	CALENDAR_EVENT  the same keys: calendar_event* of [from, to)
 *	WEEK_LOAD     rooms, teachers or cohorts: week_load*, calendar_day*
 *	PLACE_OFFER   by session id: place_offer* for each half-hour of [from, to),
 *	              and those in another room that are proposed; calendar_day*
 *	ROLL_LINE     by session id: session_slot (and that of the last time);
 *	              roll_line* of everybody expected
 *	WAITING_LINE  of a cohort: cohort; waiting_line* in order
 *	MAKEUP_OFFER  SESSION:NUMBER: where a learner who was absent could come to;
 *	              makeup_offer* of [from, to), default eight weeks
 *
 * and what documents are made of (core/model/print.h), each with a print_head,
 * as the cards of claim, cohort and account have one too:
 *
 *	TRANSCRIPT_ROW student, person, programme, curriculum, cohort,
 *	              transcript_row*, module_credit*
 *	RECEIPT_SEAL  the card of the claim; receipt_seal
 *	NOTICE_ROW    notice_row* of all claims on public notice; no key
 *	ROLL_MARK     the card of the cohort; roll_mark*
 *	STATISTIC     statistic* of [from, to); no key
 *	GRADUATION_ROW, CAP_ROW  of a cohort, or (no key) of all learners in scope
 *	AUDIT_LINE    audit_line* of [from, to); no key
 *
 *	CHAIN_CHECK   of "ledger" or "audit": chain_check, the walk along the chain
 *	              where the database is; with ":SEQ", hash and seal of that row
 *
 * ASSUME, for STUDENT_ROUTE: what if the learner also had these? CODE[,level=N]
 * [,mark=N][,credits=N][,hours=N] of a certificate type, an earlier result or a
 * course of the curriculum, which then counts as passed; several are separated
 * by semicolons. Nothing is written. NULL: as it is. */
struct card_request {
	enum kind kind;
	int64_t id;
	const char *key;
	int64_t from, to;
	const char *assume;
};

/* What a command did, or, for assess, what it would do. */
struct outcome {
	int64_t id;  /* of the record that was made or changed, 0 for none */
	int64_t rev; /* its rev now */
	bool repeated; /* the key was used before: this is the first answer */
	int64_t seq; /* change sequence of the commit, 0 for assess */
	struct bundle records; /* explanations, conflicts, advice, counts, the record */
	struct problems problems; /* filled with OV_EREFUSED: all that is wrong */
};

/* Empty ones. The slots of problems are cleared as they are taken: they are large. */
void outcomes_init(struct outcome *outcomes, size_t count);

/* How it stands with the store, for the status line. */
enum link_state {
	LINK_LOCAL,      /* no line at all */
	LINK_CONNECTING, /* not heard of yet, or being tried again */
	LINK_ONLINE,
	LINK_SLOW,       /* it answers, but a person waits for it */
	LINK_OFFLINE,    /* it can't be reached */
	LINK_REFUSED,    /* it doesn't prove who it is, or doesn't know the session */
	LINK_VERSION     /* it speaks another version */
};

struct store_status {
	enum link_state link;
	const char *where;     /* host or file, for the status line */
	int64_t schema;        /* version of the schema */
	int64_t round_trip_ms; /* of the last call, 0 when local */
	int64_t queued;        /* commands that wait for the server */
	bool demo;             /* a demo world or memory: the clock may be set */
	const char *epoch;     /* changes when a backup is restored */
};

/* Progress of a long call: called on the worker's thread with units done and
 * in all (0: unknown). True asks to stop: the call answers OV_ECANCELLED. */
typedef bool store_progress(void *context, int64_t done, int64_t total);

struct store_options {
	struct ov_clock clock;     /* refused (STORE_CLOCK) unless demo or memory */
	int64_t busy_ms;           /* wait for another writer; 0: 5000 */
	bool create;               /* make the database if it isn't there */
	const char *evidence_dir;  /* postgres: where files of evidence are; NULL: paths.h */
	const char *data_dir;      /* the folder with data/ in it; NULL: core/config/paths.h */
	const char *planner_file;  /* limits of conflicts; NULL: data/planner.ini */
	const char *public_url;    /* where people reach the server, for links; NULL: unknown */
	const char *trace_file;    /* where trace+ writes; NULL: standard error */
	const char *ca_file;       /* https: certificates to trust; NULL: the system's */
	const char *state_dir;     /* https: where the token is kept; NULL: paths.h */
	bool rests;                /* store_rest() is called when nothing is asked for a while */
};

#define STORE_OPTIONS_INIT { .clock = CLOCK_INIT }

struct store_ops {
	const char *name;
	void (*close)(struct store *store);
	/* Who acts from now on. LOGIN NULL logs out. PASSWORD NULL is accepted in
	 * demo and memory databases only. LOGIN_FAILED tells no more than that. */
	int (*login)(struct store *store, const char *login, const char *password,
		     struct error *err);
	/* *record gets the record, with its rev in the head. */
	int (*get)(struct store *store, enum kind kind, int64_t id,
		   struct arena *arena, void **record, struct error *err);
	int (*find)(struct store *store, const struct query *query,
		    struct arena *arena, struct page *page, struct error *err);
	/* Ranked student_hit records. DOMAIN.md and DESIGN.md 6. */
	int (*search)(struct store *store, const char *text, int limit,
		      struct arena *arena, struct page *page, struct error *err);
	int (*card)(struct store *store, const struct card_request *request,
		    struct arena *arena, struct bundle *bundle, struct error *err);
	/* What would the command do? The same code as execute, then rolled back. */
	int (*assess)(struct store *store, const struct command *command,
		      struct arena *arena, struct outcome *outcome, struct error *err);
	/* One command, or an all-or-nothing list; outcomes has one for each. On
	 * failure *failed (may be NULL) says which one was refused. */
	int (*execute)(struct store *store, const struct command *commands,
		       size_t count, struct arena *arena, struct outcome *outcomes,
		       size_t *failed, struct error *err);
	/* change records after the cursor (NULL: from the start), in commit
	 * order; page->next is always set. CURSOR_BAD when of another epoch. */
	int (*changes)(struct store *store, const char *cursor, int limit,
		       struct arena *arena, struct page *page, struct error *err);
	/* Keeps the bytes of a file (1 byte to 20 MiB) for the command that will
	 * say its hash, and hands one out again; core/store/evidence.h. BYTES is
	 * initialised; the caller releases it. */
	int (*evidence_put)(struct store *store, const void *bytes, size_t len,
			    uint8_t sha256[HASH_BYTES], struct error *err);
	int (*evidence_get)(struct store *store, const uint8_t sha256[HASH_BYTES],
			    struct buf *bytes, struct error *err);
	int (*status)(struct store *store, struct arena *arena,
		      struct store_status *status, struct error *err);
	/* Lets go of what was kept to answer the next question sooner. May be NULL. */
	void (*rest)(struct store *store);
	/* Any thread: the call under way answers OV_ECANCELLED soon, or finishes.
	 * Does nothing when no call is under way. */
	void (*cancel)(struct store *store);
};

/* What every backend's struct begins with. */
struct store {
	const struct store_ops *ops;
	struct actor actor; /* who acts; user_id 0 for nobody */
	store_progress *progress;
	void *progress_context;
	_Atomic int link; /* enum link_state; kept by the backend */
	_Atomic int64_t round_trip_ms; /* of the last answer over a line */
};

/* Opens the store of a URL. *out is NULL on failure. */
int store_open(const char *url, const struct store_options *options,
	       struct store **out, struct error *err);
void store_close(struct store *store); /* NULL is fine */

void store_set_progress(struct store *store, store_progress *progress, void *context);

int store_login(struct store *store, const char *login, const char *password, struct error *err);
int store_get(struct store *store, enum kind kind, int64_t id,
	      struct arena *arena, void **record, struct error *err);
int store_find(struct store *store, const struct query *query,
	       struct arena *arena, struct page *page, struct error *err);
int store_search(struct store *store, const char *text, int limit,
		 struct arena *arena, struct page *page, struct error *err);
int store_card(struct store *store, const struct card_request *request,
	       struct arena *arena, struct bundle *bundle, struct error *err);
/* Nothing will be asked for a while: see store_options.rests. */
void store_rest(struct store *store);
/* Is there a card of this kind? The same for every store. */
bool store_has_card(enum kind kind);
int store_assess(struct store *store, const struct command *command,
		 struct arena *arena, struct outcome *outcome, struct error *err);
int store_execute(struct store *store, const struct command *commands, size_t count,
		  struct arena *arena, struct outcome *outcomes, size_t *failed,
		  struct error *err);
int store_changes(struct store *store, const char *cursor, int limit,
		  struct arena *arena, struct page *page, struct error *err);
int store_evidence_put(struct store *store, const void *bytes, size_t len,
		       uint8_t sha256[HASH_BYTES], struct error *err);
int store_evidence_get(struct store *store, const uint8_t sha256[HASH_BYTES],
		       struct buf *bytes, struct error *err);
int store_status(struct store *store, struct arena *arena,
		 struct store_status *status, struct error *err);
void store_cancel(struct store *store);
/* Any thread, at any moment, also while a call is under way: costs nothing. */
enum link_state store_link(const struct store *store);
int64_t store_round_trip(const struct store *store);
/* For backends: as it stands now. */
void store_set_link(struct store *store, enum link_state link);

#endif
