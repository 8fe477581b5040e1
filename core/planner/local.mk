libcore_a_SOURCES += \
	core/planner/anneal.c core/planner/anneal.h \
	core/planner/chain.c core/planner/chain.h \
	core/planner/moves.c core/planner/moves.h \
	core/planner/problem.c core/planner/problem.h \
	core/planner/random.h \
	core/planner/repair.c core/planner/repair.h \
	core/planner/sparkline.c core/planner/sparkline.h \
	core/planner/start.c core/planner/start.h \
	core/planner/solver.c core/planner/solver.h \
	core/planner/state.c core/planner/state.h \
	core/planner/step.c core/planner/step.h \
	core/planner/tables.c core/planner/tables.h \
	core/planner/tables_limits.c
