/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/paper.h"

#include <stdlib.h>
#include <string.h>

#include "template_doc.h"
#include "tilslut/base/text.h"
#include "tilslut/report/agreement_doc.h"
#include "tilslut/report/budget_doc.h"
#include "tilslut/report/fields.h"
#include "tilslut/report/invoice_doc.h"
#include "tilslut/report/letter_doc.h"
#include "tilslut/report/markdown.h"
#include "tilslut/report/notice_doc.h"
#include "tilslut/report/pledge_doc.h"
#include "tilslut/report/pricelist_doc.h"
#include "tilslut/report/reminder_doc.h"
#include "tilslut/report/statement_doc.h"
#include "tilslut/report/template.h"

/* OS2 requires this sentence of every agreement, word for word, whatever language stands around it. */
#define GOVERNANCE_SENTENCE                                                                                              \
    "Projektet er et OS2-projekt og skal efterleve OS2s governancemodel samt code of conduct. Leverandøren bekræfter " \
    "at have tilsluttet sig OS2 via OS2s leverandørpartneraftale."

#define SIGNATURE_MARK "<!-- signatures -->"

enum { REQUIRED_MAX = 32 };

static const char *const agreement_required[] = {
    "document.number",    "document.version", "document.date",
    "owner.name",         "party.name",       "product.name",
    "membership.first",   "terms.version",    "terms.decided_by",
    "terms.decided_on",   "signed.version",   "year",
    "lines.line",         "lines.amount",     "total",
    "terms.payment_days", "figures.source",   NULL,
};

static const char *const pricelist_required[] = {
    "document.number",
    "document.version",
    "owner.name",
    "product.name",
    "year",
    "terms.version",
    "terms.decided_by",
    "terms.decided_on",
    "lines.line",
    "lines.price_tables.rows.price",
    "lines.price_tables.price",
    "lines.price_tables.unit_price",
    "lines.budget",
    "lines.key",
    NULL,
};

static const char *const letter_required[] = {
    "document.number", "document.version",  "owner.name", "party.name",   "product.name", "agreement.number",
    "sign_by",         "agreement.version", "lines.line", "lines.amount", "total",        NULL,
};

static const char *const reminder_required[] = {
    "document.number", "document.version", "owner.name", "party.name", "items.text",
    "items.reference", "items.due",        "items.open", "total",      NULL,
};

static const char *const notice_required[] = {
    "document.number", "document.version",
    "owner.name",      "party.name",
    "product.name",    "notice.given",
    "membership.last", "account.rows.amount",
    "account.total",   "account.charged_until",
    "account.owed",    "account.in_credit",
    "lines.amount",    NULL,
};

static const char *const pledge_required[] = {
    "document.number",    "document.version",   "owner.name",
    "party.name",         "product.name",       "project.code",
    "project.target",     "project.threshold",  "project.deadline",
    "project.decided_by", "project.decided_on", "pledge.amount",
    "pledge.on",          "pledge.evidence",    "funding.decided_by",
    "funding.decided_on", "benefits.line",      NULL,
};

static const char *const statement_required[] = {
    "document.number", "document.version", "owner.name", "party.name",  "product.name", "period.first",
    "period.last",     "opening",          "credited",   "paid",        "closing",      "purposes.amount",
    "rows.text",       "rows.amount",      "ages.age",   "ages.amount", "control.sum",  NULL,
};

static const char *const invoice_required[] = {
    "document.number",
    "document.version",
    "owner.name",
    "owner.cvr",
    "party.name",
    "invoice.number",
    "invoice.date",
    "invoice.due",
    "lines.name",
    "lines.amount",
    "lines.price",
    "vats.rate",
    "vats.amount",
    "vats.reason",
    "net",
    "vat",
    "total",
    "payee.account",
    "invoice.reference",
    "invoice.corrects",
    "invoice.order_reference",
    NULL,
};

static const char *const budget_required[] = {
    "owner.name", "product.name", "year", "total", "lines.line", "lines.total", NULL,
};

