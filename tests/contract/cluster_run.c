/* A PostgreSQL server for a shell test: says the address of an empty database and
 * lives as long as its standard input. Status 77, and why, when there can be none. */
#include <stdio.h>
#include <unistd.h>

#include "tests/contract/cluster.h"

int main(void)
{
	const char *missing = cluster_missing();
	char byte;

	if (missing) {
		printf("%s\n", missing);
		return 77;
	}
	if (cluster_database("world", NULL))
		printf("%s\n", cluster_url("world"));
	fflush(stdout);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	cluster_stop();
	return 0;
}
