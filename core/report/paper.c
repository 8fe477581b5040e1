/* The only file that includes pango and cairo. They bring some twenty libraries
 * along, so they are opened with the first PDF and not with the program. */
#include "core/report/paper.h"

#include <cairo-pdf.h>
#include <dlfcn.h>
#include <pango/pangocairo.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/civil.h"
#include "core/model/reason.h"

/* Chinese first. Latin letters and digits come from the same design, but from
 * another member of its family: cairo 1.16 puts all subroutines of a CFF face
 * into the file as soon as it misreads one (the pair "IL" is enough), which is
 * 14 KB for the Latin part and 800 KB for the Chinese. */
#define FACE_SANS "Noto Sans CJK SC,Source Han Sans SC,WenQuanYi Zen Hei,sans-serif"
#define LATIN_SANS "Noto Sans CJK JP," FACE_SANS
#define LATIN_SERIF "Noto Serif CJK JP," FACE_SERIF
#define FACE_SERIF "Noto Serif CJK SC,Source Han Serif SC,Noto Sans CJK SC,WenQuanYi Zen Hei,serif"

static const double SHORT_SIDE = 595.276, LONG_SIDE = 841.890, RADIAN = 57.29577951308232;

#define PAPER_CALLS(X) \
	X(cairo_create) X(cairo_destroy) X(cairo_fill) X(cairo_line_to) X(cairo_move_to) \
	X(cairo_pdf_surface_create_for_stream) X(cairo_pdf_surface_set_metadata) \
	X(cairo_rectangle) X(cairo_restore) X(cairo_rotate) X(cairo_save) X(cairo_set_dash) \
	X(cairo_set_line_width) X(cairo_set_source_rgb) X(cairo_show_page) X(cairo_stroke) \
	X(cairo_surface_destroy) X(cairo_surface_finish) X(cairo_surface_status) \
	X(cairo_status_to_string) X(cairo_translate) X(g_object_unref) \
	X(pango_attr_family_new) X(pango_attr_list_insert) X(pango_attr_list_new) \
	X(pango_attr_list_unref) X(pango_layout_set_attributes) X(pango_cairo_layout_path) \
	X(pango_cairo_create_context) X(pango_cairo_show_layout) \
	X(pango_context_load_fontset) X(pango_font_description_free) \
	X(pango_font_description_new) X(pango_font_description_set_absolute_size) \
	X(pango_font_description_set_family) X(pango_font_description_set_weight) \
	X(pango_font_has_char) X(pango_fontset_get_font) X(pango_language_from_string) \
	X(pango_context_set_language) \
	X(pango_layout_get_unknown_glyphs_count) X(pango_layout_new) \
	X(pango_layout_set_alignment) X(pango_layout_set_font_description) \
	X(pango_layout_set_text) X(pango_layout_set_width) X(pango_layout_set_wrap) \
	X(pango_layout_get_size) X(pango_layout_set_auto_dir)

static struct {
#define MEMBER(name) __typeof__(&name) name;
	PAPER_CALLS(MEMBER)
#undef MEMBER
	char missing[80]; /* what could not be loaded; "" when all is there */
} lib;

static pthread_once_t lib_once = PTHREAD_ONCE_INIT;

static void lib_load(void)
{
	static const char name[] = "libpangocairo-1.0.so.0";
	void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);

	if (!library) {
		snprintf(lib.missing, sizeof lib.missing, "%s", name);
		return;
	}
	/* A handle gives the symbols of what its library needs as well. */
