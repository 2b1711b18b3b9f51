/* SPDX-License-Identifier: MPL-2.0 */
#include "pdf_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "pdf_reader.h"

enum { PAGES_MAX = 200, MCIDS_MAX = 2000, FONTS_MAX = 16, GLYPHS_MAX = 65536 };

/* A font as the page contents see it. */
struct font {
    int64_t object;
    int64_t widths[GLYPHS_MAX]; /* thousandths of the thousandth of the em, -1 where none is given */
    uint32_t unicode[GLYPHS_MAX];
    const unsigned char *program;
    size_t program_length;
};

struct check_run {
    struct pdf_read pdf;
    const struct pdf_value *catalog;
    int64_t pages[PAGES_MAX]; /* object numbers */
    size_t page_count;
    int64_t owners[PAGES_MAX][MCIDS_MAX]; /* the structure element that claims a piece of content, 0 for none */
    size_t mcid_counts[PAGES_MAX];
    struct font *fonts;
    size_t font_count;
    int heading_level;
    char broken[200];
};

#define BREAK(run, ...)                                                                                                \
    do {                                                                                                               \
        if ((run)->broken[0] == '\0')                                                                                  \
            snprintf((run)->broken, sizeof(run)->broken, __VA_ARGS__);                                                 \
    } while (0)

static bool has_text(const struct pdf_object *object, const char *text)
{
    return object->stream != NULL && memmem(object->stream, object->stream_length, text, strlen(text)) != NULL;
}

static unsigned u16(const unsigned char *s)
{
    return (unsigned)s[0] << 8 | s[1];
}

static uint32_t u32(const unsigned char *s)
{
    return (uint32_t)u16(s) << 16 | u16(s + 2);
}

/* ---- file, metadata, colour ---- */

static void check_file(struct check_run *run)
{
    const struct pdf_read *pdf = &run->pdf;
    if (pdf->length < 16 || memcmp(pdf->bytes, "%PDF-1.7\n%", 10) != 0)
        BREAK(run, "the header is not that of PDF 1.7 with a comment");
    for (size_t i = 10; i < 14; i++)
        if ((unsigned char)pdf->bytes[i] < 128)
            BREAK(run, "the comment behind the header has no four bytes above 127");
    const struct pdf_value *id = pdf_get(pdf, &pdf->trailer, "ID");
    if (id->kind != PDF_ARRAY || id->count != 2 || id->items[0].length != 16)
        BREAK(run, "the trailer has no identifier");
    if (pdf_get(pdf, &pdf->trailer, "Encrypt")->kind != PDF_NULL)
        BREAK(run, "the file is encrypted");
}

static void check_catalog(struct check_run *run)
{
    static const char *const forbidden[] = {"AA", "OpenAction", "AcroForm", "OCProperties", "Requirements", "Perms"};
    const struct pdf_value *language = pdf_get(&run->pdf, run->catalog, "Lang");
    if (language->kind != PDF_STRING || language->length < 2)
        BREAK(run, "the catalog names no language");
    if (pdf_get(&run->pdf, pdf_get(&run->pdf, run->catalog, "MarkInfo"), "Marked")->thousandths != 1)
        BREAK(run, "the file is not marked as tagged");
    if (pdf_get(&run->pdf, pdf_get(&run->pdf, run->catalog, "ViewerPreferences"), "DisplayDocTitle")->thousandths != 1)
        BREAK(run, "the title is not displayed");
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++)
        if (pdf_get(&run->pdf, run->catalog, forbidden[i])->kind != PDF_NULL)
            BREAK(run, "the catalog has a %s", forbidden[i]);
}

/* UTF-16BE of an information entry as UTF-8, written as in XML. */
static void info_text(char *into, size_t size, const struct pdf_value *string)
{
    size_t used = 0;
    into[0] = '\0';
    for (size_t i = 2; i + 1 < string->length && used + 8 < size; i += 2) {
        unsigned c = u16((const unsigned char *)string->text + i);
        const char *entity = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : NULL;
        if (entity != NULL)
            used += (size_t)snprintf(into + used, size - used, "%s", entity);
        else if (c < 0x80)
            into[used++] = (char)c;
        else if (c < 0x800) {
            into[used++] = (char)(0xC0 | c >> 6);
            into[used++] = (char)(0x80 | (c & 63));
        } else {
            into[used++] = (char)(0xE0 | c >> 12);
            into[used++] = (char)(0x80 | (c >> 6 & 63));
            into[used++] = (char)(0x80 | (c & 63));
        }
    }
    into[used] = '\0';
}

