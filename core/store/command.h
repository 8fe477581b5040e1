/* command.h: everything that can be done, as one table.
 *
 * A row of command_list.h is the definition: name, words for people, argument
 * fields, permission, target kind, handler. The CLI's verbs, the forms, the
 * palette, the help, the HTTP routes and the audit trail's actions come from
 * it. To add one: docs/add-a-command.md. */
#ifndef OV_STORE_COMMAND_H
#define OV_STORE_COMMAND_H

#include "core/model/kind.h"
#include "core/store/store.h"

struct tx; /* tx.h */

enum command_flag {
	CMD_NEW = 1 << 0,      /* makes a record: no target id, no expected rev */
	CMD_REASON = 1 << 1,   /* the argument "reason" is asked for, 4 characters or more */
	CMD_READ = 1 << 2,     /* changes nothing but the trail (reveal) */
	CMD_BULK = 1 << 3,     /* may take long: shows progress. Its list argument is not
				* part of the request's hash: the argument sha256 stands for it */
	CMD_CENTRAL = 1 << 4,  /* needs the whole picture: never decided offline */
	CMD_SYSTEM = 1 << 5,   /* by the program itself only; not offered to people */
	CMD_NO_FORM = 1 << 6,  /* not offered in the palette */
	CMD_ASK_REASON = 1 << 7, /* a form asks for the reason; the rules refuse without */
	CMD_OWN_REV = 1 << 8   /* the handler compares the rev, after a permission that
				* depends on the record's state */
};

struct command_def {
	const char *name;   /* "claim.pass_first"; also the audit action */
	const char *title;  /* untranslated: "Pass first review" */
	const char *help;   /* untranslated: one sentence */
	const struct field_table *args;
	enum permission permission;
	enum kind target;   /* KIND_NONE: acts on nothing */
	unsigned flags;
	const char *undo;   /* name of the command that undoes it, or NULL */
	/* Rules and writes, inside the transaction; ARGS is a struct of def->args.
	 * Fills OUTCOME->id and the bundle. Returns 0 or the error. */
	int (*run)(struct tx *tx, const struct command *command, struct outcome *outcome,
		   struct error *err);
};

/* A call of a command. The key is made when the form opens and kept for every
 * retry; the same key gives the first answer again. */
struct command {
	const struct command_def *def;
	char key[ULID_TEXT];
	int64_t target;       /* id of the target, 0 with CMD_NEW */
	int64_t expected_rev; /* OV_NULL: not given (allowed on the command line only) */
	void *args;           /* struct of def->args, in the caller's arena */
	const void *hash;     /* NULL, or what command_hash() (execute.h) made of it beforehand */
};

const struct command_def *command_find(const char *name); /* NULL when unknown */
size_t command_count(void);
const struct command_def *command_at(size_t index);

/* A call with a new key and empty arguments. */
void command_init(struct command *command, const struct command_def *def,
		  struct arena *arena);
/* An argument by name, from text (field_parse). FIELD_UNKNOWN when not there. */
int command_set(struct command *command, const char *name, const char *text,
		struct arena *arena, struct error *err);

#endif
