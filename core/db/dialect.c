#include "core/db/dialect.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>


enum piece { PIECE_END, PIECE_SPACE, PIECE_WORD, PIECE_QUOTED, PIECE_MARK, PIECE_SIGN };

struct token {
	enum piece piece;
	const char *text;
	size_t len;
};

static bool word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* Blanks and comments. */
static size_t space_len(const char *text)
{
	size_t len = 0;

	for (;;)
		if (isspace((unsigned char)text[len]))
			len++;
		else if (text[len] == '-' && text[len + 1] == '-')
			len += strcspn(text + len, "\n");
		else
			return len;
}

static size_t quoted_len(const char *text)
{
	size_t len = 1;

	for (; text[len]; len++)
		if (text[len] == text[0] && text[++len] != text[0])
			break;
	return len;
}

static struct token token_at(const char *text)
{
	struct token token = { PIECE_SIGN, text, 1 };

	if (!*text)
		return (struct token){ PIECE_END, text, 0 };
	token.len = space_len(text);
	if (token.len) {
		token.piece = PIECE_SPACE;
		return token;
	}
	token.len = 1;
	if (*text == '\'' || *text == '"') {
		token.piece = PIECE_QUOTED;
		token.len = quoted_len(text);
	} else if (*text == '?') {
		token.piece = PIECE_MARK;
		while (isdigit((unsigned char)text[token.len]))
			token.len++;
	} else if (word_char(*text)) {
		token.piece = PIECE_WORD;
		while (word_char(text[token.len]))
			token.len++;
	}
	return token;
}

static struct token token_after(struct token token)
{
	return token_at(token.text + token.len);
}

/* The next one that is no blank. */
static struct token token_solid(struct token token)
{
	do
		token = token_after(token);
	while (token.piece == PIECE_SPACE);
	return token;
}

static bool is(struct token token, const char *text)
{
	return strlen(text) == token.len && !memcmp(token.text, text, token.len);
}

/* From the "(" that comes next to behind its ")". */
static struct token skip_parens(struct token token)
{
	int depth = 0;

	do {
		token = token_solid(token);
		depth += is(token, "(");
		depth -= is(token, ")");
	} while (token.piece != PIECE_END && depth > 0);
	return token;
}

/* --- words --- */

static const struct word {
	const char *ours, *theirs;
} words[] = {
	{ "INTEGER", "bigint" },
	{ "BLOB", "bytea" },
	{ "CROSS", "" }, /* SQLite's way to say in which order tables are looked at */
	{ "group_concat", "string_agg" },
};

/* Writes TOKEN in the other dialect; returns the last token it stands for. */
static struct token word_put(struct token token, struct buf *out)
{
	struct token next = token_after(token);

	if (is(token, "x") && next.piece == PIECE_QUOTED && *next.text == '\'') {
		buf_text(out, "'\\x");
		buf_add(out, next.text + 1, next.len - 1);
		buf_text(out, "::bytea");
		return next;
	}
	if (is(token, "strftime")) { /* ('%s', 'now') is all that we ask of it */
		buf_text(out, "extract(epoch FROM now())");
		return skip_parens(token);
	}
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (is(token, words[i].ours)) {
			buf_text(out, words[i].theirs);
			return token;
		}
	buf_add(out, token.text, token.len);
	return token;
}

int dialect_statement(const char *sql, struct buf *out)
{
	struct token token = token_at(sql);
	int count = 0, number;

	for (; token.piece != PIECE_END; token = token_after(token))
		if (token.piece == PIECE_MARK) {
			number = token.len > 1 ? (int)strtol(token.text + 1, NULL, 10) : count + 1;
			count = number > count ? number : count;
			buf_printf(out, "$%d%s", number, is(token_solid(token), "IS") ? "::bigint" : "");
		} else if (token.piece == PIECE_WORD) {
			token = word_put(token, out);
		} else {
			buf_add(out, token.text, token.len);
		}
	return count;
}

bool dialect_takes(const char *sql, int number)
{
	char *end;

	for (const char *at = sql; (at = strchr(at, '$')) != NULL; at++)
		if (isdigit((unsigned char)at[1]) && strtol(at + 1, &end, 10) == number)
			return true;
	return false;
}

