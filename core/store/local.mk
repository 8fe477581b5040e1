libcore_a_SOURCES += \
	core/store/admin.c core/store/admin.h \
	core/store/bulk.c core/store/bulk.h \
	core/store/card.c core/store/card.h \
	core/store/card_chain.c \
	core/store/card_claim.c \
	core/store/card_cohort.c \
	core/store/card_route.c \
	core/store/card_lists.c \
	core/store/card_print.c core/store/card_print.h \
	core/store/card_plan.c \
	core/store/card_rule.c \
	core/store/card_statistics.c \
	core/store/card_student.c \
	core/store/card_timetable.c core/store/card_timetable.h \
	core/store/card_places.c \
	core/store/card_roll.c \
	core/store/chain.c core/store/chain.h \
	core/store/chain_pool.c core/store/chain_pool.h \
	core/store/chain_verify.c \
	core/store/ledger_export.c core/store/ledger_export.h \
	core/store/ledger_key.c core/store/ledger_key.h \
	core/store/claim_barred.c core/store/claim_barred.h \
	core/store/claim_input.c core/store/claim_input.h \
	core/store/claim_queues.c core/store/claim_queues.h \
	core/store/claim_rooms.c core/store/claim_rooms.h \
	core/store/claim_rows.c core/store/claim_rows.h \
	core/store/claim_sweep.c core/store/claim_sweep.h \
	core/store/command.c core/store/command.h core/store/command_list.h \
	core/store/commands/calendar_load.c \
	core/store/commands/calendar.c \
	core/store/commands/calendar_args.h \
	core/store/commands/claim_apply.c core/store/commands/claim_apply.h \
	core/store/commands/claim_args.c core/store/commands/claim_args.h \
	core/store/commands/claim_case.c core/store/commands/claim_case.h \
	core/store/commands/claim_commands.c \
	core/store/commands/claim_facts.c \
	core/store/commands/claim_lines.c core/store/commands/claim_lines.h \
	core/store/commands/claim_outcome.c core/store/commands/claim_outcome.h \
	core/store/commands/claim_post.c \
	core/store/commands/claim_source.c core/store/commands/claim_source.h \
	core/store/commands/plan.c \
	core/store/commands/plan_rules.c core/store/commands/plan_rules.h \
	core/store/commands/planning_args.h \
	core/store/commands/series.c \
	core/store/commands/session_rules.h \
	core/store/commands/shift.c \
	core/store/commands/cohort.c core/store/commands/cohort_args.h \
	core/store/commands/cohort_room.h \
	core/store/commands/cohort_waiting.c core/store/commands/cohort_waiting.h \
	core/store/commands/common_args.c core/store/commands/common_args.h \
	core/store/commands/equipment.c core/store/commands/equipment_args.h \
	core/store/commands/equipment_rows.h core/store/commands/course_rules.c \
	core/store/commands/wish.c core/store/commands/wish_args.h \
	core/store/commands/export_students.c \
	core/store/commands/feed.c core/store/commands/feed_args.h \
	core/store/commands/handlers.h \
	core/store/commands/person_copy.c \
	core/store/commands/person.c core/store/commands/person_args.h \
	core/store/commands/result.c \
	core/store/commands/rule.c \
	core/store/commands/session.c \
	core/store/commands/staff.c core/store/commands/staff_args.h \
	core/store/commands/student.c \
	core/store/commands/import_args.h \
	core/store/commands/import_students.c \
	core/store/commands/import_other_rows.c \
	core/store/commands/import_row_values.c \
	core/store/commands/import_rows.c core/store/commands/import_rows.h \
	core/store/commands/import_rule_row.c \
	core/store/commands/rows_args.h \
	core/store/commands/rule_check.c core/store/commands/rule_check.h \
	core/store/commands/rule_compare.c \
	core/store/commands/ledger.c \
	core/store/demo_claims.c core/store/demo_cohorts.c \
	core/store/demo_names.c core/store/demo_names.h \
	core/store/demo_next_term.c \
	core/store/demo_parts.h \
	core/store/demo_people.c \
	core/store/demo_queue.c \
	core/store/demo_studies.c \
	core/store/demo_timetable.c \
	core/store/demo_world.c core/store/demo_world.h \
	core/store/evidence.c core/store/evidence.h \
	core/store/evidence_check.c \
	core/store/store_rest_evidence.c \
	core/store/evidence_folder.c core/store/evidence_folder.h \
	core/store/execute.c core/store/execute.h \
	core/store/feed_read.c core/store/feed_read.h \
	core/store/feed_token.c core/store/feed_token.h \
	core/store/first_user.c core/store/first_user.h \
	core/store/graduation_input.c core/store/graduation_input.h \
	core/store/id_map.c core/store/id_map.h \
	core/store/import_find.c \
	core/store/import_institution.c \
	core/store/import_internal.h \
	core/store/import_prepare.c \
	core/store/import_refs.c \
	core/store/import_resolve.c \
	core/store/import_write.c \
	core/store/ledger_pages.c core/store/ledger_pages.h \
	core/store/ledger_pages_verify.c \
	core/store/ledger_rows.c core/store/ledger_rows.h \
	core/store/local.c core/store/local.h \
	core/store/local_note.c core/store/local_note.h \
	core/store/local_read.c \
	core/store/local_row.c \
	core/store/local_where.c \
	core/store/route_assume.c \
	core/store/route_input.c core/store/route_input.h \
	core/store/search.c core/store/search.h \
	core/store/search_block.c core/store/search_block.h core/store/search_varint.h \
	core/store/search_build.c \
	core/store/search_group.c core/store/search_group.h \
	core/store/search_hits.c core/store/search_hits.h \
	core/store/search_index.c core/store/search_index.h \
	core/store/search_line.c core/store/search_line.h \
	core/store/search_mark.c \
	core/store/search_names.c core/store/search_names.h \
	core/store/search_range.c core/store/search_internal.h \
	core/store/search_scan.c core/store/search_scan.h \
	core/store/search_source.c core/store/search_source.h \
	core/store/search_table.c core/store/search_table.h \
	core/store/search_work.c core/store/search_work.h \
	core/store/plan_draft.c core/store/plan_draft.h \
	core/store/seed_records.c core/store/seed_records.h \
	core/store/session_conflicts.c core/store/session_conflicts.h \
	core/store/session_input.c core/store/session_input.h \
	core/store/session_limits.c \
	core/store/session_needs.c \
	core/store/session_equipment.c \
	core/store/session_tied.c \
	core/store/session_members.c core/store/session_members.h \
	core/store/store.c core/store/store.h \
	core/store/store_rest.c core/store/store_rest.h \
	core/store/store_rest_answer.c \
	core/store/store_rest_call.c \
	core/store/store_rest_http.c core/store/store_rest_http.h \
	core/store/store_rest_login.c \
	core/store/store_rest_path.c \
	core/store/store_rest_url.c \
	core/store/student_sums.c core/store/student_sums.h \
	core/store/trace.c core/store/trace.h \
	core/store/tx.c core/store/tx.h
