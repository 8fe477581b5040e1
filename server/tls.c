#include "server/tls.h"

#include <pthread.h>
#include <stdlib.h>

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>

#include "core/base/arena.h"
#include "core/model/reason.h"

enum { CHAIN_MAX = 8 };

/* One pair of files as they were read. Handshakes under way may still use an
 * older one, so those are kept until the end; there is one for each reload. */
struct generation {
	struct generation *older;
	gnutls_pcert_st chain[CHAIN_MAX];
	unsigned length;
	gnutls_privkey_t key;
	gnutls_datum_t tickets; /* their key */
};

struct tls {
	pthread_mutex_t lock;
	struct generation *present;
};

/* The callback gets no context from libmicrohttpd. */
static struct tls *in_use;

static void generation_free(struct generation *generation)
{
	for (unsigned i = 0; i < generation->length; i++)
		gnutls_pcert_deinit(&generation->chain[i]);
	if (generation->key)
		gnutls_privkey_deinit(generation->key);
	if (generation->tickets.data)
		gnutls_memset(generation->tickets.data, 0, generation->tickets.size);
	gnutls_free(generation->tickets.data);
	free(generation);
}

static int load_key(const char *file, gnutls_privkey_t *key)
{
	gnutls_datum_t pem;
	int rc = gnutls_load_file(file, &pem);

	if (rc < 0)
		return rc;
	rc = gnutls_privkey_init(key);
	if (rc >= 0)
		rc = gnutls_privkey_import_x509_raw(*key, &pem, GNUTLS_X509_FMT_PEM, NULL, 0);
	gnutls_memset(pem.data, 0, pem.size);
	gnutls_free(pem.data);
	return rc;
}

/* Certificate and key must belong together: signs and verifies a few bytes. */
static int try_pair(const struct generation *generation)
{
	const gnutls_datum_t text = { (unsigned char *)(uintptr_t)"overpass", 8 };
	gnutls_datum_t signature = { NULL, 0 };
	gnutls_sign_algorithm_t algorithm;
	int rc;

	rc = gnutls_privkey_sign_data(generation->key, GNUTLS_DIG_SHA256, 0, &text, &signature);
	if (rc < 0)
		return rc;
	algorithm = gnutls_pk_to_sign(gnutls_pubkey_get_pk_algorithm(generation->chain[0].pubkey, NULL),
				      GNUTLS_DIG_SHA256);
	rc = gnutls_pubkey_verify_data2(generation->chain[0].pubkey, algorithm, 0, &text, &signature);
	gnutls_free(signature.data);
	return rc;
}

static int load(const char *certificate, const char *key, struct generation **out,
		struct error *err)
{
	struct generation *generation = mem_alloc(sizeof *generation);
	unsigned length = CHAIN_MAX;
	gnutls_datum_t pem;
	int rc = gnutls_load_file(certificate, &pem);

	if (rc >= 0) {
		rc = gnutls_pcert_list_import_x509_raw(generation->chain, &length, &pem,
						       GNUTLS_X509_FMT_PEM, 0);
		generation->length = rc >= 0 ? length : 0;
		gnutls_free(pem.data);
	}
	if (rc >= 0)
		rc = load_key(key, &generation->key);
	if (rc >= 0)
		rc = try_pair(generation);
	if (rc >= 0)
		rc = gnutls_session_ticket_key_generate(&generation->tickets);
	if (rc >= 0) {
		*out = generation;
		return 0;
	}
	generation_free(generation);
	return error_reason(err, REASON_SERVER_TLS, "why", gnutls_strerror(rc), NULL);
}

int tls_open(const char *certificate, const char *key, struct tls **out, struct error *err)
{
	struct tls *tls = mem_alloc(sizeof *tls);

	*out = NULL;
	if (load(certificate, key, &tls->present, err) < 0) {
		free(tls);
		return err->code;
	}
	pthread_mutex_init(&tls->lock, NULL);
	*out = tls;
	return 0;
}

int tls_reload(struct tls *tls, const char *certificate, const char *key, struct error *err)
{
	struct generation *fresh;
	int rc = load(certificate, key, &fresh, err);

	if (rc < 0)
		return rc;
	pthread_mutex_lock(&tls->lock);
	fresh->older = tls->present;
	tls->present = fresh;
	pthread_mutex_unlock(&tls->lock);
	return 0;
}

void tls_close(struct tls *tls)
{
	struct generation *older;

	if (!tls)
		return;
	if (in_use == tls)
		in_use = NULL;
	for (struct generation *each = tls->present; each; each = older) {
		older = each->older;
		generation_free(each);
	}
	pthread_mutex_destroy(&tls->lock);
	free(tls);
}

static int retrieve(gnutls_session_t session, const struct gnutls_cert_retr_st *info,
		    gnutls_pcert_st **chain, unsigned *length, gnutls_ocsp_data_st **ocsp,
		    unsigned *ocsp_length, gnutls_privkey_t *key, unsigned *flags)
{
	(void)session;
	(void)info;
	if (!in_use)
		return -1;
	pthread_mutex_lock(&in_use->lock);
	*chain = in_use->present->chain;
	*length = in_use->present->length;
	*key = in_use->present->key;
	pthread_mutex_unlock(&in_use->lock);
	*ocsp = NULL;
	*ocsp_length = 0;
	*flags = 0;
	return 0;
}

void *tls_callback(struct tls *tls)
{
	gnutls_certificate_retrieve_function3 *function = retrieve;

	in_use = tls;
	return (void *)function;
}

void tls_begin(struct tls *tls, void *session)
{
	pthread_mutex_lock(&tls->lock);
	gnutls_session_ticket_enable_server(session, &tls->present->tickets);
	pthread_mutex_unlock(&tls->lock);
}
