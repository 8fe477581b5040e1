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
	server/keeper.c server/keeper.h \
	server/language.c server/language.h \
	server/linger.c server/linger.h \
	server/look.c server/look.h \
	server/listen.c server/listen.h \
	server/log.c server/log.h \
	server/manual.c server/manual.h \
	server/openapi.c server/openapi.h \
	server/openapi_schema.c \
	server/problem.c server/problem.h \
	server/request.c server/request.h \
	server/route_auth.c \
	server/route_calendar.c \
	server/route_command.c \
	server/route_meta.c \
	server/route_evidence.c \
	server/route_read.c \
	server/route_report.c \
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

man_MANS += overpassd.8
overpassd.8: overpassd$(EXEEXT)
	$(AM_V_GEN)LC_ALL=C.UTF-8 LANGUAGE=en ./overpassd$(EXEEXT) --print-man >$@.new && mv $@.new $@
CLEANFILES += overpassd.8 overpassd.8.new

# For systemd; they do no harm where it is not.
systemdsystemunit_DATA = data/systemd/overpassd.socket
nodist_systemdsystemunit_DATA = data/systemd/overpassd.service
EXTRA_DIST += data/systemd/overpassd.socket data/systemd/overpassd.service.in \
	data/systemd/overpass.sysusers
data/systemd/overpassd.service: data/systemd/overpassd.service.in Makefile
	$(AM_V_at)$(MKDIR_P) data/systemd
	$(AM_V_GEN)sed -e 's|@sbindir[@]|$(sbindir)|' -e 's|@sysconfdir[@]|$(sysconfdir)|' \
		$(top_srcdir)/data/systemd/overpassd.service.in >$@.new && mv $@.new $@
CLEANFILES += data/systemd/overpassd.service data/systemd/overpassd.service.new
install-data-hook:
	$(MKDIR_P) $(DESTDIR)$(sysusersdir)
	$(INSTALL_DATA) $(top_srcdir)/data/systemd/overpass.sysusers $(DESTDIR)$(sysusersdir)/overpass.conf
uninstall-hook:
	rm -f $(DESTDIR)$(sysusersdir)/overpass.conf