static void check_metadata(struct check_run *run)
{
    static const char *const needed[] = {
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
        "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>",
        "<pdfaProperty:name>part</pdfaProperty:name>",
        "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">",
        "<?xpacket end=\"w\"?>"};
    const struct pdf_object *xmp = pdf_object_of(&run->pdf, pdf_get_raw(run->catalog, "Metadata"));
    if (xmp->stream == NULL || !pdf_is_name(pdf_get(&run->pdf, &xmp->value, "Subtype"), "XML"))
        BREAK(run, "there is no metadata stream");
    if (pdf_get(&run->pdf, &xmp->value, "Filter")->kind != PDF_NULL)
        BREAK(run, "the metadata stream is filtered");
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (!has_text(xmp, needed[i]))
            BREAK(run, "the metadata lack %s", needed[i]);
    const struct pdf_value *info = pdf_get(&run->pdf, &run->pdf.trailer, "Info");
    const struct pdf_value *created = pdf_get(&run->pdf, info, "CreationDate");
    char title[600], date[80];
    info_text(title, sizeof title, pdf_get(&run->pdf, info, "Title"));
    if (title[0] == '\0' || !has_text(xmp, title))
        BREAK(run, "the title of the information dictionary is not that of the metadata");
    if (created->length < 10)
        BREAK(run, "there is no creation date");
    else {
        snprintf(date, sizeof date, "<xmp:CreateDate>%.4s-%.2s-%.2sT", created->text + 2, created->text + 6,
                 created->text + 8);
        if (!has_text(xmp, date))
            BREAK(run, "the creation date of the information dictionary is not that of the metadata");
    }
}

static void check_colour(struct check_run *run)
{
    const struct pdf_value *intents = pdf_get(&run->pdf, run->catalog, "OutputIntents");
    const struct pdf_value *intent = intents->count == 1 ? pdf_follow(&run->pdf, &intents->items[0]) : intents;
    const struct pdf_object *profile = pdf_object_of(&run->pdf, pdf_get_raw(intent, "DestOutputProfile"));
    if (!pdf_is_name(pdf_get(&run->pdf, intent, "S"), "GTS_PDFA1") || profile->stream_length < 132)
        BREAK(run, "there is no output intent with a profile");
    else if (memcmp(profile->stream + 12, "mntrRGB XYZ ", 12) != 0 || memcmp(profile->stream + 36, "acsp", 4) != 0 ||
             u32((const unsigned char *)profile->stream) != profile->stream_length || profile->stream[8] > 4)
        BREAK(run, "the profile of the output intent is no RGB profile");
    if (pdf_get(&run->pdf, &profile->value, "N")->thousandths != 3000)
        BREAK(run, "the profile does not have three components");
}

/* ---- fonts ---- */

static const unsigned char *font_table(const struct font *font, const char *tag, size_t *length)
{
    if (font->program_length < 12)
        return NULL;
    unsigned count = u16(font->program + 4);
    for (unsigned i = 0; i < count && 12 + 16 * (size_t)(i + 1) <= font->program_length; i++) {
        const unsigned char *record = font->program + 12 + 16 * (size_t)i;
        if (memcmp(record, tag, 4) == 0 && u32(record + 8) + u32(record + 12) <= font->program_length) {
            *length = u32(record + 12);
            return font->program + u32(record + 8);
        }
    }
    return NULL;
}

static void read_widths(struct check_run *run, struct font *font, const struct pdf_value *widths)
{
    for (size_t i = 0; i + 1 < widths->count; i += 2) {
        const struct pdf_value *list = &widths->items[i + 1];
        int64_t first = widths->items[i].thousandths / 1000;
        if (list->kind != PDF_ARRAY)
            BREAK(run, "a font's widths are not lists");
        for (size_t j = 0; j < list->count && first + (int64_t)j < GLYPHS_MAX; j++)
            font->widths[first + (int64_t)j] = list->items[j].thousandths;
    }
}

