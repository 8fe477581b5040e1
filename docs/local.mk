EXTRA_DIST += \
	docs/add-a-command.md \
	docs/card.svg \
	docs/claims.svg \
	docs/complaints.md \
	docs/lookup.svg \
	docs/week.svg \
	docs/documents.md \
	docs/json.md \
	docs/ledger-format.md \
	docs/libraries.md \
	docs/operations.md \
	docs/rest.md \
	docs/review-desk.md \
	docs/search.md \
	docs/solver.md \
	docs/testing.md \
	docs/timetable.md