#define LOAD(name) \
	lib.name = (__typeof__(&name))dlsym(library, #name); \
	if (!lib.name) \
		snprintf(lib.missing, sizeof lib.missing, "%s", #name);
	PAPER_CALLS(LOAD)
#undef LOAD
}

enum { FACES = 4, MISSING_MAX = 16 };

struct paper {
	const struct doc_sink *sink;
	struct error error; /* of the sink, the first */
	cairo_surface_t *surface;
	cairo_t *cairo;
	PangoContext *context;
	PangoLayout *layout;
	PangoFontDescription *faces[FACES]; /* bit 0 bold, bit 1 serif */
	bool across;
	uint32_t missing[MISSING_MAX];
	size_t missing_count;
	char missing_text[MISSING_MAX * 9 + 1];
};

static cairo_status_t sink_write(void *context, const unsigned char *bytes, unsigned len)
{
	struct paper *paper = context;

	if (!paper->sink || paper->error.code)
		return CAIRO_STATUS_SUCCESS;
	return paper->sink->write(paper->sink->context, bytes, len, &paper->error) ?
	       CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static PangoFontDescription *face_set(struct paper *paper, const struct paper_style *style)
{
	PangoFontDescription *face = paper->faces[style->bold | style->serif << 1];

	lib.pango_font_description_set_absolute_size(face, style->size * PANGO_SCALE);
	return face;
}

static bool has_sign(struct paper *paper, PangoFontDescription *face, uint32_t cp)
{
	PangoFontset *set = lib.pango_context_load_fontset(paper->context, face,
		lib.pango_language_from_string("zh-cn"));
	PangoFont *font = set ? lib.pango_fontset_get_font(set, cp) : NULL;
	bool has = font && lib.pango_font_has_char(font, cp);

	if (font)
		lib.g_object_unref(font);
	if (set)
		lib.g_object_unref(set);
	return has;
}

static void faces_make(struct paper *paper)
{
	for (int i = 0; i < FACES; i++) {
		paper->faces[i] = lib.pango_font_description_new();
		lib.pango_font_description_set_family(paper->faces[i],
						      i & 2 ? FACE_SERIF : FACE_SANS);
		lib.pango_font_description_set_weight(paper->faces[i], i & 1 ? PANGO_WEIGHT_BOLD :
						      PANGO_WEIGHT_NORMAL);
		lib.pango_font_description_set_absolute_size(paper->faces[i], 10 * PANGO_SCALE);
	}
}

/* Characters of every document: heads, names, credits. */
static bool faces_speak_chinese(struct paper *paper)
{
	static const uint32_t needed[] = { 0x5b66, 0x5206, 0x8bc1, 0x7f6e, 'A', '0' };

	for (int i = 0; i < FACES; i++)
		for (size_t k = 0; k < sizeof needed / sizeof needed[0]; k++)
			if (!has_sign(paper, paper->faces[i], needed[k]))
				return false;
	return true;
}

static void paper_free(struct paper *paper)
{
	if (paper->layout)
		lib.g_object_unref(paper->layout);
	if (paper->context)
		lib.g_object_unref(paper->context);
	for (int i = 0; i < FACES; i++)
		if (paper->faces[i])
			lib.pango_font_description_free(paper->faces[i]);
	if (paper->cairo)
		lib.cairo_destroy(paper->cairo);
	if (paper->surface)
		lib.cairo_surface_destroy(paper->surface);
	free(paper);
}

int paper_open(bool across, const char *title, int64_t created, const struct doc_sink *sink,
	       struct paper **out, struct error *err)
{
	struct paper *paper;
	char at[INSTANT_TEXT];

	*out = NULL;
	pthread_once(&lib_once, lib_load);
	if (*lib.missing)
		return error_reason(err, REASON_REPORT_PDF, "library", lib.missing, NULL);
	paper = mem_alloc(sizeof *paper);
	paper->sink = sink;
	paper->across = across;
	paper->surface = lib.cairo_pdf_surface_create_for_stream(sink_write, paper,
		paper_width(paper), paper_height(paper));
	/* Without a day of its own the file would have that of the machine's clock. */
	lib.cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_CREATE_DATE,
					   instant_format(created, at));
	lib.cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_TITLE, title);
	lib.cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_CREATOR, "Overpass");
	paper->cairo = lib.cairo_create(paper->surface);
	paper->context = lib.pango_cairo_create_context(paper->cairo);
	lib.pango_context_set_language(paper->context, lib.pango_language_from_string("zh-cn"));
	faces_make(paper);
	if (!faces_speak_chinese(paper)) {
		paper_free(paper);
		return error_reason(err, REASON_REPORT_FONT, NULL);
	}
	paper->layout = lib.pango_layout_new(paper->context);
	/* Names and numbers stand where the form has them, in any script. */
	lib.pango_layout_set_auto_dir(paper->layout, FALSE);
	lib.pango_layout_set_wrap(paper->layout, PANGO_WRAP_WORD_CHAR);
	*out = paper;
	return 0;
}

