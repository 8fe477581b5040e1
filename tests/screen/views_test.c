/* The panes on terminals of three sizes in two languages, without colour and in
 * two themes, against golden files: see harness.h. tests/screen/to_svg makes
 * pictures of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/screen/cmocka.h"
#include "tests/screen/fake_store.h"
#include "tests/screen/harness.h"
#include "tui/views/views.h"

struct shape {
	int rows, cols;
	const char *language;
	const char *theme; /* NULL: mono */
};

static const struct shape shapes[] = {
	{ 24, 80, "en", NULL }, { 24, 80, "zh_CN", NULL }, { 40, 120, "en", NULL },
	{ 40, 120, "zh_CN", NULL }, { 50, 200, "en", NULL }, { 50, 200, "zh_CN", NULL },
	{ 24, 80, "en", "night" }, { 24, 80, "zh_CN", "day" },
	{ 40, 120, "en", "day" }, { 40, 120, "zh_CN", "night" },
	{ 50, 200, "en", "night" }, { 50, 200, "zh_CN", "day" },
};

/* What is done, and what the screen is called then; NULL keys: the next step
 * of the same run. `type` is typed before the keys. */
struct scene {
	const char *name, *login, *type, *keys;
};

static const struct scene scenes[] = {
	{ "login", NULL, NULL, "" },
	{ "lookup-empty", "front_desk.1", NULL, "" },
	{ "lookup", "front_desk.1", "wxm", "" },
	{ "lookup-narrowed", "front_desk.1", "wxm 焊装", "" },
	{ "lookup-nobody", "front_desk.1", "zzz", "" },
	{ "card", "front_desk.1", "wxm", "Enter" },
	{ "card-credits", "front_desk.1", "wxm", "Enter c" },
	{ "card-week", "front_desk.1", "wxm", "Enter s" },
	{ "cohorts", "scheduler.1", NULL, "F3" },
	{ "week", "scheduler.1", NULL, "F3 Enter Down Left Left Left" },
	{ "week-room", "scheduler.1", NULL, "F3 Enter Down Left Left Left Left Left v" },
	{ "week-teacher", "scheduler.1", NULL, "F3 Enter Down Left Left Left Left Left v v" },
	{ "wishes", "scheduler.1", NULL, "F3 Enter Down Left Left Left Left Left v v w Down" },
	{ "wish-withdraw", "scheduler.1", NULL, "F3 Enter Down Left Left Left Left Left v v w x" },
	{ "wish-add", "scheduler.1", NULL, "F3 Enter Down Left Left Left Left Left v v w a" },
	{ "week-member", "scheduler.1", NULL, "F3 Down Enter Tab v" },
	{ "card-grid", "scheduler.1", "wxm", "Enter W" },
	{ "feed", "scheduler.1", "wxm", "Enter f C-s" },
	{ "feed-form", "scheduler.1", NULL, "F3 Enter f" },
	{ "week-place", "scheduler.1", NULL, "F3 Enter Down Left Left Left Left Left m Down Right Right" },
	{ "week-place-proposal", "scheduler.1", NULL, "F3 Enter Down Left Left Left Left Left m 2" },
	{ "week-publish", "scheduler.1", NULL, "F3 Enter P" },
	{ "roll", "scheduler.1", NULL, "F3 Enter t" },
	{ "roll-called", "scheduler.1", NULL, "F3 Enter t p l =" },
	{ "roll-makeup", "scheduler.1", NULL, "F3 Enter t m" },
	{ "load", "scheduler.1", NULL, "F3 o" },
	{ "plans", "scheduler.1", NULL, "F3 D" },
	{ "plans-start", "scheduler.1", NULL, "F3 D n" },
	{ "plans-nothing", "scheduler.1", NULL, "F3 D n C-s" },
	{ "plans-compare", "scheduler.1", NULL, "F3 D Space c" },
	{ "plan", "scheduler.1", NULL, "F3 D Enter" },
	{ "plan-publish", "scheduler.1", NULL, "F3 D Enter P" },
	{ "week-members", "scheduler.1", NULL, "F3 Enter Tab" },
	{ "claims", "reviewer1.1", NULL, "F4 Down" },
	{ "claims-marked", "reviewer1.1", NULL, "F4 Space Space" },
	{ "claims-queues", "reviewer1.1", NULL, "F4 f" },
	{ "claim", "reviewer1.1", NULL, "F4 Enter" },
	{ "claim-end", "reviewer1.1", NULL, "F4 Enter End" },
	{ "claim-pass", "reviewer1.1", NULL, "F4 a" },
	{ "claim-return", "reviewer1.1", NULL, "F4 r" },
	{ "claim-return-why", "reviewer1.1", NULL, "F4 r 2" },
	{ "claim-steps", "reviewer1.1", NULL, "F4 t" },
	{ "claim-evidence", "verifier.1", NULL, "F4 e" },
	{ "claim-evidence-why", "verifier.1", NULL, "F4 e Down v" },
	{ "claim-evidence-file", "verifier.1", NULL, "F4 e Down v 1 Enter" },
	{ "claim-evidence-save", "verifier.1", NULL, "F4 e Down v 1 Enter s" },
	{ "claim-rules", "reviewer1.1", NULL, "F4 w" },
	{ "claim-rule", "reviewer1.1", NULL, "F4 w Enter" },
	{ "claims-batch", "reviewer1.1", NULL, "F4 * a" },
	{ "claims-batch-done", "reviewer1.1", NULL, "F4 * a Enter" },
	{ "route", "reviewer1.1", NULL, "F4 O" },
	{ "route-if", "reviewer1.1", NULL, "F4 O i T - M A I N T Space 3 Enter" },
	{ "route-way", "reviewer1.1", NULL, "F4 O 2" },
	{ "notice", "ledger_keeper.1", NULL, "F4 N" },
	{ "graduation", "registrar.1", NULL, "F3 d" },
	{ "account", "reviewer1.1", NULL, "F4 c" },
	{ "account-transfer", "reviewer1.1", NULL, "F4 c f f y" },
	{ "account-bars", "reviewer1.1", NULL, "F4 c 2" },
	{ "ledger", "reviewer1.1", NULL, "F4 B" },
	{ "card-new-claim", "front_desk.1", "wxm", "Enter n Tab Right a" },
	{ "find", "scheduler.1", NULL, "F3 C-s q x" },
	{ "find-none", "reviewer1.1", NULL, "F4 C-s q x x" },
	{ "help", "front_desk.1", NULL, "F1" },
	{ "palette", "front_desk.1", NULL, "C-p a p p ." },
};

