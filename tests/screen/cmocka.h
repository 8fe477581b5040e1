/* cmocka.h: cmocka with what it forgets to include. */
#ifndef OV_TESTS_SCREEN_CMOCKA_H
#define OV_TESTS_SCREEN_CMOCKA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
