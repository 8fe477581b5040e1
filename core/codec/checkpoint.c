#include "core/codec/checkpoint.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/base/i18n.h"
#include "core/model/reason.h"

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

static const char version[] = "OV1";
static const char key_version[] = "OVKEY1.";
static const char centre_letters[] = LETTERS "-_";
static const char subject_letters[] = LETTERS "-_:,=+/@";

enum part { VERSION, CHAIN, CENTRE, DAY, SEQ, HASH, SEAL, SUBJECT, SIGNATURE, PARTS };

struct parts {
	const char *at[PARTS];
	size_t len[PARTS];
};

static int bad(struct error *err, const char *why)
{
	return error_reason(err, REASON_CHECKPOINT_BAD, "why", why, NULL);
}

static bool only(const char *text, size_t len, const char *letters)
{
	for (size_t i = 0; i < len; i++)
		if (!text[i] || !strchr(letters, text[i]))
			return false;
	return true;
}

/* --- writing --- */

static int writable(const struct checkpoint *checkpoint, struct error *err)
{
	size_t centre = strlen(checkpoint->centre);
	struct civil day;

	if (centre == 0 || !only(checkpoint->centre, centre, centre_letters))
		return bad(err, _("the code of the centre"));
	if (!only(checkpoint->subject, strlen(checkpoint->subject), subject_letters))
		return bad(err, _("the subject"));
	if (checkpoint->seq < 0)
		return bad(err, _("the number of the row"));
	if (checkpoint->day == OV_NULL)
		return bad(err, _("the day"));
	day = date_to_civil(checkpoint->day);
	return civil_valid(day.year, day.month, day.day) ? 0 : bad(err, _("the day"));
}

int checkpoint_text(const struct checkpoint *checkpoint, const struct sign_key *key,
		    char out[CHECKPOINT_TEXT], struct error *err)
{
	char hash[HASH_HEX], seal[HASH_HEX] = "", mark[SIGN_BYTES * 2];
	uint8_t signature[SIGN_BYTES];
	struct civil day;
	int len;

	if (writable(checkpoint, err) < 0)
		return err->code;
	day = date_to_civil(checkpoint->day);
	base64_write(checkpoint->hash, HASH_BYTES, hash);
	if (checkpoint->chain == CHECKPOINT_LEDGER)
		base64_write(checkpoint->seal, HASH_BYTES, seal);
	len = snprintf(out, CHECKPOINT_TEXT, "%s.%c.%s.%04d%02d%02d.%" PRId64 ".%s.%s.%s", version,
		       checkpoint->chain == CHECKPOINT_LEDGER ? 'L' : 'A', checkpoint->centre,
		       day.year, day.month, day.day, checkpoint->seq, hash, seal,
		       checkpoint->subject);
	sign_make(key, out, (size_t)len, signature);
	snprintf(out + len, CHECKPOINT_TEXT - (size_t)len, ".%s",
		 base64_write(signature, sizeof signature, mark));
	return 0;
}

/* --- reading --- */

/* Without the blanks of a printer; CHECKPOINT_BAD when it is too long. */
static int squeeze(const char *text, char out[CHECKPOINT_TEXT], struct error *err)
{
	size_t len = 0;

	for (; *text; text++) {
		if (strchr(" \t\r\n", *text))
			continue;
		if (len == CHECKPOINT_MAX)
			return bad(err, _("it is too long"));
		out[len++] = *text;
	}
	out[len] = '\0';
	return 0;
}

static int split(const char *text, struct parts *parts, struct error *err)
{
	for (int i = 0; i < PARTS; i++) {
		parts->at[i] = text;
		parts->len[i] = strcspn(text, ".");
		text += parts->len[i];
		if (i + 1 < PARTS && *text++ != '.')
			return bad(err, i == 0 ? _("it is no checkpoint") : _("a part is missing"));
	}
	return *text ? bad(err, _("it has too many parts")) : 0;
}

static bool number(const char *text, size_t len, int64_t *out)
{
	if (len == 0 || len > 18 || !only(text, len, "0123456789") || (len > 1 && *text == '0'))
		return false;
	*out = 0;
	for (size_t i = 0; i < len; i++)
		*out = *out * 10 + (text[i] - '0');
	return true;
}

