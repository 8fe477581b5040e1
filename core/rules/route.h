/* route.h: the ways that lead a learner from what is held to graduation.
 * DOMAIN.md 5, 6 and 10 ("overpass"). Pure; amounts in hundredths of a credit.
 *
 * A way is a set of steps: sources that are held are claimed, certificates are
 * earned and claimed, open courses are taken, courses of the curriculum are
 * studied. What sources are worth is what credit_calculate() gives for one
 * claim with all of them, in the order of the steps, so caps, ceilings, NM and
 * OA rules and "one source once" hold; whether it is enough is what
 * graduation_check() says. Of all such sets the best is searched for, by three
 * aims. The search is exact; where the number of certificates to choose from
 * is too large it stops at a bound and says so.
 *
 * A certificate to be earned stands for the least level and mark that its rule
 * asks for, issued on the day asked about. Whatever is held counts as if its
 * evidence had been verified. */
#ifndef OV_RULES_ROUTE_H
#define OV_RULES_ROUTE_H

#include "core/rules/credit.h"
#include "core/rules/graduation.h"

/* A certificate that could be earned. */
struct route_type {
	const char *code, *name;
	enum cert_category category;
};

/* A certificate that has paid in this programme already: it isn't earned again. */
struct route_past {
	const char *code;
	int64_t level;
};

struct route_input {
	/* Rules, curriculum, caps and what was transferred so far; its lines are
	 * the sources that are held and have not paid in this programme. */
	struct credit_input credit;
	const bool *waiting;  /* by line: it is in an open claim already; NULL: none is */
	const bool *proving;  /* by line: once verified it serves as the certificate of
			       * the two-certificates rule; NULL: none does */
	const bool *required; /* by course: compulsory, preferred among equals; may be NULL */
	/* The check as it stands; its modules are those of the curriculum, and its
	 * counted_centi is given. */
	struct grad_input graduation;
	const struct route_type *types;
	size_t type_count;
	const struct route_past *past;
	size_t past_count;
	int64_t node_max; /* bound of the search; 0: ROUTE_NODES */
	bool (*stopped)(void *context); /* asked now and then; NULL: never */
	void *context;
};

/* The bound of one aim: so many sets of sources, fewer where the courses make the
 * reckoning of one dear (ROUTE_WORK cells of its tables in all). */
enum { ROUTE_NODES = 20000, ROUTE_LEAST = 200, ROUTE_WORK = 40000000, ROUTE_CHOICES = 40 };

enum route_step_kind {
	ROUTE_WAIT,  /* a source in an open claim: nothing to do */
	ROUTE_CLAIM, /* claim a source that is held */
	ROUTE_EARN,  /* earn the certificate, then claim it */
	ROUTE_OPEN,  /* take open courses of so many hours, then claim them */
	ROUTE_STUDY, /* pass a course of the curriculum */
	ROUTE_PROVE  /* a certificate only for the two-certificates rule */
};

struct route_step {
	enum route_step_kind kind;
	const struct credit_line *line; /* WAIT, CLAIM: of the input; PROVE: or NULL */
	const char *code;               /* of the source or the course */
	const char *name;               /* of the certificate type, else NULL */
	const struct credit_rule *rule; /* NULL: STUDY, PROVE */
	const char *module;             /* STUDY, or where a rule pays into */
	const char *targets;            /* courses it pays, "C302 C203"; or "" */
	int64_t level, mark;            /* EARN: the least that the rule asks for */
	int64_t hours;                  /* OPEN */
	int64_t credit_centi;           /* what it brings within this way */
};

enum route_aim {
	ROUTE_BY_HELD,  /* fewest steps with what is held, no new certificate */
	ROUTE_BY_STEPS, /* fewest steps of any kind */
	ROUTE_BY_STUDY, /* fewest credits to study, as much as possible recognised */
	ROUTE_AIMS
};

struct route_way {
	enum route_aim aim;
	struct route_step *steps;
	size_t count;
	int64_t step_count;        /* steps without those that only wait */
	int64_t new_count;         /* of them, certificates and open courses to earn */
	int64_t study_centi;       /* credits to study: courses and open courses */
	int64_t transferred_centi; /* credits to be recognised */
	int64_t unmet_centi;       /* sum of the shortfalls that stay, 0: graduation is reached */
	bool proved;               /* the two-certificates rule is met */
	bool exact;                /* false: the search stopped at its bound */
};

/* What one source alone would be worth now. */
struct route_source {
	const struct credit_line *line;
	const struct credit_rule *rule; /* NULL: none applies */
	enum reason code;
	int64_t granted_centi;
	const char *targets; /* courses or module, "" when none */
};

struct route_result {
	struct route_source *sources; /* by line of the input */
	struct grad_result now;       /* what is missing as it stands */
	struct grad_result then;      /* when everything that is held has been granted */
	struct credit_result held;    /* the claim of everything that is held */
	struct grad_module *modules;  /* `then`: counted credits by module of the check */
	int64_t then_centi;           /* and in all */
	struct route_way ways[ROUTE_AIMS];
	size_t way_count;             /* without a way equal to one before */
	bool stopped;
};

/* Fills RESULT, in ARENA. Can't fail; `stopped` when it was told to stop. */
void route_find(const struct route_input *input, struct arena *arena,
		struct route_result *result);

#endif