/* `<0003> <0020>` lines between beginbfchar and endbfchar. */
static void read_to_unicode(struct check_run *run, struct font *font, const struct pdf_object *map)
{
    const char *at = map->stream, *end = at + map->stream_length;
    bool is_inside = false;
    struct pdf_value token, code = {.kind = PDF_NULL};
    if (at == NULL) {
        BREAK(run, "a font has no map to Unicode");
        return;
    }
    while (pdf_next_token(&run->pdf, &at, end, &token)) {
        if (token.kind == PDF_OPERATOR && strcmp(token.text, "begincidrange") == 0)
            BREAK(run, "a map to Unicode has ranges of CIDs");
        if (token.kind == PDF_OPERATOR)
            is_inside = strcmp(token.text, "beginbfchar") == 0;
        else if (is_inside && token.kind == PDF_STRING && code.kind == PDF_NULL)
            code = token;
        else if (is_inside && token.kind == PDF_STRING) {
            if (code.length == 2 && token.length >= 2)
                font->unicode[u16((const unsigned char *)code.text)] = u16((const unsigned char *)token.text);
            code.kind = PDF_NULL;
        }
    }
}

static void check_descendant(struct check_run *run, struct font *font, const struct pdf_value *descendant)
{
    const struct pdf_value *system = pdf_get(&run->pdf, descendant, "CIDSystemInfo");
    const struct pdf_value *descriptor = pdf_get(&run->pdf, descendant, "FontDescriptor");
    const struct pdf_object *file = pdf_object_of(&run->pdf, pdf_get_raw(descriptor, "FontFile2"));
    const struct pdf_value *name = pdf_get(&run->pdf, descriptor, "FontName");
    if (!pdf_is_name(pdf_get(&run->pdf, descendant, "CIDToGIDMap"), "Identity"))
        BREAK(run, "a font does not map its codes to glyphs");
    if (pdf_get(&run->pdf, system, "Ordering")->length != 8)
        BREAK(run, "a font's ordering is not Identity");
    if (file->stream == NULL)
        BREAK(run, "a font is not embedded");
    if (name->kind != PDF_NAME || strlen(name->text) < 8 || name->text[6] != '+')
        BREAK(run, "a font does not say that it is a subset");
    else if (!pdf_is_name(pdf_get(&run->pdf, descendant, "BaseFont"), name->text))
        BREAK(run, "a font has two names");
    if (pdf_get(&run->pdf, descriptor, "CapHeight")->thousandths <= 0 ||
        pdf_get(&run->pdf, descriptor, "StemV")->thousandths <= 0)
        BREAK(run, "a font's descriptor lacks its measures");
    font->program = (const unsigned char *)file->stream;
    font->program_length = file->stream_length;
    read_widths(run, font, pdf_get(&run->pdf, descendant, "W"));
}

/* Table checksums and alignment; the whole file's checksum. */
static void check_program(struct check_run *run, const struct font *font)
{
    uint32_t whole = 0;
    for (size_t i = 0; i + 3 < font->program_length; i += 4)
        whole += u32(font->program + i);
    if (font->program_length % 4 != 0 || whole != 0xB1B0AFBAU)
        BREAK(run, "a font file's checksum is wrong");
    for (unsigned i = 0; font->program_length >= 12 && i < u16(font->program + 4); i++)
        if (u32(font->program + 12 + 16 * (size_t)i + 8) % 4 != 0)
            BREAK(run, "a font file's tables are not aligned");
}

static struct font *find_font(struct check_run *run, const struct pdf_value *reference)
{
    for (size_t i = 0; i < run->font_count; i++)
        if (run->fonts[i].object == reference->thousandths)
            return &run->fonts[i];
    if (reference->kind != PDF_REFERENCE || run->font_count == FONTS_MAX) {
        BREAK(run, "a font is no object");
        return NULL;
    }
    const struct pdf_value *dict = pdf_follow(&run->pdf, reference);
    struct font *font = &run->fonts[run->font_count++];
    font->object = reference->thousandths;
    memset(font->widths, 0xFF, sizeof font->widths);
    const struct pdf_value *descendants = pdf_get(&run->pdf, dict, "DescendantFonts");
    if (!pdf_is_name(pdf_get(&run->pdf, dict, "Subtype"), "Type0") ||
        !pdf_is_name(pdf_get(&run->pdf, dict, "Encoding"), "Identity-H") || descendants->count != 1) {
        BREAK(run, "a font is not composite with glyph numbers as codes");
        return NULL;
    }
    check_descendant(run, font, pdf_follow(&run->pdf, &descendants->items[0]));
    read_to_unicode(run, font, pdf_object_of(&run->pdf, pdf_get_raw(dict, "ToUnicode")));
    if (run->broken[0] == '\0')
        check_program(run, font);
    return font;
}

