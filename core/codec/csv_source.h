/* csv_source.h: the bytes of a CSV file as UTF-8, block by block; csv.c only. */
#ifndef OV_CODEC_CSV_SOURCE_H
#define OV_CODEC_CSV_SOURCE_H

#include <stdio.h>

#include "core/codec/csv.h"

struct csv_source {
	FILE *file;
	char *name;               /* for messages */
	enum csv_encoding encoding; /* UTF8 or GB18030 once it is open */
	void *converter, *utf8;   /* UConverter, for GB18030 */
	void *pivot;              /* UTF-16 between the two */
	char *block;              /* bytes of the file not yet converted */
	size_t block_at, block_len;
	int64_t size, read;
	bool at_end, finished, broken;
};

enum csv_source_result { SOURCE_OK, SOURCE_IO, SOURCE_ENCODING };

int csv_source_open(struct csv_source *source, const char *path,
		    enum csv_encoding encoding, struct error *err);
void csv_source_close(struct csv_source *source);
/* Reads at most ROOM bytes (4,096 or more) of UTF-8 to OUT; *got 0 at the end. */
enum csv_source_result csv_source_read(struct csv_source *source, char *out, size_t room,
				       size_t *got);
/* FILE_ENCODING at a line. */
int csv_source_refuse(const struct csv_source *source, int64_t line, struct error *err);

#endif
