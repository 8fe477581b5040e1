/* random.h: the planner's numbers by chance: quick, and the same on every
 * machine for the same seed. xorshift128+ after Vigna, seeded by splitmix64. */
#ifndef OV_PLANNER_RANDOM_H
#define OV_PLANNER_RANDOM_H

#include <stdint.h>

struct random {
	uint64_t a, b;
};

static inline uint64_t random_mix(uint64_t *seed)
{
	uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static inline void random_seed(struct random *random, uint64_t seed)
{
	random->a = random_mix(&seed);
	random->b = random_mix(&seed) | 1; /* never both 0 */
}

static inline uint64_t random_next(struct random *random)
{
	uint64_t x = random->a;
	const uint64_t y = random->b;

	random->a = y;
	x ^= x << 23;
	random->b = x ^ y ^ x >> 17 ^ y >> 26;
	return random->b + y;
}

/* 0 … BELOW - 1 from 32 bits of chance. */
static inline int32_t random_scale(uint32_t bits, int32_t below)
{
	return (int32_t)((uint64_t)bits * (uint32_t)below >> 32);
}

static inline int32_t random_below(struct random *random, int32_t below)
{
	return random_scale((uint32_t)(random_next(random) >> 32), below);
}

#endif