const struct tl_paper tl_papers[] = {
    {"agreement", "joining agreement (tilslutningsaftale)", tl_agreement_field_names, agreement_required,
     GOVERNANCE_SENTENCE, true, true},
    {"pricelist", "price list (takstblad)", tl_pricelist_field_names, pricelist_required, NULL, false, true},
    {"letter", "covering letter (følgebrev)", tl_letter_field_names, letter_required, NULL, false, false},
    {"reminder", "reminder (rykker)", tl_reminder_field_names, reminder_required, NULL, false, false},
    {"notice", "confirmation of notice (bekræftelse af opsigelse)", tl_notice_field_names, notice_required, NULL, false,
     true},
    {"pledge", "confirmation of pledge (bekræftelse af tilsagn)", tl_pledge_field_names, pledge_required, NULL, false,
     true},
    {"invoice", "invoice or credit note (faktura, kreditnota)", tl_invoice_field_names, invoice_required, NULL, false,
     true},
    {"statement", "statement of account (kontoudtog)", tl_statement_field_names, statement_required, NULL, false,
     false},
    {"budget", "steering group's budget (styregruppens budget)", tl_budget_field_names, budget_required, NULL, false, false},
    {0},
};

const char *const tl_paper_languages[] = {"da", "en", NULL};

tl_status tl_paper_of_template(const struct tl_paper **out, const char *template_name, struct tl_err *err)
{
    const char *slash = strrchr(template_name, '/'), *base = slash == NULL ? template_name : slash + 1;
    for (*out = tl_papers; (*out)->name != NULL; ++*out)
        for (size_t i = 0; tl_paper_languages[i] != NULL; i++) {
            size_t length = strlen((*out)->name);
            const char *rest = base + length;
            if (strncmp(base, (*out)->name, length) == 0 && rest[0] == '.' &&
                strncmp(rest + 1, tl_paper_languages[i], 2) == 0 && strcmp(rest + 3, ".md") == 0)
                return TL_OK;
        }
    (void)tl_err_set(err, TL_ERR_NOT_FOUND, "no template is called '%.80s'", base);
    tl_err_hint(err, "tilslut template list shows the names");
    return TL_ERR_NOT_FOUND;
}

/* What checking carries along. */
struct check {
    const struct tl_paper *paper;
    const char *text, *name;
    tl_paper_visit *visit;
    void *context;
    size_t count;
};

static void tell(struct check *c, size_t line, size_t column, const char *message, const char *hint)
{
    struct tl_paper_flaw flaw = {line, column, message, hint};
    c->count++;
    c->visit(&flaw, c->context);
}

static void tell_unknown(const char *unknown, size_t line, size_t column, const char *nearest, void *context)
{
    struct tl_err words = TL_ERR_NONE;
    tl_err_set(&words, TL_ERR_INPUT, "unknown field '%s'", unknown);
    if (nearest != NULL)
        tl_err_hint(&words, "did you mean '%s'?", nearest);
    tell(context, line, column, words.message, words.hint);
}

/* What the reader of templates or of Markdown said, as a flaw. */
static tl_status tell_failure(struct check *c, const struct tl_err *said, struct tl_err *err)
{
    size_t line = 0, column = 0, name_length = strlen(c->name);
    if (said->status == TL_ERR_MEMORY)
        return tl_err_memory(err);
    if (strncmp(said->where, c->name, name_length) == 0 && said->where[name_length] == ':') {
        char *rest;
        line = strtoul(said->where + name_length + 1, &rest, 10);
        column = *rest == ':' ? strtoul(rest + 1, NULL, 10) : 0;
    }
    tell(c, line, column, said->message, said->hint);
    return TL_OK;
}

