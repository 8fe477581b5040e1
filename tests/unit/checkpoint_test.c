/* Signed checkpoints: short, exact, and refused when one letter differs. */
#include "tests/unit/shared.h"

#include "core/base/civil.h"
#include "core/codec/checkpoint.h"
#include "core/model/reason.h"

static struct sign_key key;

static int setup(void **state)
{
	uint8_t seed[SIGN_SEED];

	(void)state;
	memset(seed, 7, sizeof seed);
	if (hash_setup() < 0)
		return -1;
	sign_key_init(&key, seed);
	return 0;
}

static struct checkpoint example(void)
{
	struct checkpoint checkpoint = { .chain = CHECKPOINT_LEDGER, .centre = "C01",
					 .day = date_from_civil(2015, 9, 10), .seq = 1234,
					 .subject = "CL201509000001:800" };

	memset(checkpoint.hash, 0xab, HASH_BYTES);
	memset(checkpoint.seal, 0xcd, HASH_BYTES);
	return checkpoint;
}

static void text_of(const struct checkpoint *checkpoint, char out[CHECKPOINT_TEXT])
{
	struct error err = ERROR_INIT;

	if (checkpoint_text(checkpoint, &key, out, &err) < 0)
		fail_msg("%s", err.message);
}

/* RFC 8032, 7.1, test 2: the signature is Ed25519's, not only our own. */
static void the_signature_is_ed25519(void **state)
{
	static const uint8_t seed[SIGN_SEED] = {
		0x4c, 0xcd, 0x08, 0x9b, 0x28, 0xff, 0x96, 0xda, 0x9d, 0xb6, 0xc3, 0x46, 0xec, 0x11,
		0x4e, 0x0f, 0x5b, 0x8a, 0x31, 0x9f, 0x35, 0xab, 0xa6, 0x24, 0xda, 0x8c, 0xf6, 0xed,
		0x4f, 0xb8, 0xa6, 0xfb };
	static const uint8_t expected[8] = { 0x92, 0xa0, 0x09, 0xa9, 0xf0, 0xd4, 0xca, 0xb8 };
	uint8_t signature[SIGN_BYTES];
	struct sign_key other;

	(void)state;
	sign_key_init(&other, seed);
	sign_make(&other, "\x72", 1, signature);
	assert_memory_equal(signature, expected, sizeof expected);
	assert_true(sign_good(other.public_key, "\x72", 1, signature));
	sign_key_release(&other);
}

static void what_is_signed_comes_back(void **state)
{
	struct checkpoint one = example(), two;
	struct error err = ERROR_INIT;
	char text[CHECKPOINT_TEXT], again[CHECKPOINT_TEXT];

	(void)state;
	for (int audit = 0; audit < 2; audit++) {
		one.chain = audit ? CHECKPOINT_AUDIT : CHECKPOINT_LEDGER;
		if (audit)
			memset(one.seal, 0, HASH_BYTES);
		text_of(&one, text);
		assert_int_equal(checkpoint_verify(text, key.public_key, &two, &err), 0);
		assert_int_equal(two.chain, one.chain);
		assert_string_equal(two.centre, "C01");
		assert_int_equal(two.day, one.day);
		assert_int_equal(two.seq, 1234);
		assert_memory_equal(two.hash, one.hash, HASH_BYTES);
		assert_memory_equal(two.seal, one.seal, HASH_BYTES);
		assert_string_equal(two.subject, one.subject);
		text_of(&two, again);
		assert_string_equal(text, again);
	}
}

static void the_longest_fits_a_receipt(void **state)
{
	struct checkpoint checkpoint = example(), back;
	struct error err = ERROR_INIT;
	char text[CHECKPOINT_TEXT];

	(void)state;
	memset(checkpoint.centre, 'c', CHECKPOINT_CENTRE - 1);
	memset(checkpoint.subject, 's', CHECKPOINT_SUBJECT - 1);
	checkpoint.seq = 999999999999999999;
	text_of(&checkpoint, text);
	assert_true(strlen(text) <= CHECKPOINT_MAX);
	assert_int_equal(checkpoint_verify(text, key.public_key, &back, &err), 0);
	assert_int_equal(back.seq, checkpoint.seq);
}

