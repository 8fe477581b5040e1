# overpassd. Everything but main() is a library, which the tests link.
noinst_LIBRARIES += libserver.a
SERVER_LIBS = libserver.a $(CORE_LIBS) $(MICROHTTPD_LIBS) $(GNUTLS_LIBS) $(ZLIB_LIBS) $(ZSTD_LIBS)
libserver_a_SOURCES = \
	server/accept.c server/accept.h \
	server/admin.c server/admin.h \
	server/compress.c server/compress.h \
	server/conn.c server/conn.h \
	server/feed.c server/feed.h \
	server/guess.c server/guess.h \
	server/hasher.c server/hasher.h \
	server/http.c server/http.h \
	server/language.c server/language.h \
	server/listen.c server/listen.h \
	server/log.c server/log.h \
	server/openapi.c server/openapi.h \
	server/openapi_schema.c \
	server/problem.c server/problem.h \
	server/request.c server/request.h \
	server/route_auth.c \
	server/route_command.c \
	server/route_meta.c \
	server/route_read.c \
	server/routes.c server/routes.h \
	server/service.c server/service.h \
	server/session.c server/session.h \
	server/setting.c server/setting.h \
	server/setting_list.h \
	server/tls.c server/tls.h \
	server/writer.c server/writer.h
sbin_PROGRAMS = overpassd
overpassd_SOURCES = server/main.c
overpassd_LDADD = $(SERVER_LIBS)
