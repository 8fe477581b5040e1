/* demo_names.h: weighted name parts for demo worlds. Internal to demo_*.c. */
#ifndef OV_STORE_DEMO_NAMES_H
#define OV_STORE_DEMO_NAMES_H

#include <stddef.h>

struct demo_name {
	const char *text;
	int weight; /* relative; any positive number */
};

extern const struct demo_name demo_surnames[], demo_given_male[], demo_given_female[];
extern const size_t demo_surnames_count, demo_given_male_count, demo_given_female_count;

#endif