/* Every glyph shown is in the font file, is not the one for missing glyphs, has a width that agrees, and a character.
 */
static void check_glyph(struct check_run *run, const struct font *font, unsigned glyph)
{
    size_t size = 0;
    const unsigned char *maxp = font_table(font, "maxp", &size), *hhea = font_table(font, "hhea", &size);
    const unsigned char *head = font_table(font, "head", &size), *loca = font_table(font, "loca", &size);
    const unsigned char *hmtx = font_table(font, "hmtx", &size);
    if (maxp == NULL || hhea == NULL || head == NULL || loca == NULL || hmtx == NULL) {
        BREAK(run, "a font file lacks a table");
        return;
    }
    if (glyph == 0 || glyph >= u16(maxp + 4)) {
        BREAK(run, "glyph %u is shown, which the font does not have", glyph);
        return;
    }
    unsigned metrics = u16(hhea + 34), at = glyph < metrics ? glyph : metrics - 1;
    int64_t width = (int64_t)u16(hmtx + 4 * (size_t)at) * 1000 * 1000 / u16(head + 18);
    int64_t off = font->widths[glyph] - width;
    if (font->widths[glyph] < 0 || off > 1000 || off < -1000)
        BREAK(run, "the width of glyph %u is not that of the font file", glyph);
    uint32_t c = font->unicode[glyph];
    if (c == 0 || c == 0xFFFE || c == 0xFEFF || (c >= 0xE000 && c <= 0xF8FF))
        BREAK(run, "glyph %u stands for no character", glyph);
    bool is_blank = u32(loca + 4 * (size_t)glyph) == u32(loca + 4 * (size_t)glyph + 4);
    if (is_blank && c != ' ')
        BREAK(run, "glyph %u is shown, but has no outline", glyph);
}

/* ---- page contents ---- */

struct content {
    size_t page;
    struct font *font;
    struct pdf_value operands[16];
    size_t operand_count;
    int depth, artifact_depth; /* of marked content; artifact_depth 0 outside artifacts */
    bool is_tagged, in_text;
    bool seen[MCIDS_MAX];
};

static void begin_marked(struct check_run *run, struct content *c)
{
    const struct pdf_value *mcid = pdf_get(&run->pdf, &c->operands[1], "MCID");
    bool is_artifact = pdf_is_name(&c->operands[0], "Artifact");
    if (c->depth > 0)
        BREAK(run, "marked content of page %zu is nested", c->page + 1);
    c->depth++;
    if (is_artifact) {
        c->artifact_depth = c->depth;
        return;
    }
    int64_t number = mcid->kind == PDF_NUMBER ? mcid->thousandths / 1000 : -1;
    if (number < 0 || number >= MCIDS_MAX || c->seen[number]) {
        BREAK(run, "marked content of page %zu has no number of its own", c->page + 1);
        return;
    }
    c->seen[number] = true;
    c->is_tagged = true;
    if ((size_t)number + 1 > run->mcid_counts[c->page])
        run->mcid_counts[c->page] = (size_t)number + 1;
    if (run->owners[c->page][number] == 0)
        BREAK(run, "marked content %d of page %zu belongs to no element", (int)number, c->page + 1);
    else {
        const struct pdf_value *owner = &run->pdf.objects[run->owners[c->page][number]].value;
        if (c->operands[0].kind != PDF_NAME || !pdf_is_name(pdf_get(&run->pdf, owner, "S"), c->operands[0].text))
            BREAK(run, "marked content %d of page %zu is not of its element's type", (int)number, c->page + 1);
    }
}

static void show_string(struct check_run *run, const struct content *c, const struct pdf_value *string)
{
    if (c->font == NULL || string->length % 2 != 0) {
        BREAK(run, "text of page %zu has no font or half a code", c->page + 1);
        return;
    }
    for (size_t i = 0; i + 1 < string->length && run->broken[0] == '\0'; i += 2)
        check_glyph(run, c->font, u16((const unsigned char *)string->text + i));
}

