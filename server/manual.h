/* manual.h: overpassd(8), printed from the tables of settings and routes. */
#ifndef OV_SERVER_MANUAL_H
#define OV_SERVER_MANUAL_H

/* roff on standard output. */
void manual_print(void);

#endif