/* A printer breaks lines; nothing else may be changed, in no place. */
static void one_other_letter_is_refused(void **state)
{
	static const char letters[] = "A0z.-";
	struct checkpoint checkpoint = example(), back;
	struct error err = ERROR_INIT;
	char text[CHECKPOINT_TEXT], broken[2 * CHECKPOINT_TEXT];

	(void)state;
	text_of(&checkpoint, text);
	snprintf(broken, sizeof broken, " %.40s\r\n\t%.60s \n%s\n", text, text + 40, text + 100);
	assert_int_equal(checkpoint_verify(broken, key.public_key, &back, &err), 0);
	for (size_t i = 0; text[i]; i++) {
		for (size_t k = 0; k < sizeof letters; k++) { /* the last one cuts the text off */
			if (letters[k] == text[i])
				continue;
			snprintf(broken, sizeof broken, "%s", text);
			broken[i] = letters[k];
			if (checkpoint_verify(broken, key.public_key, &back, &err) == 0)
				fail_msg("byte %zu as '%c' was believed", i, letters[k]);
			assert_true(err.reason == REASON_CHECKPOINT_BAD ||
				    err.reason == REASON_CHECKPOINT_FORGED);
		}
	}
}

static void another_key_did_not_sign_it(void **state)
{
	struct checkpoint checkpoint = example(), back;
	struct error err = ERROR_INIT;
	char text[CHECKPOINT_TEXT], name[CHECKPOINT_KEY_TEXT], other[CHECKPOINT_KEY_TEXT + 8];
	uint8_t public_key[SIGN_PUBLIC];

	(void)state;
	text_of(&checkpoint, text);
	checkpoint_key_text(key.public_key, name);
	assert_int_equal(strlen(name), 50);
	snprintf(other, sizeof other, "\n %s \n", name);
	assert_int_equal(checkpoint_key_parse(other, public_key, &err), 0);
	assert_memory_equal(public_key, key.public_key, SIGN_PUBLIC);
	assert_int_equal(checkpoint_verify(text, public_key, &back, &err), 0);
	public_key[3] ^= 1;
	assert_true(checkpoint_verify(text, public_key, &back, &err) < 0);
	assert_string_equal(reason_code(err.reason), "CHECKPOINT_FORGED");
	for (size_t cut = 0; cut < strlen(name); cut++) {
		snprintf(other, sizeof other, "%.*s", (int)cut, name);
		assert_true(checkpoint_key_parse(other, public_key, &err) < 0);
		assert_string_equal(reason_code(err.reason), "KEY_TEXT_BAD");
	}
	snprintf(other, sizeof other, "%sA", name);
	assert_true(checkpoint_key_parse(other, public_key, &err) < 0);
}

/* Hostile texts get a sentence that says which part is wrong. */
static void bad_texts_are_named(void **state)
{
	static const char *const texts[] = {
		"", "OV1", "hello", "OV2.L.C01.20150910.1....", "OV1.X.C01.20150910.1....",
		"OV1.L..20150910.1....", "OV1.L.C01.20150931.1....", "OV1.L.C01.2015091.1....",
		"OV1.L.C01.20150910.01....", "OV1.L.C01.20150910.-1....",
		"OV1.L.C01.20150910.9999999999999999999....", "OV1.L.C01.20150910.1.AA...",
		"OV1.L.C01.20150910.1.\xff\xfe...", "................", "OV1.L.C 01.20150910.1.....",
	};
	struct checkpoint back, checkpoint = example();
	struct error err = ERROR_INIT;
	char big[1000], text[CHECKPOINT_TEXT];

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		assert_int_equal(checkpoint_parse(texts[i], &back, &err), OV_EINPUT);
		assert_string_equal(reason_code(err.reason), "CHECKPOINT_BAD");
		assert_non_null(strchr(err.message, ':'));
	}
	memset(big, 'A', sizeof big - 1);
	big[sizeof big - 1] = '\0';
	assert_int_equal(checkpoint_parse(big, &back, &err), OV_EINPUT);
	snprintf(checkpoint.subject, sizeof checkpoint.subject, "a.b");
	assert_true(checkpoint_text(&checkpoint, &key, text, &err) < 0);
	checkpoint = example();
	checkpoint.centre[0] = '\0';
	assert_true(checkpoint_text(&checkpoint, &key, text, &err) < 0);
	checkpoint = example();
	checkpoint.day = OV_NULL;
	assert_true(checkpoint_text(&checkpoint, &key, text, &err) < 0);
	checkpoint.day = date_from_civil(2015, 9, 10);
	checkpoint.seq = -1;
	assert_true(checkpoint_text(&checkpoint, &key, text, &err) < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_signature_is_ed25519),
		cmocka_unit_test(what_is_signed_comes_back),
		cmocka_unit_test(the_longest_fits_a_receipt),
		cmocka_unit_test(one_other_letter_is_refused),
		cmocka_unit_test(another_key_did_not_sign_it),
		cmocka_unit_test(bad_texts_are_named),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
