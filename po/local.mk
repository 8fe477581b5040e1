# Translations. Each area keeps its own fragment in po/zh_CN.d (with a header
# that says UTF-8); the build joins them. An uninstalled program finds the
# catalogue in the build folder's locale/, an installed one in $(localedir).
PO_ZH_CN = $(sort $(wildcard $(top_srcdir)/po/zh_CN.d/*.po))
EXTRA_DIST += $(PO_ZH_CN)

zh_CNdir = $(localedir)/zh_CN/LC_MESSAGES
nodist_zh_CN_DATA = locale/zh_CN/LC_MESSAGES/overpass.mo
CLEANFILES += locale/zh_CN/LC_MESSAGES/overpass.mo locale/zh_CN/LC_MESSAGES/overpass.po

locale/zh_CN/LC_MESSAGES/overpass.po: $(PO_ZH_CN) $(top_srcdir)/po/local.mk
	$(AM_V_at)$(MKDIR_P) $(@D)
	$(AM_V_GEN)$(MSGCAT) --use-first --force-po --no-location -o $@ $(PO_ZH_CN)

locale/zh_CN/LC_MESSAGES/overpass.mo: locale/zh_CN/LC_MESSAGES/overpass.po
	$(AM_V_GEN)$(MSGFMT) --check-format -o $@ $<

# Every text the sources mark, as a template. Tables mark theirs with N_().
XGETTEXT_FLAGS = --language=C --from-code=UTF-8 --keyword= --keyword=_ --keyword=N_ \
	--keyword=ngettext:1,2 --no-location --sort-output --package-name=overpass
CLEANFILES += po/overpass.pot
po/overpass.pot: FORCE
	$(AM_V_at)$(MKDIR_P) po
	$(AM_V_GEN)cd $(top_srcdir) && find core tui cli $$(ls -d server 2>/dev/null) -name '*.[ch]' | LC_ALL=C sort \
		| $(XGETTEXT) $(XGETTEXT_FLAGS) -f - -o $(abs_top_builddir)/$@
FORCE:

# For developers: prints what has no translation yet, ready to be pasted into
# the fragment of its area.
update-po: po/overpass.pot locale/zh_CN/LC_MESSAGES/overpass.po
	$(AM_V_at)$(MSGMERGE) --quiet --no-fuzzy-matching --sort-output \
		locale/zh_CN/LC_MESSAGES/overpass.po po/overpass.pot -o po/merged.po
	$(AM_V_at)$(MSGATTRIB) --untranslated --no-obsolete po/merged.po
	$(AM_V_at)rm -f po/merged.po
.PHONY: FORCE update-po