static void scene_run(const struct scene *scene, const struct shape *shape)
{
	struct fake_world world = { .searches = 0 };
	struct screen_options options = { .rows = shape->rows, .cols = shape->cols,
					  .language = shape->language, .views = &overpass_views,
					  .source = fake_source(&world), .login = scene->login,
					  .theme = shape->theme };
	struct screen *screen = screen_open(&options);
	char name[96];

	if (scene->type)
		screen_type(screen, scene->type);
	screen_keys(screen, scene->keys);
	snprintf(name, sizeof name, "%s-%dx%d-%s%s%s", scene->name, shape->cols, shape->rows,
		 shape->language, shape->theme ? "-" : "", shape->theme ? shape->theme : "");
	screen_golden(screen, name);
	screen_close(screen);
}

static void scenes_match(void **state)
{
	const struct shape *shape = *state;
	size_t i;

	for (i = 0; i < sizeof scenes / sizeof scenes[0]; i++)
		scene_run(&scenes[i], shape);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_prestate(scenes_match, (void *)&shapes[0]),
		cmocka_unit_test_prestate(scenes_match, (void *)&shapes[1]),
		cmocka_unit_test_prestate(scenes_match, (void *)&shapes[2]),
		cmocka_unit_test_prestate(scenes_match, (void *)&shapes[3]),
		cmocka_unit_test_prestate(scenes_match, (void *)&shapes[4]),
		cmocka_unit_test_prestate(scenes_match, (void *)&shapes[5]),
		cmocka_unit_test_prestate(scenes_match, (void *)&shapes[6]),
		cmocka_unit_test_prestate(scenes_match, (void *)&shapes[7]),
		cmocka_unit_test_prestate(scenes_match, (void *)&shapes[8]),
		cmocka_unit_test_prestate(scenes_match, (void *)&shapes[9]),
		cmocka_unit_test_prestate(scenes_match, (void *)&shapes[10]),
		cmocka_unit_test_prestate(scenes_match, (void *)&shapes[11]),
	};

	/* A name offered for a file begins with it. */
	setenv("HOME", "/home/desk", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
