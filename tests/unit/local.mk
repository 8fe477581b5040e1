# One line for each test program; its source is the .c file of that name.
if HAVE_CMOCKA
UNIT_TESTS = \
	tests/unit/admin_test \
	tests/unit/chain_test \
	tests/unit/checkpoint_test \
	tests/unit/claim_command_test \
	tests/unit/claim_edge_test \
	tests/unit/claim_walk_test \
	tests/unit/composite_test \
	tests/unit/conflict_index_test \
	tests/unit/conflict_soft_test \
	tests/unit/conflict_test \
	tests/unit/credit_test \
	tests/unit/csv_test \
	tests/unit/db_test \
	tests/unit/dialect_test \
	tests/unit/demo_test \
	tests/unit/desk_command_test \
	tests/unit/document_test \
	tests/unit/evidence_test \
	tests/unit/explain_test \
	tests/unit/feed_test \
	tests/unit/field_test \
	tests/unit/file_look_test \
	tests/unit/graduation_command_test \
	tests/unit/graduation_test \
	tests/unit/ics_test \
	tests/unit/history_test \
	tests/unit/history_week_test \
	tests/unit/identifier_test \
	tests/unit/import_test \
	tests/unit/ini_test \
	tests/unit/institution_test \
	tests/unit/json_record_test \
	tests/unit/look_test \
	tests/unit/map_test \
	tests/unit/migrate_test \
	tests/unit/option_test \
	tests/unit/pinyin_test \
	tests/unit/planner_test \
	tests/unit/qr_test \
	tests/unit/reason_test \
	tests/unit/review_desk_test \
	tests/unit/room_rules_test \
	tests/unit/route_search_test \
	tests/unit/route_test \
	tests/unit/rules_file_test \
	tests/unit/schema_test \
	tests/unit/search_index_test \
	tests/unit/search_keep_test \
	tests/unit/search_table_test \
	tests/unit/search_real_test \
	tests/unit/search_test \
	tests/unit/shift_test \
	tests/unit/term_fair_test \
	tests/unit/term_rules_test \
	tests/unit/term_test \
	tests/unit/text_test \
	tests/unit/transition_test \
	tests/unit/workday_test \
	tests/unit/workflow_guard_test \
	tests/unit/workflow_test \
	tests/unit/writer_test
check_PROGRAMS += $(UNIT_TESTS)
TESTS += $(UNIT_TESTS)
endif
tests_unit_admin_test_SOURCES = tests/unit/admin_test.c \
	tests/contract/fixture.c tests/contract/fixture.h \
	tests/contract/scratch.c tests/contract/scratch.h
tests_unit_conflict_index_test_SOURCES = tests/unit/conflict_index_test.c \
	tests/unit/conflict_oracle.c tests/unit/conflict_oracle.h \
	tests/unit/conflict_oracle_world.c
tests_unit_db_test_SOURCES = tests/unit/db_test.c \
	tests/contract/scratch.c tests/contract/scratch.h
tests_unit_look_test_SOURCES = tests/unit/look_test.c \
	tests/contract/scratch.c tests/contract/scratch.h
tests_unit_look_test_LDADD = libserver.a $(LDADD)
tests_unit_writer_test_SOURCES = tests/unit/writer_test.c \
	tests/unit/claim_world.c tests/unit/claim_world.h
tests_unit_writer_test_LDADD = libserver.a $(LDADD)
tests_unit_migrate_test_SOURCES = tests/unit/migrate_test.c \
	tests/contract/scratch.c tests/contract/scratch.h
tests_unit_chain_test_SOURCES = tests/unit/chain_test.c \
	tests/unit/claim_world.c tests/unit/claim_world.h
tests_unit_graduation_command_test_SOURCES = tests/unit/graduation_command_test.c \
	tests/unit/claim_world.c tests/unit/claim_world.h
tests_unit_evidence_test_SOURCES = tests/unit/evidence_test.c \
	tests/unit/claim_world.c tests/unit/claim_world.h \
	tests/contract/scratch.c tests/contract/scratch.h
tests_unit_claim_command_test_SOURCES = tests/unit/claim_command_test.c \
	tests/unit/claim_world.c tests/unit/claim_world.h
tests_unit_review_desk_test_SOURCES = tests/unit/review_desk_test.c \
	tests/unit/claim_world.c tests/unit/claim_world.h
tests_unit_claim_walk_test_SOURCES = tests/unit/claim_walk_test.c \
	tests/unit/claim_world.c tests/unit/claim_world.h
tests_unit_history_test_SOURCES = tests/unit/history_test.c \
	tests/unit/history_check.c tests/unit/history_check.h \
	tests/unit/claim_world.c tests/unit/claim_world.h
tests_unit_history_week_test_SOURCES = tests/unit/history_week_test.c \
	tests/unit/claim_world.c tests/unit/claim_world.h
tests_unit_transition_test_SOURCES = tests/unit/transition_test.c \
	tests/unit/claim_world.c tests/unit/claim_world.h
tests_unit_claim_edge_test_SOURCES = tests/unit/claim_edge_test.c \
	tests/unit/claim_world.c tests/unit/claim_world.h
tests_unit_desk_command_test_SOURCES = tests/unit/desk_command_test.c \
	tests/unit/claim_world.c tests/unit/claim_world.h
tests_unit_room_rules_test_SOURCES = tests/unit/room_rules_test.c \
	tests/unit/claim_world.c tests/unit/claim_world.h
tests_unit_term_test_SOURCES = tests/unit/term_test.c \
	tests/unit/term_small.c tests/unit/term_small.h
tests_unit_term_rules_test_SOURCES = tests/unit/term_rules_test.c \
	tests/unit/term_small.c tests/unit/term_small.h
tests_unit_feed_test_SOURCES = tests/unit/feed_test.c \
	tests/unit/claim_world.c tests/unit/claim_world.h
tests_unit_planner_test_SOURCES = tests/unit/planner_test.c \
	tests/unit/planner_world.c tests/unit/planner_world.h
# Prints the tables for a new migration.
check_PROGRAMS += tests/unit/schema_dump
tests_unit_schema_dump_LDADD = $(CORE_LIBS)
noinst_HEADERS += tests/unit/credit_fixture.h tests/unit/import_fixture.h tests/unit/shared.h
