#include "core/config/paths.h"

#include "core/model/reason.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *path_join(struct arena *arena, const char *folder, const char *name)
{
	size_t len = strlen(folder);

	while (len > 1 && folder[len - 1] == '/')
		len--;
	return arena_printf(arena, "%.*s%s%s", (int)len, folder,
			    len == 1 && *folder == '/' ? "" : "/", name);
}

static const char *home(void)
{
	const char *env = getenv("HOME");
	const struct passwd *user;

	if (env && *env == '/')
		return env;
	user = getpwuid(getuid()); /* start-up only, one thread */
	return user && user->pw_dir && *user->pw_dir == '/' ? user->pw_dir : "/";
}

static char *xdg(struct arena *arena, const char *variable, const char *otherwise)
{
	const char *env = getenv(variable);

	if (env && *env == '/')
		return path_join(arena, env, "overpass");
	return path_join(arena, path_join(arena, home(), otherwise), "overpass");
}

char *path_data_home(struct arena *arena)
{
	return xdg(arena, "XDG_DATA_HOME", ".local/share");
}

char *path_config_home(struct arena *arena)
{
	return xdg(arena, "XDG_CONFIG_HOME", ".config");
}

char *path_state_home(struct arena *arena)
{
	return xdg(arena, "XDG_STATE_HOME", ".local/state");
}

char *path_system_config(struct arena *arena)
{
	return arena_strdup(arena, OV_SYSCONFDIR "/overpass/overpass.ini");
}

static char *program_folder(struct arena *arena)
{
	char exe[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);
	char *slash;

	if (len <= 0)
		return NULL;
	exe[len] = '\0';
	slash = strrchr(exe, '/');
	if (!slash || slash == exe)
		return NULL;
	*slash = '\0';
	return arena_strdup(arena, exe);
}

/* The build folder the program runs in, NULL when it is installed; *source
 * gets the source tree. The search goes up three folders, as far as any test
 * program lies below the build folder. */
static char *build_folder(struct arena *arena, char **source)
{
	char *folder = program_folder(arena);

	for (int up = 0; folder && up < 4; up++) {
		FILE *file = fopen(path_join(arena, folder, ".srcdir"), "re");
		char line[PATH_MAX];
		char *slash;

		if (file) {
			bool good = fgets(line, sizeof line, file) && *line == '/';

			fclose(file);
			if (good) {
				line[strcspn(line, "\n")] = '\0';
				*source = arena_strdup(arena, line);
				return folder;
			}
		}
		slash = strrchr(folder, '/');
		if (!slash || slash == folder)
			return NULL;
		*slash = '\0';
	}
	return NULL;
}

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

char *path_program_data(struct arena *arena)
{
	const char *env = getenv("OVERPASS_DATADIR");
	char *source, *folder;

	if (env && *env)
		return arena_strdup(arena, env);
	if (build_folder(arena, &source) && is_folder(path_join(arena, source, "data")))
		return source;
	folder = program_folder(arena);
	if (folder) {
		folder = path_join(arena, folder, "../share/overpass");
		if (is_folder(path_join(arena, folder, "data")))
			return folder;
	}
	return arena_strdup(arena, OV_PKGDATADIR);
}

char *path_program_file(struct arena *arena, const char *name, struct error *err)
{
	char *path = path_join(arena, path_program_data(arena), name);

	if (access(path, R_OK) == 0)
		return path;
	error_reason(err, REASON_DATA_MISSING, "file", path, NULL);
	return NULL;
}

char *path_locale(struct arena *arena)
{
	char *source, *folder = build_folder(arena, &source);

	if (folder) {
		folder = path_join(arena, folder, "locale");
		if (is_folder(folder))
			return folder;
	}
	folder = program_folder(arena);
	if (folder) {
		folder = path_join(arena, folder, "../share/locale");
		if (is_folder(folder))
			return folder;
	}
	return arena_strdup(arena, OV_LOCALEDIR);
}

int path_make_folder(const char *path, struct error *err)
{
	char copy[PATH_MAX];
	size_t len = strlen(path);

	if (!len || len >= sizeof copy)
		return error_reason(err, REASON_FILE_WRITE, "file", path, "why",
				    strerror(ENAMETOOLONG), NULL);
	memcpy(copy, path, len + 1);
	for (size_t i = 1; i <= len; i++) {
		if (copy[i] != '/' && copy[i])
			continue;
		copy[i] = '\0';
		if (mkdir(copy, 0700) && errno != EEXIST)
			return error_reason(err, REASON_FILE_WRITE, "file", copy, "why",
					    strerror(errno), NULL);
		copy[i] = i < len ? '/' : '\0';
	}
	if (!is_folder(path))
		return error_reason(err, REASON_FILE_WRITE, "file", path, "why",
				    strerror(ENOTDIR), NULL);
	return 0;
}