int paper_close(struct paper *paper, struct error *err)
{
	cairo_status_t status;
	int rc = 0;

	lib.cairo_surface_finish(paper->surface);
	status = lib.cairo_surface_status(paper->surface);
	if (paper->error.code) {
		*err = paper->error;
		rc = err->code;
	} else if (status != CAIRO_STATUS_SUCCESS) {
		rc = error_reason(err, REASON_REPORT_PDF, "library",
				  lib.cairo_status_to_string(status), NULL);
	}
	paper_free(paper);
	return rc;
}

double paper_width(const struct paper *paper)
{
	return paper->across ? LONG_SIDE : SHORT_SIDE;
}

double paper_height(const struct paper *paper)
{
	return paper->across ? SHORT_SIDE : LONG_SIDE;
}

void paper_next(struct paper *paper)
{
	if (paper->sink)
		lib.cairo_show_page(paper->cairo);
}

static void ink(struct paper *paper, enum paper_ink which)
{
	static const double rgb[][3] = {
		[INK_BLACK] = { 0.08, 0.09, 0.11 }, [INK_GREY] = { 0.38, 0.41, 0.45 },
		[INK_ACCENT] = { 0.10, 0.27, 0.47 }, [INK_PALE] = { 0.937, 0.949, 0.965 },
		[INK_LINE] = { 0.80, 0.83, 0.87 }, [INK_WATERMARK] = { 0.935, 0.935, 0.945 },
	};

	lib.cairo_set_source_rgb(paper->cairo, rgb[which][0], rgb[which][1], rgb[which][2]);
}

/* --- text --- */

static void missing_add(struct paper *paper, uint32_t cp)
{
	for (size_t i = 0; i < paper->missing_count; i++)
		if (paper->missing[i] == cp)
			return;
	if (paper->missing_count < MISSING_MAX)
		paper->missing[paper->missing_count++] = cp;
}

/* The printers' sign for a type they don't have, in place of an empty box. */
static char *with_geta(struct paper *paper, PangoFontDescription *face, const char *text)
{
	enum { GETA = 0x3013 };
	struct buf out = BUF_INIT;
	char *copy;
	size_t len;
	uint32_t cp;

	for (; *text; text += len) {
		len = utf8_decode(text, strlen(text), &cp);
		if (cp >= 0x80 && text_cp_width(cp) > 0 && !has_sign(paper, face, cp)) {
			missing_add(paper, cp);
			cp = GETA;
		}
		utf8_add(&out, cp);
	}
	copy = mem_strdup(buf_cstr(&out));
	buf_release(&out);
	return copy;
}

/* Runs of ASCII are set in the Latin face. */
static void faces_mark(struct paper *paper, const char *text, bool serif)
{
	PangoAttrList *list = lib.pango_attr_list_new();
	size_t at = 0, from;

	while (text[at]) {
		PangoAttribute *face;

		while (text[at] && (unsigned char)text[at] >= 0x80)
			at++;
		from = at;
		while (text[at] && (unsigned char)text[at] < 0x80)
			at++;
		if (at == from)
			continue;
		face = lib.pango_attr_family_new(serif ? LATIN_SERIF : LATIN_SANS);
		face->start_index = (guint)from;
		face->end_index = (guint)at;
		lib.pango_attr_list_insert(list, face);
	}
	lib.pango_layout_set_attributes(paper->layout, list);
	lib.pango_attr_list_unref(list);
}

static void text_set(struct paper *paper, const char *text, bool serif)
{
	lib.pango_layout_set_text(paper->layout, text, -1);
	faces_mark(paper, text, serif);
}

static void layout_fill(struct paper *paper, const char *text, double width,
			const struct paper_style *style)
{
	static const PangoAlignment aligns[] = {
		[TEXT_LEFT] = PANGO_ALIGN_LEFT, [TEXT_RIGHT] = PANGO_ALIGN_RIGHT,
		[TEXT_CENTRE] = PANGO_ALIGN_CENTER,
	};
	PangoFontDescription *face = face_set(paper, style);
	char *mended;

	lib.pango_layout_set_font_description(paper->layout, face);
	lib.pango_layout_set_width(paper->layout, (int)(width * PANGO_SCALE));
	lib.pango_layout_set_alignment(paper->layout, aligns[style->align]);
	text_set(paper, text, style->serif);
	if (lib.pango_layout_get_unknown_glyphs_count(paper->layout) == 0)
		return;
	mended = with_geta(paper, face, text);
	text_set(paper, mended, style->serif);
	free(mended);
}

