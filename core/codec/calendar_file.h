/* calendar_file.h: a notice about the holidays of a year, as an INI file:
 *
 *	[calendar]
 *	year = 2027
 *	version = 2027-1
 *	source = the notice's number
 *	published_on = 2026-11-04
 *	[days]
 *	2027-01-01 = HOLIDAY 元旦
 *	2027-02-06 = SWAPPED_WORKDAY 春节
 */
#ifndef OV_CODEC_CALENDAR_FILE_H
#define OV_CODEC_CALENDAR_FILE_H

#include "core/store/commands/planning_args.h"

/* Fills ARGS, in ARENA. 0, or the error with file and line. */
int calendar_file_read(const char *file, struct calendar_load_args *args, struct arena *arena,
		       struct error *err);

#endif