static void show_text(struct check_run *run, const struct content *c)
{
    const struct pdf_value *operand = &c->operands[0];
    if (operand->kind == PDF_STRING)
        show_string(run, c, operand);
    for (size_t i = 0; operand->kind == PDF_ARRAY && i < operand->count; i++)
        if (operand->items[i].kind == PDF_STRING)
            show_string(run, c, &operand->items[i]);
}

static void do_operator(struct check_run *run, struct content *c, const char *name, const struct pdf_value *fonts)
{
    static const char *const harmless[] = {"rg", "RG", "w", "Td", "Tm", "Tj", "TJ", "re", "f", "q", "Q", "cm"};
    bool is_harmless = false, paints = strcmp(name, "TJ") == 0 || strcmp(name, "Tj") == 0 || strcmp(name, "f") == 0;
    for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++)
        is_harmless = is_harmless || strcmp(name, harmless[i]) == 0;
    if (strcmp(name, "BDC") == 0 || strcmp(name, "BMC") == 0)
        begin_marked(run, c);
    else if (strcmp(name, "EMC") == 0) {
        if (c->depth == 0)
            BREAK(run, "marked content of page %zu ends where none began", c->page + 1);
        c->depth--;
        c->artifact_depth = 0;
        c->is_tagged = false;
    } else if (strcmp(name, "BT") == 0 || strcmp(name, "ET") == 0) {
        if (c->in_text == (name[0] == 'B'))
            BREAK(run, "text objects of page %zu are not closed", c->page + 1);
        c->in_text = name[0] == 'B';
    } else if (strcmp(name, "Tf") == 0)
        c->font = find_font(run, pdf_get_raw(fonts, c->operands[0].text));
    else if (!is_harmless)
        BREAK(run, "page %zu has the operator '%s'", c->page + 1, name);
    if (paints && c->artifact_depth == 0 && !c->is_tagged)
        BREAK(run, "page %zu paints outside marked content", c->page + 1);
    if (name[0] == 'T' && (name[1] == 'J' || name[1] == 'j'))
        show_text(run, c);
}

static void check_content(struct check_run *run, size_t page, const struct pdf_value *dict)
{
    const struct pdf_object *contents = pdf_object_of(&run->pdf, pdf_get_raw(dict, "Contents"));
    const struct pdf_value *fonts = pdf_get(&run->pdf, pdf_get(&run->pdf, dict, "Resources"), "Font");
    static struct content content;
    struct pdf_value token;
    memset(&content, 0, sizeof content);
    content.page = page;
    const char *at = contents->stream, *end = at == NULL ? NULL : at + contents->stream_length;
    while (at != NULL && run->broken[0] == '\0' && pdf_next_token(&run->pdf, &at, end, &token)) {
        if (token.kind == PDF_OPERATOR) {
            do_operator(run, &content, token.text, fonts);
            content.operand_count = 0;
            memset(content.operands, 0, sizeof content.operands);
        } else if (content.operand_count < 16)
            content.operands[content.operand_count++] = token;
    }
    if (content.depth != 0)
        BREAK(run, "marked content of page %zu is not closed", page + 1);
    for (size_t i = 0; i < MCIDS_MAX; i++)
        if (run->owners[page][i] != 0 && !content.seen[i])
            BREAK(run, "an element claims content %zu of page %zu, which is not there", i, page + 1);
}

/* ---- structure ---- */

static size_t page_index(const struct check_run *run, int64_t object)
{
    for (size_t i = 0; i < run->page_count; i++)
        if (run->pages[i] == object)
            return i;
    return PAGES_MAX;
}

static void claim(struct check_run *run, int64_t elem, const struct pdf_value *page, int64_t mcid)
{
    size_t index = page->kind == PDF_REFERENCE ? page_index(run, page->thousandths) : PAGES_MAX;
    if (index == PAGES_MAX || mcid < 0 || mcid >= MCIDS_MAX)
        BREAK(run, "element %d claims content of no page", (int)elem);
    else if (run->owners[index][mcid] != 0)
        BREAK(run, "content %d of page %zu is claimed twice", (int)mcid, index + 1);
    else
        run->owners[index][mcid] = elem;
}

static const char *type_of(const struct check_run *run, const struct pdf_value *elem)
{
    const struct pdf_value *type = pdf_get(&run->pdf, elem, "S");
    return type->kind == PDF_NAME ? type->text : "";
}