static tl_status check_required(struct check *c, struct tl_err *err)
{
    bool printed[REQUIRED_MAX];
    const char *const *required = c->paper->required;
    tl_status status = tl_template_find_printed(printed, c->text, c->name, c->paper->fields, required, err);
    for (size_t i = 0; status == TL_OK && required[i] != NULL; i++) {
        struct tl_err words = TL_ERR_NONE;
        if (printed[i])
            continue;
        tl_err_set(&words, TL_ERR_INPUT, "the field '%s' is missing", required[i]);
        tl_err_hint(&words, "every %s prints it", c->paper->title);
        tell(c, 0, 0, words.message, words.hint);
    }
    return status;
}

static tl_status check_words(struct check *c, struct tl_err *err)
{
    bool says = true;
    tl_status status = TL_OK;
    if (c->paper->sentence != NULL)
        status = tl_template_says(&says, c->text, c->name, c->paper->sentence, err);
    if (status == TL_OK && !says)
        tell(c, 0, 0, "the sentence about OS2's governance model is missing",
             "it stands in every agreement, word for word and under no condition: Projektet er et OS2-projekt ...");
    says = true;
    if (status == TL_OK && c->paper->is_signed)
        status = tl_template_says(&says, c->text, c->name, SIGNATURE_MARK, err);
    if (status == TL_OK && !says)
        tell(c, 0, 0, "there are no lines to sign on", "write " SIGNATURE_MARK " before a table");
    if (status == TL_OK && c->paper->is_translated && template_is_english(c->name)) {
        bool printed[1];
        static const char *const binding[] = {"document.translates", NULL};
        status = tl_template_find_printed(printed, c->text, c->name, c->paper->fields, binding, err);
        if (status == TL_OK && !printed[0])
            tell(c, 0, 0, "the field 'document.translates' is missing",
                 "the Danish text binds; one in English says which it translates");
    }
    return status;
}

/* Sets a value for the dotted path, in the groups that it goes through. */
static void put_sample(struct tl_fields *root, const char *path)
{
    struct tl_fields *at = root;
    char part[64];
    for (const char *dot; (dot = strchr(path, '.')) != NULL; path = dot + 1) {
        size_t length = (size_t)(dot - path) < sizeof part ? (size_t)(dot - path) : sizeof part - 1;
        memcpy(part, path, length);
        part[length] = '\0';
        const struct tl_field *group = tl_fields_find(at, part, length);
        at = group != NULL && group->row_count > 0 ? group->rows[0] : tl_fields_row(at, part);
    }
    tl_fields_text(at, path, "1");
}

/* Fills every field with a sample, and reads what comes out as a document: marks that no document knows are found so.
 */
static tl_status check_marks(struct check *c, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_buf markdown = TL_BUF_EMPTY;
    struct tl_doc doc = TL_DOC_EMPTY;
    struct tl_fields *fields = tl_fields_new(&arena);
    tl_status status = fields == NULL ? tl_err_memory(err) : TL_OK;
    for (size_t i = 0; status == TL_OK && c->paper->fields[i] != NULL; i++)
        put_sample(fields, c->paper->fields[i]);
    if (status == TL_OK)
        status = tl_fields_status(fields, err);
    if (status == TL_OK)
        status = tl_template_render(&markdown, c->text, c->name, fields, err);
    if (status == TL_OK)
        status = tl_markdown_read(&doc, tl_buf_string(&markdown), c->name, err);
    tl_doc_release(&doc);
    tl_buf_release(&markdown);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_paper_check(size_t *count, const struct tl_paper *paper, const char *text, const char *name,
                         tl_paper_visit *visit, void *context, struct tl_err *err)
{
    struct check c = {paper, text, name, visit, context, 0};
    struct tl_err said = TL_ERR_NONE;
    size_t unknown;
    tl_status status = tl_template_check(text, name, paper->fields, tell_unknown, &c, &unknown, &said);
    if (status == TL_OK)
        status = check_required(&c, &said);
    if (status == TL_OK)
        status = check_words(&c, &said);
    if (status == TL_OK && unknown == 0)
        status = check_marks(&c, &said);
    if (status != TL_OK)
        status = tell_failure(&c, &said, err);
    *count = c.count;
    return status;
}
