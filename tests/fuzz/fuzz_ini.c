/* fuzz_ini.c: any bytes as an INI file. */
#include "core/config/ini.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = ERROR_INIT;
	struct ini ini;
	int rc = ini_parse((const char *)data, size, "fuzz.ini", &ini, &err);

	PROMISE((rc == 0) == (err.code == 0));
	PROMISE(rc == 0 || (err.reason && !ini.count));
	for (size_t i = 0; i < ini.count; i++) {
		const struct ini_entry *entry = &ini.entries[i];

		PROMISE(*entry->key && !strchr(entry->key, '\n'));
		PROMISE(entry->line > 0);
		PROMISE(i == 0 || entry->line > ini.entries[i - 1].line);
		/* a:b in section c and b in section c:a are one name to iniparser */
		PROMISE(ini_get(&ini, entry->section, entry->key) != NULL);
		PROMISE(ini_has_section(&ini, entry->section));
	}
	ini_release(&ini);
	return 0;
}
