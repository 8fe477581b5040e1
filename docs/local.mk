EXTRA_DIST += \
	docs/libraries.md \
	docs/testing.md
