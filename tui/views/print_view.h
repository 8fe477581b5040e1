/* print_view.h: the form that writes a document about a thing to a file: which
 * one, in which form, where. The documents offered are those of the table
 * (core/report/report_list.h) about things of that kind that the person may
 * have. Records are read and the file is written by the worker; Esc stops it. */
#ifndef OV_TUI_VIEWS_PRINT_VIEW_H
#define OV_TUI_VIEWS_PRINT_VIEW_H

#include "core/model/kind.h"
#include "tui/view.h"

/* ABOUT is KIND_STUDENT, KIND_CREDIT_CLAIM or KIND_COHORT; KEY is its public
 * number. Says so when the person may print nothing of it. */
void print_open(struct view *opener, enum kind about, const char *key);
/* By one key, without a form: the last document of the table that can be made
 * of it, as a PDF in the home folder. A copy gets a number behind its name. */
void print_at_once(struct view *opener, enum kind about, const char *key);

#endif