static bool day_read(const char *text, size_t len, int64_t *day)
{
	char dashed[DATE_TEXT];

	if (len != 8)
		return false;
	snprintf(dashed, sizeof dashed, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
	return date_parse(dashed, day);
}

static bool copied(char *out, size_t size, const char *text, size_t len, const char *letters)
{
	if (len >= size || !only(text, len, letters))
		return false;
	memcpy(out, text, len);
	return true;
}

static int parts_read(const struct parts *parts, struct checkpoint *out, struct error *err)
{
	const char *const *at = parts->at;
	const size_t *len = parts->len;

	if (len[VERSION] != strlen(version) || memcmp(at[VERSION], version, len[VERSION]) != 0)
		return bad(err, _("it is no checkpoint"));
	if (len[CHAIN] != 1 || !strchr("LA", *at[CHAIN]))
		return bad(err, _("the chain"));
	out->chain = *at[CHAIN] == 'L' ? CHECKPOINT_LEDGER : CHECKPOINT_AUDIT;
	if (len[CENTRE] == 0 || !copied(out->centre, sizeof out->centre, at[CENTRE], len[CENTRE],
					centre_letters))
		return bad(err, _("the code of the centre"));
	if (!day_read(at[DAY], len[DAY], &out->day))
		return bad(err, _("the day"));
	if (!number(at[SEQ], len[SEQ], &out->seq))
		return bad(err, _("the number of the row"));
	if (!base64_read(at[HASH], len[HASH], out->hash, HASH_BYTES))
		return bad(err, _("the hash"));
	if (out->chain == CHECKPOINT_LEDGER ?
	    !base64_read(at[SEAL], len[SEAL], out->seal, HASH_BYTES) : len[SEAL] != 0)
		return bad(err, _("the seal"));
	if (!copied(out->subject, sizeof out->subject, at[SUBJECT], len[SUBJECT], subject_letters))
		return bad(err, _("the subject"));
	return 0;
}

static int read_all(const char *text, char clean[CHECKPOINT_TEXT], struct parts *parts,
		    uint8_t signature[SIGN_BYTES], struct checkpoint *out, struct error *err)
{
	memset(out, 0, sizeof *out);
	if (squeeze(text, clean, err) < 0 || split(clean, parts, err) < 0 ||
	    parts_read(parts, out, err) < 0)
		return err->code;
	if (!base64_read(parts->at[SIGNATURE], parts->len[SIGNATURE], signature, SIGN_BYTES))
		return bad(err, _("the signature"));
	return 0;
}

int checkpoint_parse(const char *text, struct checkpoint *out, struct error *err)
{
	char clean[CHECKPOINT_TEXT];
	uint8_t signature[SIGN_BYTES];
	struct parts parts;

	return read_all(text, clean, &parts, signature, out, err);
}

int checkpoint_verify(const char *text, const uint8_t public_key[SIGN_PUBLIC],
		      struct checkpoint *out, struct error *err)
{
	char clean[CHECKPOINT_TEXT];
	uint8_t signature[SIGN_BYTES];
	struct parts parts;

	if (read_all(text, clean, &parts, signature, out, err) < 0)
		return err->code;
	if (!sign_good(public_key, clean, (size_t)(parts.at[SIGNATURE] - clean) - 1, signature))
		return error_reason(err, REASON_CHECKPOINT_FORGED, NULL);
	return 0;
}

/* --- the public key --- */

char *checkpoint_key_text(const uint8_t public_key[SIGN_PUBLIC], char out[CHECKPOINT_KEY_TEXT])
{
	memcpy(out, key_version, sizeof key_version);
	base64_write(public_key, SIGN_PUBLIC, out + sizeof key_version - 1);
	return out;
}

int checkpoint_key_parse(const char *text, uint8_t public_key[SIGN_PUBLIC], struct error *err)
{
	size_t head = sizeof key_version - 1, len;

	text += strspn(text, " \t\r\n");
	len = strcspn(text, " \t\r\n");
	if (len > head && !strncmp(text, key_version, head) && !text[len + strspn(text + len, " \t\r\n")] &&
	    base64_read(text + head, len - head, public_key, SIGN_PUBLIC))
		return 0;
	return error_reason(err, REASON_KEY_TEXT_BAD, NULL);
}
