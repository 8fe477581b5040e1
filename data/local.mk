# Everything the program reads: migrations, institutions, maps, keys, names of
# the demo world, and the themes. Installed below $(pkgdatadir) with their
# folders (data/…, themes/…); an uninstalled program finds them in the source
# tree, whose path .srcdir in the build folder tells.
nobase_dist_pkgdata_DATA = $(sort $(patsubst $(top_srcdir)/%,%,\
	$(wildcard $(top_srcdir)/data/*.ini $(top_srcdir)/data/*.sql $(top_srcdir)/data/*.csv $(top_srcdir)/data/*.tsv \
		$(top_srcdir)/data/*/*.ini $(top_srcdir)/data/*/*.sql $(top_srcdir)/data/*/*.csv \
		$(top_srcdir)/data/*/*.tsv $(top_srcdir)/data/*/*.txt $(top_srcdir)/themes/*.ini)))

noinst_DATA += .srcdir
CLEANFILES += .srcdir
.srcdir: Makefile
	$(AM_V_GEN)printf '%s\n' '$(abs_top_srcdir)' >$@
