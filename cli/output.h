/* output.h: data on standard output, as tables for people or as JSON, and
 * errors on standard error. JSON is one document; its shapes are in
 * docs/json.md. */
#ifndef OV_CLI_OUTPUT_H
#define OV_CLI_OUTPUT_H

#include <jansson.h>

#include "cli/cli.h"
#include "core/model/kind.h"

/* One record as a JSON object: DOMAIN.md's names, nulls explicit. */
json_t *output_object(const struct field_table *table, const void *record);
/* The same of the first record of a bundle; JSON null when there is none. */
json_t *output_first(const struct bundle *bundle, const struct field_table *table);
json_t *output_text(const char *text); /* bytes that are not UTF-8 are replaced */
json_t *output_centi(int64_t centi); /* an integer or null */
json_t *output_array(const struct record_list *list);

/* Parts of a card: credits by module, their sum apart (its code is empty), and
 * certificates with the code and name of their type; the last for people. */
json_t *output_modules(const struct bundle *card, json_t **totals);
json_t *output_certificates(const struct bundle *card);
void output_certificate_table(struct cli *cli, const struct bundle *card);

/* Prints the document and gives it up. */
void output_json(json_t *root);

/* A list: {"items":[…],"next":…}, or a table of the fields that have a width.
 * COLUMNS (names, ended by NULL) chooses them; NULL: all with a width. */
void output_list(const struct cli *cli, const struct record_list *list,
		 const char *const *columns, const char *next);
/* The end of a list of one's own: prints ITEMS, which is given up, or tells a person that
 * there is nothing or more. */
void output_page(const struct cli *cli, json_t *items, size_t count, const char *next);

/* For people only: a table without surroundings, a record as "label  value"
 * lines, a heading above either. Nothing is printed for an empty list. */
void output_table(const struct record_list *list, const char *const *columns);
void output_record(const struct field_table *table, const void *record,
		   const char *const *fields);
void output_heading(const char *text);

/* "overpass: message" with place and next step, or the JSON of CLI.md. */
void output_error(const struct cli *cli);

#endif
