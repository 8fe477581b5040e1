# overpass.m4: the checks configure.ac is written in. Every missing package is
# collected, so that a person sees all of them at once, by their Debian names.

AC_DEFUN([AX_OV_PACKAGE], [
  PKG_CHECK_MODULES([$1], [$2], [have_$1=yes],
    [have_$1=no; ov_missing="$ov_missing $3"])
  ov_summary="$ov_summary
    $3: $have_$1"
])

AC_DEFUN([AX_OV_OPTIONAL], [
  PKG_CHECK_MODULES([$1], [$2], [have_$1=yes],
    [have_$1=no; AC_MSG_NOTICE([$3 was not found: $4 will not be built])])
  ov_summary="$ov_summary
    $3: $have_$1 (for $4)"
])

AC_DEFUN([AX_OV_HEADER_LIB], [
  AC_CHECK_HEADERS([$2 iniparser/$2])
  AC_CHECK_LIB([$3], [$4], [have_$1=yes; $1_LIBS=-l$3],
    [have_$1=no; ov_missing="$ov_missing $5"])
  AC_SUBST([$1_LIBS])
  ov_summary="$ov_summary
    $5: $have_$1"
])

AC_DEFUN([AX_OV_REQUIRE], [
  AS_IF([test -n "$ov_missing"],
    [AC_MSG_ERROR([these packages are missing:$ov_missing
  On Debian: apt-get install$ov_missing
  (./bootstrap run installs all of them)])])
])

AC_DEFUN([AX_OV_FLAGS], [
  AC_ARG_ENABLE([sanitizers],
    [AS_HELP_STRING([--enable-sanitizers], [build with AddressSanitizer and UBSan])],
    [], [enable_sanitizers=no])
  AC_ARG_ENABLE([fuzzing],
    [AS_HELP_STRING([--enable-fuzzing], [build the fuzz targets with libFuzzer (needs clang)])],
    [], [enable_fuzzing=no])
  AC_ARG_ENABLE([werror],
    [AS_HELP_STRING([--enable-werror], [warnings are errors (CI does so)])],
    [], [enable_werror=no])
  OV_CFLAGS="-std=gnu11 -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wconversion -Wformat=2 -Wno-format-nonliteral -Wpointer-arith -Wvla -fno-strict-aliasing -fstack-protector-strong"
  OV_LDFLAGS="-Wl,--as-needed"
  AS_IF([test "x$enable_werror" = xyes], [OV_CFLAGS="$OV_CFLAGS -Werror"])
  AS_IF([test "x$enable_sanitizers" = xyes],
    [OV_CFLAGS="$OV_CFLAGS -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer"
     OV_LDFLAGS="$OV_LDFLAGS -fsanitize=address,undefined"])
  AS_IF([test "x$enable_fuzzing" = xyes],
    [OV_CFLAGS="$OV_CFLAGS -fsanitize=fuzzer-no-link,address,undefined"
     OV_LDFLAGS="$OV_LDFLAGS -fsanitize=address,undefined"])
  AM_CONDITIONAL([ENABLE_SANITIZERS], [test "x$enable_sanitizers" = xyes])
  AM_CONDITIONAL([ENABLE_FUZZING], [test "x$enable_fuzzing" = xyes])
  AC_SUBST([OV_CFLAGS])
  AC_SUBST([OV_LDFLAGS])
])

AC_DEFUN([AX_OV_SUMMARY], [
  AS_ECHO(["
Overpass $VERSION
  prefix:      $prefix
  compiler:    $CC $CFLAGS
  sanitizers:  $enable_sanitizers
  fuzzing:     $enable_fuzzing
  warnings are errors: $enable_werror
  found:$ov_summary

Next: make, then make check, then make install"])
])
