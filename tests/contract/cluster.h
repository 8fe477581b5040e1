/* cluster.h: a PostgreSQL server of a test's own, in a folder of its own: no
 * port, nothing that outlives the test. */
#ifndef OV_TESTS_CONTRACT_CLUSTER_H
#define OV_TESTS_CONTRACT_CLUSTER_H

#include <stdbool.h>

/* Why there can be none, NULL when there can: then it runs, until cluster_stop(). */
const char *cluster_missing(void);
void cluster_stop(void);
/* As a machine does that loses its current: no process of it gets to end anything. */
void cluster_kill(void);
bool cluster_start(void); /* after that */

/* postgres://… of a database, in one of a few static rooms. */
const char *cluster_url(const char *database);
/* Statements as the owner of everything; false (and said) when one fails. */
bool cluster_sql(const char *database, const char *sql);
/* A new database: an empty one, or a copy of LIKE. */
bool cluster_database(const char *name, const char *like);

#endif