bool dialect_insert_table(const char *sql, char *table, size_t size)
{
	struct token token = token_at(sql);

	if (token.piece == PIECE_SPACE)
		token = token_after(token);
	if (!is(token, "INSERT"))
		return false;
	token = token_solid(token_solid(token)); /* INTO */
	if (token.len >= size)
		return false;
	memcpy(table, token.text, token.len);
	table[token.len] = '\0';
	return true;
}

static struct token first_word(const char *sql)
{
	struct token token = token_at(sql);

	return token.piece == PIECE_SPACE ? token_after(token) : token;
}

bool dialect_reads(const char *sql)
{
	return is(first_word(sql), "SELECT");
}

bool dialect_writes(const char *sql)
{
	struct token token = first_word(sql);

	return is(token, "INSERT") || is(token, "UPDATE") || is(token, "DELETE");
}

/* --- migrations --- */

struct schema {
	struct buf *out, references; /* the latter comes last */
	char table[64], column[64];  /* that are being made */
	int depth;
	bool making; /* within CREATE TABLE */
	char number[64]; /* its column that counts, "" for none */
};

static void name_copy(char name[64], struct token token)
{
	size_t len = token.len < 63 ? token.len : 63;

	memcpy(name, token.text, len);
	name[len] = '\0';
}

/* REFERENCES table (column) */
static struct token reference(struct schema *s, struct token token)
{
	static const char later[] = " DEFERRABLE INITIALLY IMMEDIATE";
	struct token end = skip_parens(token_solid(token));

	if (s->making) {
		buf_printf(&s->references, "ALTER TABLE %s ADD FOREIGN KEY (%s) %.*s%s;\n", s->table,
			   s->column, (int)(end.text + end.len - token.text), token.text, later);
	} else {
		buf_add(s->out, token.text, (size_t)(end.text + end.len - token.text));
		buf_text(s->out, later);
	}
	return end;
}

/* Of a table just made. */
static void number_trigger(struct schema *s)
{
	if (*s->number)
		buf_printf(s->out, ";\nCREATE TRIGGER assign_number BEFORE INSERT ON %s FOR EACH ROW "
			   "WHEN (NEW.%s IS NULL) EXECUTE FUNCTION overpass_next_number('%s')",
			   s->table, s->number, s->number);
	*s->number = '\0';
}

static struct token schema_word(struct schema *s, struct token token)
{
	struct token next = token_solid(token);

	if (is(token, "CREATE") && is(next, "TABLE")) {
		name_copy(s->table, token_solid(next));
		s->making = true;
	}
	if (is(token, "REFERENCES"))
		return reference(s, token);
	if (is(token, "STRICT"))
		return is(next, ",") ? next : token;
	if (is(token, "WITHOUT")) /* ROWID */
		return next;
	if (is(token, "TEXT")) {
		buf_text(s->out, "text COLLATE \"C\"");
		return token;
	}
	if (is(token, "INTEGER") && s->making && is(next, "PRIMARY"))
		memcpy(s->number, s->column, sizeof s->number);
	return word_put(token, s->out);
}

static void schema_sign(struct schema *s, struct token token)
{
	struct token next = token_solid(token);

	s->depth += *token.text == '(';
	s->depth -= *token.text == ')';
	if (s->making && s->depth == 1 && (*token.text == '(' || *token.text == ','))
		name_copy(s->column, next);
	if (*token.text == ';') {
		number_trigger(s);
		s->making = false;
	}
	buf_char(s->out, *token.text);
}

void dialect_schema(const char *sql, struct buf *out)
{
	struct schema s = { .out = out, .references = BUF_INIT };
	struct token token = token_at(sql);

	for (; token.piece != PIECE_END; token = token_after(token))
		if (token.piece == PIECE_WORD)
			token = schema_word(&s, token);
		else if (token.piece == PIECE_SIGN)
			schema_sign(&s, token);
		else
			buf_add(out, token.text, token.len);
	buf_text(out, buf_cstr(&s.references));
	buf_release(&s.references);
}
