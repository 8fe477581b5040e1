#!/usr/bin/env bash
# The whole contract suite behind a line that breaks every connection after some
# thousand bytes and swallows every third answer of those.
# Time limit: 400 s
exec env OV_REST_LINE=poor "${OV_BUILDDIR:?run it through tests/run}/tests/contract/rest_test"
