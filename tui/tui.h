/* tui.h: the terminal application for whoever starts it (cli/main.c). */
#ifndef OV_TUI_TUI_H
#define OV_TUI_TUI_H

#include "tui/app.h"
#include "tui/views/views.h"

#endif