/* No text of one line is wider than this: letters by their kind, in parts of
 * the type's size. */
static double width_most(const char *text, double size)
{
	double sum = 0;

	for (const unsigned char *c = (const unsigned char *)text; *c; c++)
		if (*c >= 0xc0)
			sum += 1.05; /* a character beyond ASCII */
		else if (*c < 0x80)
			sum += (*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z' && *c != 'm' &&
			       *c != 'w') || strchr(" .,:-()", *c) ? 0.64 : 1.0;
	return sum * size;
}

static double one_line(const struct paper_style *style)
{
	return style->size * 1.45;
}

double paper_text_height(struct paper *paper, const char *text, double width,
			 const struct paper_style *style)
{
	int height;

	if (width_most(text, style->size) <= width)
		return one_line(style);
	layout_fill(paper, text, width, style);
	lib.pango_layout_get_size(paper->layout, NULL, &height);
	return (double)height / PANGO_SCALE;
}

void paper_text(struct paper *paper, double x, double y, double width, const char *text,
		const struct paper_style *style)
{
	if (!paper->sink || !*text)
		return;
	layout_fill(paper, text, width, style);
	ink(paper, style->ink);
	lib.cairo_move_to(paper->cairo, x, y);
	lib.pango_cairo_show_layout(paper->cairo, paper->layout);
}

/* --- lines --- */

void paper_rule(struct paper *paper, double x, double y, double to_x, double to_y, double width,
		enum paper_ink which)
{
	if (!paper->sink)
		return;
	ink(paper, which);
	lib.cairo_set_line_width(paper->cairo, width);
	lib.cairo_move_to(paper->cairo, x, y);
	lib.cairo_line_to(paper->cairo, to_x, to_y);
	lib.cairo_stroke(paper->cairo);
}

void paper_dashes(struct paper *paper, double x, double y, double to_x)
{
	static const double dash[] = { 4, 3 };

	if (!paper->sink)
		return;
	lib.cairo_set_dash(paper->cairo, dash, 2, 0);
	paper_rule(paper, x, y, to_x, y, 0.6, INK_GREY);
	lib.cairo_set_dash(paper->cairo, NULL, 0, 0);
}

void paper_fill(struct paper *paper, double x, double y, double width, double height,
		enum paper_ink which)
{
	if (!paper->sink)
		return;
	ink(paper, which);
	lib.cairo_rectangle(paper->cairo, x, y, width, height);
	lib.cairo_fill(paper->cairo);
}

/* Drawn as shapes, not as text: whoever reads or copies the words of the sheet
 * doesn't find the watermark between them. */
void paper_watermark(struct paper *paper, const char *text)
{
	static const struct paper_style style = { .size = 26, .ink = INK_WATERMARK,
						  .align = TEXT_CENTRE };
	const double angle = -28 / RADIAN, wide = 640;

	if (!paper->sink)
		return;
	layout_fill(paper, text, wide, &style);
	ink(paper, INK_WATERMARK);
	for (int part = 1; part <= 2; part++) {
		lib.cairo_save(paper->cairo);
		lib.cairo_translate(paper->cairo, paper_width(paper) / 2,
				    paper_height(paper) * (part == 1 ? 0.34 : 0.74));
		lib.cairo_rotate(paper->cairo, angle);
		lib.cairo_move_to(paper->cairo, -wide / 2, -style.size);
		lib.pango_cairo_layout_path(paper->cairo, paper->layout);
		lib.cairo_fill(paper->cairo);
		lib.cairo_restore(paper->cairo);
	}
}

const char *paper_missing(const struct paper *paper)
{
	struct paper *mine = (struct paper *)paper;
	size_t len = 0;

	mine->missing_text[0] = '\0';
	for (size_t i = 0; i < paper->missing_count; i++)
		len += (size_t)snprintf(mine->missing_text + len, sizeof paper->missing_text - len,
					i ? " U+%04X" : "U+%04X", paper->missing[i]);
	return paper->missing_text;
}
