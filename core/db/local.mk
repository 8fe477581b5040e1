libcore_a_SOURCES += \
	core/db/db.h
