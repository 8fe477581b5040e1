/* driver.c: runs a fuzz target over its seeds and mutations of them. */
#include "core/base/hash.h"
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <string.h>

enum { SEEDS_MAX = 64, SEED_BYTES = 8192, ROUNDS = 1000 };

struct seed {
	uint8_t bytes[SEED_BYTES];
	size_t len;
};

static struct seed seeds[SEEDS_MAX];
static size_t seed_count;

static void seed_read(const char *folder, const char *name)
{
	char path[1300];
	FILE *file;

	if (*name == '.' || seed_count == SEEDS_MAX)
		return;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "rb");
	if (!file)
		return;
	seeds[seed_count].len = fread(seeds[seed_count].bytes, 1, SEED_BYTES, file);
	fclose(file);
	seed_count++;
}

static void folder_read(const char *folder)
{
	struct dirent **names;
	int count = scandir(folder, &names, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		seed_read(folder, names[i]->d_name);
		free(names[i]);
	}
	if (count >= 0)
		free(names);
}

/* Changes, drops, doubles or splices some bytes. */
static size_t mutate(struct rng *rng, const struct seed *seed, uint8_t *out)
{
	size_t len = seed->len;

	memcpy(out, seed->bytes, len);
	for (uint64_t n = 1 + rng_below(rng, 6); n > 0; n--) {
		size_t at = len ? (size_t)rng_below(rng, len) : 0;
		size_t piece = len - at ? (size_t)rng_below(rng, len - at) % 16 : 0;
		const struct seed *other = &seeds[rng_below(rng, seed_count)];

		switch (rng_below(rng, 5)) {
		case 0:
			if (len)
				out[at] = (uint8_t)rng_next(rng);
			break;
		case 1:
			memmove(out + at, out + at + piece, len - at - piece);
			len -= piece;
			break;
		case 2:
			if (len + piece > SEED_BYTES)
				break;
			memmove(out + at + piece, out + at, len - at);
			len += piece;
			break;
		case 3:
			if (other->len && at < other->len && at < len)
				out[at] = other->bytes[at];
			break;
		default:
			len = at;
			break;
		}
	}
	return len;
}

int main(int argc, char **argv)
{
	static uint8_t bytes[SEED_BYTES];
	const char *src = getenv("OV_SRCDIR");
	const char *name = strrchr(argv[0], '/');
	char folder[1024];
	struct rng rng;
	size_t runs = 0;

	name = strstr(name ? name : argv[0], "fuzz_");
	snprintf(folder, sizeof folder, "%s/tests/fuzz/seeds/%s", src ? src : ".",
		 name ? name + strlen("fuzz_") : "");
	folder_read(argc > 1 ? argv[1] : folder);
	if (!seed_count) {
		printf("1..1\nnot ok 1 - no seeds in %s\n", folder);
		return 1;
	}
	rng_seed(&rng, 20150401);
	for (size_t i = 0; i < seed_count; i++) {
		LLVMFuzzerTestOneInput(seeds[i].bytes, seeds[i].len);
		for (int round = 0; round < ROUNDS; round++, runs++)
			LLVMFuzzerTestOneInput(bytes, mutate(&rng, &seeds[i], bytes));
	}
	printf("1..1\nok 1 - %zu inputs from %zu seeds\n", runs + seed_count, seed_count);
	return 0;
}
