/* tui.h: the terminal application for whoever starts it (cli/main.c), and what
 * `overpass doctor` asks of a terminal. */
#ifndef OV_TUI_TUI_H
#define OV_TUI_TUI_H

#include "tui/app.h"
#include "tui/term_probe.h"
#include "tui/views/views.h"

#endif
