noinst_LIBRARIES += libcore.a
libcore_a_SOURCES =
include core/base/local.mk
include core/model/local.mk
include core/rules/local.mk
include core/codec/local.mk
include core/config/local.mk
include core/db/local.mk
include core/planner/local.mk
include core/report/local.mk
include core/timetable/local.mk
include core/store/local.mk