/* What may stand in what; "" in `inside` means anything that holds blocks. */
static void check_place(struct check_run *run, const char *type, const char *parent)
{
    static const struct {
        const char *type, *inside;
    } places[] = {{"Document", "StructTreeRoot"},
                  {"TR", "Table THead TBody"},
                  {"TH", "TR"},
                  {"TD", "TR"},
                  {"THead", "Table"},
                  {"TBody", "Table"},
                  {"LI", "L"},
                  {"Lbl", "LI"},
                  {"LBody", "LI"},
                  {"P", ""},
                  {"H1", ""},
                  {"H2", ""},
                  {"H3", ""},
                  {"L", ""},
                  {"Table", ""},
                  {"Div", ""},
                  {"Sect", ""},
                  {"Figure", ""},
                  {"Caption", "Figure Table"}};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (strcmp(places[i].type, type) != 0)
            continue;
        const char *inside = places[i].inside[0] == '\0' ? "Document Div Sect LBody" : places[i].inside;
        const char *found = strstr(inside, parent);
        if (parent[0] == '\0' || found == NULL)
            BREAK(run, "a %s stands in a %s", type, parent);
        return;
    }
    BREAK(run, "'%s' is no standard structure type", type);
}

static void check_heading(struct check_run *run, const char *type)
{
    if (type[0] != 'H' || type[1] < '1' || type[1] > '6')
        return;
    int level = type[1] - '0';
    if (level > run->heading_level + 1)
        BREAK(run, "a heading %s skips a level", type);
    run->heading_level = level;
}

/* A cell of a header says what it heads; a figure has a text. */
static void check_attributes(struct check_run *run, const struct pdf_value *elem, const char *type)
{
    const struct pdf_value *scope = pdf_get(&run->pdf, pdf_get(&run->pdf, elem, "A"), "Scope");
    if (strcmp(type, "TH") == 0 && !pdf_is_name(scope, "Column") && !pdf_is_name(scope, "Row"))
        BREAK(run, "a header cell does not say what it heads");
    if (strcmp(type, "Figure") == 0 && pdf_get(&run->pdf, elem, "Alt")->length < 3)
        BREAK(run, "a figure has no text that stands for it");
}

static size_t count_kids(const struct pdf_value *kids)
{
    return kids->kind == PDF_ARRAY ? kids->count : kids->kind == PDF_NULL ? 0 : 1;
}

/* All rows of a table have as many cells; `expected` 0 before the first. */
static void check_rows(struct check_run *run, const struct pdf_value *elem, size_t *expected, int depth)
{
    const struct pdf_value *kids = pdf_get_raw(elem, "K");
    size_t count = count_kids(kids);
    if (strcmp(type_of(run, elem), "TR") == 0) {
        if (*expected != 0 && count != *expected)
            BREAK(run, "a table's rows differ in their number of cells");
        *expected = count;
        return;
    }
    for (size_t i = 0; i < count && depth < 4; i++) {
        const struct pdf_value *kid = kids->kind == PDF_ARRAY ? &kids->items[i] : kids;
        if (kid->kind == PDF_REFERENCE)
            check_rows(run, pdf_follow(&run->pdf, kid), expected, depth + 1);
    }
}

static void check_elem(struct check_run *run, const struct pdf_value *reference, int64_t parent,
                       const char *parent_type, int depth)
{
    const struct pdf_value *elem = pdf_follow(&run->pdf, reference);
    const char *type = type_of(run, elem);
    if (reference->kind != PDF_REFERENCE || elem->kind != PDF_DICT || depth > 60) {
        BREAK(run, "a structure element is no dictionary");
        return;
    }
    if (pdf_get_raw(elem, "P")->thousandths != parent)
        BREAK(run, "element %d does not name its parent", (int)reference->thousandths);
    check_place(run, type, parent_type);
    check_heading(run, type);
    check_attributes(run, elem, type);
    size_t cells = 0;
    if (strcmp(type, "Table") == 0)
        check_rows(run, elem, &cells, 0);
    const struct pdf_value *kids = pdf_get_raw(elem, "K"), *page = pdf_get_raw(elem, "Pg");
    for (size_t i = 0; i < count_kids(kids) && run->broken[0] == '\0'; i++) {
        const struct pdf_value *kid = kids->kind == PDF_ARRAY ? &kids->items[i] : kids;
        if (kid->kind == PDF_NUMBER)
            claim(run, reference->thousandths, page, kid->thousandths / 1000);
        else if (kid->kind == PDF_DICT)
            claim(run, reference->thousandths, pdf_get_raw(kid, "Pg"),
                  pdf_get(&run->pdf, kid, "MCID")->thousandths / 1000);
        else
            check_elem(run, kid, reference->thousandths, type, depth + 1);
    }
}

