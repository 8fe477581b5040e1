libcore_a_SOURCES += \
	core/base/arena.c core/base/arena.h \
	core/base/id_table.c core/base/id_table.h \
	core/base/buf.c core/base/buf.h core/base/roff.c core/base/roff.h \
	core/base/civil.c core/base/civil.h \
	core/base/error.c core/base/error.h \
	core/base/hash.c core/base/hash.h \
	core/base/i18n.h \
	core/base/nearest.c core/base/nearest.h \
	core/base/password.c core/base/password.h \
	core/base/pinyin.c core/base/pinyin.h \
	core/base/pinyin_chars.c \
	core/base/pinyin_query.c \
	core/base/pinyin_sound.c \
	core/base/pinyin_special.c \
	core/base/pinyin_table.c core/base/pinyin_table.h \
	core/base/search_query.c core/base/search_query.h \
	core/base/sign.c core/base/sign.h \
	core/base/stop.h \
	core/base/text.h \
	core/base/text_map.c core/base/text_map.h \
	core/base/text_norm.c \
	core/base/text_utf8.c \
	core/base/text_width.c
