/* application.h: `overpass` without a noun. */
#ifndef OV_CLI_APPLICATION_H
#define OV_CLI_APPLICATION_H

#include "cli/cli.h"

/* Opens the terminal application on the call's store; answers when it ends. */
int application_run(struct cli *cli);

#endif
