/* SPDX-License-Identifier: MPL-2.0 */
/* Pages: every operator harmless, everything painted marked, every mark owned. */
#include <string.h>

#include "pdf_rules_run.h"

struct content {
    size_t page;
    struct pdf_rules_font *font;
    struct pdf_value operands[16];
    size_t operand_count;
    int depth, artifact_depth; /* of marked content; artifact_depth 0 outside artifacts */
    bool is_tagged, in_text;
    bool seen[MCIDS_MAX];
};

static void begin_marked(struct pdf_rules_run *run, struct content *c)
{
    const struct pdf_value *mcid = pdf_get(&run->pdf, &c->operands[1], "MCID");
    bool is_artifact = pdf_is_name(&c->operands[0], "Artifact");
    bool is_span =
        pdf_is_name(&c->operands[0], "Span") && pdf_get(&run->pdf, &c->operands[1], "ActualText")->kind == PDF_STRING;
    if (is_span && c->depth == 1 && c->is_tagged) { /* the text of a part of an element's content */
        c->depth++;
        return;
    }
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

static void show_string(struct pdf_rules_run *run, const struct content *c, const struct pdf_value *string)
{
    if (c->font == NULL || string->length % 2 != 0) {
        BREAK(run, "text of page %zu has no font or half a code", c->page + 1);
        return;
    }
    for (size_t i = 0; i + 1 < string->length && run->broken[0] == '\0'; i += 2)
        pdf_rules_check_glyph(run, c->font, u16((const unsigned char *)string->text + i));
}

static void show_text(struct pdf_rules_run *run, const struct content *c)
{
    const struct pdf_value *operand = &c->operands[0];
    if (operand->kind == PDF_STRING)
        show_string(run, c, operand);
    for (size_t i = 0; operand->kind == PDF_ARRAY && i < operand->count; i++)
        if (operand->items[i].kind == PDF_STRING)
            show_string(run, c, &operand->items[i]);
}

static void do_operator(struct pdf_rules_run *run, struct content *c, const char *name, const struct pdf_value *fonts)
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
        if (c->depth > 0)
            return;
        c->artifact_depth = 0;
        c->is_tagged = false;
    } else if (strcmp(name, "BT") == 0 || strcmp(name, "ET") == 0) {
        if (c->in_text == (name[0] == 'B'))
            BREAK(run, "text objects of page %zu are not closed", c->page + 1);
        c->in_text = name[0] == 'B';
    } else if (strcmp(name, "Tf") == 0)
        c->font = pdf_rules_find_font(run, pdf_get_raw(fonts, c->operands[0].text));
    else if (!is_harmless)
        BREAK(run, "page %zu has the operator '%s'", c->page + 1, name);
    if (paints && c->artifact_depth == 0 && !c->is_tagged)
        BREAK(run, "page %zu paints outside marked content", c->page + 1);
    if (name[0] == 'T' && (name[1] == 'J' || name[1] == 'j'))
        show_text(run, c);
}

static void check_content(struct pdf_rules_run *run, size_t page, const struct pdf_value *dict)
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

/* An annotation is a link that is printed, says where it goes, and belongs to a Link of the structure. */
static void check_annotation(struct pdf_rules_run *run, size_t page, const struct pdf_value *reference)
{
    const struct pdf_value *annotation = pdf_follow(&run->pdf, reference);
    const struct pdf_value *owner = pdf_rules_owner(run, pdf_get(&run->pdf, annotation, "StructParent"));
    const struct pdf_value *target = pdf_get(&run->pdf, annotation, "Dest");
    bool is_claimed = false;
    if (!pdf_is_name(pdf_get(&run->pdf, annotation, "Subtype"), "Link"))
        BREAK(run, "page %zu has an annotation that is no link", page + 1);
    if (pdf_get(&run->pdf, annotation, "F")->thousandths != 4000)
        BREAK(run, "a link of page %zu is not printed as it is seen", page + 1);
    if (pdf_get(&run->pdf, annotation, "Contents")->length < 3)
        BREAK(run, "a link of page %zu does not say where it goes", page + 1);
    if (target->count == 0 ||
        !pdf_is_name(pdf_get(&run->pdf, pdf_follow(&run->pdf, &target->items[0]), "Type"), "Page"))
        BREAK(run, "a link of page %zu goes to no page", page + 1);
    for (size_t i = 0; i < run->link_count; i++)
        if (run->links[i].annotation == reference->thousandths && owner != NULL &&
            run->links[i].elem == owner->thousandths)
            is_claimed = pdf_is_name(pdf_get(&run->pdf, pdf_follow(&run->pdf, owner), "S"), "Link");
    if (!is_claimed)
        BREAK(run, "a link of page %zu does not belong to a Link of the structure", page + 1);
    run->links_seen++;
}

void pdf_rules_check_page(struct pdf_rules_run *run, size_t page)
{
    const struct pdf_value *dict = &run->pdf.objects[run->pages[page]].value;
    if (!pdf_is_name(pdf_get(&run->pdf, dict, "Tabs"), "S"))
        BREAK(run, "the tab order of page %zu is not that of the structure", page + 1);
    const struct pdf_value *annotations = pdf_get(&run->pdf, dict, "Annots");
    for (size_t i = 0; i < annotations->count; i++)
        check_annotation(run, page, &annotations->items[i]);
    if (pdf_get(&run->pdf, dict, "AA")->kind != PDF_NULL)
        BREAK(run, "page %zu has actions", page + 1);
    check_content(run, page, dict);
}
