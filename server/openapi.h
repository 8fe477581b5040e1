/* openapi.h: the OpenAPI 3.1 document, from the tables of routes, kinds,
 * commands and reasons; nothing is described twice. */
#ifndef OV_SERVER_OPENAPI_H
#define OV_SERVER_OPENAPI_H

#include <jansson.h>

#include "core/model/field.h"

/* In the language of the thread; free() it. */
char *openapi_text(void);

/* --- its parts --- */

/* components/schemas: records, arguments, commands, answers. */
json_t *openapi_schemas(void);
json_t *openapi_ref(const char *schema);
/* One field's value, not null. */
json_t *openapi_field(const struct field *field);

#endif
