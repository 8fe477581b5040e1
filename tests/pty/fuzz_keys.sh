#!/usr/bin/env bash
# Random keys and sizes on the real program: fuzz_keys.py.
[ -x "${OV_BUILDDIR:?run it through tests/run}/overpass" ] || { echo "1..0 # SKIP overpass is not built"; exit 77; }
command -v python3 >/dev/null || { echo "1..0 # SKIP python3 is not there"; exit 77; }
exec python3 "$OV_SRCDIR/tests/pty/fuzz_keys.py"