static void check_parent_tree(struct check_run *run, const struct pdf_value *root)
{
    const struct pdf_value *nums = pdf_get(&run->pdf, pdf_get(&run->pdf, root, "ParentTree"), "Nums");
    for (size_t page = 0; page < run->page_count && run->broken[0] == '\0'; page++) {
        const struct pdf_value *dict = &run->pdf.objects[run->pages[page]].value;
        const struct pdf_value *key = pdf_get(&run->pdf, dict, "StructParents"), *owners = NULL;
        int64_t before = -1;
        for (size_t i = 0; i + 1 < nums->count; i += 2) {
            if (nums->items[i].thousandths <= before)
                BREAK(run, "the keys of the parent tree are not sorted");
            before = nums->items[i].thousandths;
            if (key->kind == PDF_NUMBER && nums->items[i].thousandths == key->thousandths)
                owners = pdf_follow(&run->pdf, &nums->items[i + 1]);
        }
        if (owners == NULL || owners->count != run->mcid_counts[page]) {
            BREAK(run, "page %zu is not in the parent tree with all its content", page + 1);
            return;
        }
        for (size_t i = 0; i < owners->count; i++)
            if (owners->items[i].thousandths != run->owners[page][i])
                BREAK(run, "the parent tree gives content %zu of page %zu to another element", i, page + 1);
    }
}

static void find_pages(struct check_run *run, const struct pdf_value *reference, int depth)
{
    const struct pdf_value *node = pdf_follow(&run->pdf, reference);
    const struct pdf_value *kids = pdf_get(&run->pdf, node, "Kids");
    if (pdf_is_name(pdf_get(&run->pdf, node, "Type"), "Page") && run->page_count < PAGES_MAX)
        run->pages[run->page_count++] = reference->thousandths;
    for (size_t i = 0; i < kids->count && depth < 10; i++)
        find_pages(run, &kids->items[i], depth + 1);
}

static void check_page(struct check_run *run, size_t page)
{
    const struct pdf_value *dict = &run->pdf.objects[run->pages[page]].value;
    if (!pdf_is_name(pdf_get(&run->pdf, dict, "Tabs"), "S"))
        BREAK(run, "the tab order of page %zu is not that of the structure", page + 1);
    if (pdf_get(&run->pdf, dict, "AA")->kind != PDF_NULL || pdf_get(&run->pdf, dict, "Annots")->kind != PDF_NULL)
        BREAK(run, "page %zu has actions or annotations", page + 1);
    check_content(run, page, dict);
}

const char *pdf_rules_broken(const char *bytes, size_t length)
{
    static char broken[sizeof((struct check_run *)0)->broken];
    struct check_run *run = calloc(1, sizeof *run);
    assert_non_null(run);
    run->fonts = calloc(FONTS_MAX, sizeof *run->fonts);
    assert_non_null(run->fonts);
    pdf_read_open(&run->pdf, bytes, length);
    run->catalog = pdf_get(&run->pdf, &run->pdf.trailer, "Root");
    check_file(run);
    check_catalog(run);
    check_metadata(run);
    check_colour(run);
    find_pages(run, pdf_get_raw(run->catalog, "Pages"), 0);
    if (run->page_count == 0)
        BREAK(run, "there is no page");
    const struct pdf_value *root = pdf_get(&run->pdf, run->catalog, "StructTreeRoot");
    int64_t root_object = pdf_get_raw(run->catalog, "StructTreeRoot")->thousandths;
    if (root->kind != PDF_DICT)
        BREAK(run, "there is no structure");
    else
        check_elem(run, pdf_get_raw(root, "K"), root_object, "StructTreeRoot", 0);
    for (size_t page = 0; page < run->page_count && run->broken[0] == '\0'; page++)
        check_page(run, page);
    if (run->broken[0] == '\0')
        check_parent_tree(run, root);
    memcpy(broken, run->broken, sizeof broken);
    pdf_read_close(&run->pdf);
    free(run->fonts);
    free(run);
    return broken[0] == '\0' ? NULL : broken;
}
