/* SPDX-License-Identifier: MPL-2.0 */
/* The file as a whole, its metadata and colour, and its structure. */
#include "pdf_rules.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "pdf_rules_run.h"

static bool has_text(const struct pdf_object *object, const char *text)
{
    return object->stream != NULL && memmem(object->stream, object->stream_length, text, strlen(text)) != NULL;
}

static void check_file(struct pdf_rules_run *run)
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
    for (size_t i = 0; i < pdf->object_count; i++)
        if (pdf->objects[i].stream != NULL && !pdf->objects[i].ends_where_it_says)
            BREAK(run, "stream %zu does not end where it says", i);
}

static void check_catalog(struct pdf_rules_run *run)
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

static void check_metadata(struct pdf_rules_run *run)
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
    static const struct {
        const char *entry, *before;
    } twins[] = {{"Author", "<dc:creator><rdf:Seq><rdf:li>"},
                 {"Subject", "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">"}};
    for (size_t i = 0; i < sizeof twins / sizeof twins[0]; i++) {
        char both[800];
        info_text(title, sizeof title, pdf_get(&run->pdf, info, twins[i].entry));
        snprintf(both, sizeof both, "%s%s</rdf:li>", twins[i].before, title);
        if (title[0] != '\0' && !has_text(xmp, both))
            BREAK(run, "the %s of the information dictionary is not that of the metadata", twins[i].entry);
    }
    if (created->length < 10)
        BREAK(run, "there is no creation date");
    else {
        snprintf(date, sizeof date, "<xmp:CreateDate>%.4s-%.2s-%.2sT", created->text + 2, created->text + 6,
                 created->text + 8);
        if (!has_text(xmp, date))
            BREAK(run, "the creation date of the information dictionary is not that of the metadata");
    }
}

static void check_colour(struct pdf_rules_run *run)
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

static size_t page_index(const struct pdf_rules_run *run, int64_t object)
{
    for (size_t i = 0; i < run->page_count; i++)
        if (run->pages[i] == object)
            return i;
    return PAGES_MAX;
}

static void claim(struct pdf_rules_run *run, int64_t elem, const struct pdf_value *page, int64_t mcid)
{
    size_t index = page->kind == PDF_REFERENCE ? page_index(run, page->thousandths) : PAGES_MAX;
    if (index == PAGES_MAX || mcid < 0 || mcid >= MCIDS_MAX)
        BREAK(run, "element %d claims content of no page", (int)elem);
    else if (run->owners[index][mcid] != 0)
        BREAK(run, "content %d of page %zu is claimed twice", (int)mcid, index + 1);
    else
        run->owners[index][mcid] = elem;
}

static const char *type_of(const struct pdf_rules_run *run, const struct pdf_value *elem)
{
    const struct pdf_value *type = pdf_get(&run->pdf, elem, "S");
    return type->kind == PDF_NAME ? type->text : "";
}

/* What may stand in what; "" in `inside` means anything that holds blocks. */
static void check_place(struct pdf_rules_run *run, const char *type, const char *parent)
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
                  {"TOC", ""},
                  {"TOCI", "TOC"},
                  {"Reference", "TOCI"},
                  {"Link", "Reference P"},
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

static void check_heading(struct pdf_rules_run *run, const char *type)
{
    if (type[0] != 'H' || type[1] < '1' || type[1] > '6')
        return;
    int level = type[1] - '0';
    if (level > run->heading_level + 1)
        BREAK(run, "a heading %s skips a level", type);
    run->heading_level = level;
}

static size_t count_kids(const struct pdf_value *kids)
{
    return kids->kind == PDF_ARRAY ? kids->count : kids->kind == PDF_NULL ? 0 : 1;
}

static bool is_reference_to_annotation(const struct pdf_rules_run *run, const struct pdf_value *kid)
{
    return kid->kind == PDF_DICT && pdf_is_name(pdf_get(&run->pdf, kid, "Type"), "OBJR");
}

/* A link's element holds its annotation, and what is read. */
static void check_link(struct pdf_rules_run *run, const struct pdf_value *elem)
{
    const struct pdf_value *kids = pdf_get_raw(elem, "K");
    size_t annotations = 0, count = count_kids(kids);
    for (size_t i = 0; i < count; i++)
        annotations += is_reference_to_annotation(run, kids->kind == PDF_ARRAY ? &kids->items[i] : kids) ? 1 : 0;
    if (annotations != 1 || count < 2)
        BREAK(run, "a Link does not hold its text and its annotation");
}

/* A box on the page that is not empty. */
static bool is_box(const struct pdf_value *box)
{
    return box->kind == PDF_ARRAY && box->count == 4 && box->items[0].thousandths < box->items[2].thousandths &&
           box->items[1].thousandths < box->items[3].thousandths && box->items[0].thousandths >= 0 &&
           box->items[1].thousandths >= 0;
}

/* A cell of a header says what it heads; a figure has a text and a box; a list says how it is numbered. */
static void check_attributes(struct pdf_rules_run *run, const struct pdf_value *elem, const char *type)
{
    const struct pdf_value *scope = pdf_get(&run->pdf, pdf_get(&run->pdf, elem, "A"), "Scope");
    if (strcmp(type, "TH") == 0 && !pdf_is_name(scope, "Column") && !pdf_is_name(scope, "Row"))
        BREAK(run, "a header cell does not say what it heads");
    if (strcmp(type, "Figure") == 0 && pdf_get(&run->pdf, elem, "Alt")->length < 3)
        BREAK(run, "a figure has no text that stands for it");
    const struct pdf_value *attributes = pdf_get(&run->pdf, elem, "A");
    if (strcmp(type, "Figure") == 0 && !is_box(pdf_get(&run->pdf, attributes, "BBox")))
        BREAK(run, "a figure has no box around it");
    if (strcmp(type, "L") == 0 && pdf_get(&run->pdf, attributes, "ListNumbering")->kind != PDF_NAME)
        BREAK(run, "a list does not say how it is numbered");
    if (strcmp(type, "Link") == 0)
        check_link(run, elem);
}

/* All rows of a table have as many cells; `expected` 0 before the first. */
static void check_rows(struct pdf_rules_run *run, const struct pdf_value *elem, size_t *expected, int depth)
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

/* A table has at most one header section, and a body when it has sections. */
static void check_sections(struct pdf_rules_run *run, const struct pdf_value *table)
{
    const struct pdf_value *kids = pdf_get_raw(table, "K");
    size_t heads = 0, bodies = 0;
    for (size_t i = 0; i < count_kids(kids); i++) {
        const char *type = type_of(run, pdf_follow(&run->pdf, kids->kind == PDF_ARRAY ? &kids->items[i] : kids));
        heads += strcmp(type, "THead") == 0 ? 1 : 0;
        bodies += strcmp(type, "TBody") == 0 ? 1 : 0;
    }
    if (heads > 1 || bodies == 0)
        BREAK(run, "a table has %zu headers and %zu bodies", heads, bodies);
}

static void check_elem(struct pdf_rules_run *run, const struct pdf_value *reference, int64_t parent,
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
    if (strcmp(type, "Table") == 0) {
        check_rows(run, elem, &cells, 0);
        check_sections(run, elem);
    }
    const struct pdf_value *kids = pdf_get_raw(elem, "K"), *page = pdf_get_raw(elem, "Pg");
    for (size_t i = 0; i < count_kids(kids) && run->broken[0] == '\0'; i++) {
        const struct pdf_value *kid = kids->kind == PDF_ARRAY ? &kids->items[i] : kids;
        if (kid->kind == PDF_NUMBER)
            claim(run, reference->thousandths, page, kid->thousandths / 1000);
        else if (is_reference_to_annotation(run, kid)) {
            if (run->link_count == LINKS_MAX)
                BREAK(run, "there are more links than are checked");
            else {
                run->links[run->link_count].annotation = pdf_get_raw(kid, "Obj")->thousandths;
                run->links[run->link_count++].elem = reference->thousandths;
            }
        } else if (kid->kind == PDF_DICT)
            claim(run, reference->thousandths, pdf_get_raw(kid, "Pg"),
                  pdf_get(&run->pdf, kid, "MCID")->thousandths / 1000);
        else
            check_elem(run, kid, reference->thousandths, type, depth + 1);
    }
}

const struct pdf_value *pdf_rules_owner(const struct pdf_rules_run *run, const struct pdf_value *key)
{
    const struct pdf_value *root = pdf_get(&run->pdf, run->catalog, "StructTreeRoot");
    const struct pdf_value *nums = pdf_get(&run->pdf, pdf_get(&run->pdf, root, "ParentTree"), "Nums");
    for (size_t i = 0; i + 1 < nums->count; i += 2)
        if (key->kind == PDF_NUMBER && nums->items[i].thousandths == key->thousandths)
            return &nums->items[i + 1];
    return NULL;
}

static void check_parent_tree(struct pdf_rules_run *run, const struct pdf_value *root)
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

static void find_pages(struct pdf_rules_run *run, const struct pdf_value *reference, int depth)
{
    const struct pdf_value *node = pdf_follow(&run->pdf, reference);
    const struct pdf_value *kids = pdf_get(&run->pdf, node, "Kids");
    if (pdf_is_name(pdf_get(&run->pdf, node, "Type"), "Page") && run->page_count < PAGES_MAX)
        run->pages[run->page_count++] = reference->thousandths;
    for (size_t i = 0; i < kids->count && depth < 10; i++)
        find_pages(run, &kids->items[i], depth + 1);
}

const char *pdf_rules_broken(const char *bytes, size_t length)
{
    static char broken[sizeof((struct pdf_rules_run *)0)->broken];
    struct pdf_rules_run *run = calloc(1, sizeof *run);
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
        pdf_rules_check_page(run, page);
    if (run->broken[0] == '\0')
        check_parent_tree(run, root);
    if (run->links_seen != run->link_count)
        BREAK(run, "an element claims an annotation that no page has");
    memcpy(broken, run->broken, sizeof broken);
    pdf_read_close(&run->pdf);
    free(run->fonts);
    free(run);
    return broken[0] == '\0' ? NULL : broken;
}
