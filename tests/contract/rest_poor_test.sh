#!/usr/bin/env bash
# The whole contract suite behind a line that breaks every connection after some
# thousand bytes and swallows every third answer of those. With OV_LINE_LONG set,
# at 64 kbit/s and 600 ms besides: up to forty minutes.
# Time limit: 3600 s
line=poor
[ -z "${OV_LINE_LONG-}" ] || line=slow
exec env OV_REST_LINE="$line" \
	"${OV_BUILDDIR:?run it through tests/run}/tests/contract/rest_test"
