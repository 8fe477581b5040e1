/* tls.h: the certificate, which can be replaced while connections go on. */
#ifndef OV_SERVER_TLS_H
#define OV_SERVER_TLS_H

#include "core/base/error.h"

struct tls;

/* PEM files: the chain, the server's own first, and its key. SERVER_TLS. */
int tls_open(const char *certificate, const char *key, struct tls **out, struct error *err);
/* Reads the files again; after an error the old certificate stays in use. */
int tls_reload(struct tls *tls, const char *certificate, const char *key, struct error *err);
void tls_close(struct tls *tls); /* NULL is fine */

/* What http.c gives to libmicrohttpd: a gnutls_certificate_retrieve_function3,
 * which answers for the one tls that is in use. */
void *tls_callback(struct tls *tls);

/* A connection begins; SESSION is its gnutls_session_t. Gives it tickets, so that
 * who comes again needs one round trip less. They die with a reload. */
void tls_begin(struct tls *tls, void *session);

#endif
