#!/usr/bin/env bash
# The same desk, far away: what pty_test does, with the database behind overpassd.
program=${OV_BUILDDIR:?run it through tests/run}
[ -x "$program/tests/pty/pty_test" ] || { echo "1..0 # SKIP pty_test is not built"; exit 77; }
[ -x "$program/overpassd" ] || { echo "1..0 # SKIP overpassd is not built"; exit 77; }
exec env OV_PTY_SERVER=yes "$program/tests/pty/pty_test"
