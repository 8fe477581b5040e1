/* paths.h: where files are. Texts are in the arena and absolute.
 *
 * The user's own: XDG Base Directory Specification; a relative value in the
 * environment is ignored, as it says. The program's (migrations, maps,
 * institutions, keys, themes, translations):
 *   1. $OVERPASS_DATADIR, if it is set, and nothing else;
 *   2. the source tree, when the program runs from a build folder: a file
 *      .srcdir beside it or in a folder above it holds the path;
 *   3. ../share/overpass beside the folder of the program;
 *   4. the folder configure was given. */
#ifndef OV_CONFIG_PATHS_H
#define OV_CONFIG_PATHS_H

#include "core/base/arena.h"
#include "core/base/error.h"

char *path_join(struct arena *arena, const char *folder, const char *name);

char *path_data_home(struct arena *arena);   /* …/overpass: the database */
char *path_config_home(struct arena *arena); /* …/overpass: overpass.ini, themes */
char *path_state_home(struct arena *arena);  /* …/overpass: drafts, log */
char *path_system_config(struct arena *arena); /* /etc/overpass/overpass.ini */

/* The folder that holds data/ and themes/. */
char *path_program_data(struct arena *arena);
/* A file or folder of it ("data/maps/oulad.ini"); NULL with DATA_MISSING
 * (OV_ESTORAGE) in ERR when it is not there. */
char *path_program_file(struct arena *arena, const char *name, struct error *err);
/* For bindtextdomain(). */
char *path_locale(struct arena *arena);

/* Makes a folder and those above it (mode 0700). 0, or OV_ESTORAGE. */
int path_make_folder(const char *path, struct error *err);

#endif
