/* SPDX-License-Identifier: MPL-2.0 */
/* All that an invoice says, put together from its run, the terms and the parties. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "run_line.h"
#include "run_terms.h"
#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/invoice.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

static const char SQL_POSTED[] = "SELECT e.text, coalesce((SELECT sum(amount_minor) FROM posting WHERE entry_id = e.id "
                                 "AND account_code = '" TL_ACCOUNT_RECEIVABLE "'), "
                                 "0) FROM entry e WHERE e.id = ?1";

static const char SQL_RUN[] = "SELECT terms_id, reason, evidence, CASE kind WHEN 'pledges' THEN lines ELSE '' END "
                              "FROM run WHERE id = ?1";

struct loader {
    struct tl_invoice *invoice;
    struct tl_store *store;
    struct tl_arena *arena;
    int64_t terms_id;
    const char *project; /* whose pledges it calls in, or "" */
    struct tl_run_lines lines;
    struct tl_terms terms;
};

static bool is_alike(const struct tl_invoice_line *line, const struct tl_run_line *other, struct tl_ratio rate)
{
    return tl_text_equal(line->line_id, other->line_id) && tl_text_equal(line->account, other->account_code) &&
           tl_text_equal(line->vat_code, other->vat_code) && tl_ratio_compare(line->vat_rate, rate) == 0;
}

static tl_status copy_text(struct tl_text *out, struct tl_text text, struct tl_arena *arena, struct tl_err *err)
{
    out->da = tl_arena_text(arena, text.da);
    out->en = tl_arena_text(arena, text.en);
    return out->da == NULL || out->en == NULL ? tl_err_memory(err) : TL_OK;
}

/* The period of a line is that of the run, which what is billed before is taken off of. */
static tl_status begin_line(struct tl_invoice_line *line, const struct tl_run_line *from, struct tl_ratio rate,
                            const struct loader *loader, struct tl_err *err)
{
    const struct tl_line *term = tl_terms_line(&loader->terms, from->line_id);
    struct tl_text id = {from->line_id, from->line_id}, nothing = {"", ""};
    *line = (struct tl_invoice_line){
        .line_id = from->line_id,
        .account = from->account_code,
        .psp = tl_arena_format(loader->arena, "%s-%s", loader->invoice->product.psp, from->account_code),
        .period = loader->invoice->row.period,
        .vat_code = from->vat_code,
        .vat_reason = from->vat_reason,
        .vat_rate = rate,
        .reduced_for = ""};
    if (line->psp == NULL)
        return tl_err_memory(err);
    tl_status status = copy_text(&line->name, term == NULL ? id : term->name, loader->arena, err);
    return status == TL_OK ? copy_text(&line->covers, term == NULL ? nothing : term->covers, loader->arena, err)
                           : status;
}

/* The lines of one party come in the order of the terms, so that what belongs together stands together. */
static tl_status add_working(struct tl_invoice_line *line, struct tl_invoice_working *working,
                             const struct tl_run_line *from, struct tl_err *err)
{
    *working = (struct tl_invoice_working){.part = from->part, .working = from->working, .net = {from->net_minor}};
    tl_status status = tl_date_parse(&working->period.first, from->period_first, err);
    if (status == TL_OK)
        status = tl_date_parse(&working->period.last, from->period_last, err);
    if (status == TL_OK)
        status = tl_money_add(&line->net, line->net, working->net, err);
    if (status == TL_OK)
        status = tl_money_add(&line->vat, line->vat, (struct tl_money){from->vat_minor}, err);
    if (status == TL_OK)
        status = tl_money_add(&line->reduced, line->reduced, (struct tl_money){from->reduced_minor}, err);
    if (from->reduced_for[0] != '\0' && line->reduced_for[0] == '\0')
        line->reduced_for = from->reduced_for;
    line->working_count++;
    return status;
}

static tl_status load_lines(struct loader *loader, struct tl_err *err)
{
    struct tl_invoice *invoice = loader->invoice;
    size_t count = loader->lines.count;
    struct tl_invoice_working *workings = tl_arena_alloc(loader->arena, count, sizeof *workings);
    tl_status status = TL_OK;
    invoice->lines = tl_arena_alloc(loader->arena, count, sizeof *invoice->lines);
    if (workings == NULL || invoice->lines == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_run_line *from = &loader->lines.items[i];
        struct tl_invoice_line *line = invoice->line_count == 0 ? NULL : &invoice->lines[invoice->line_count - 1];
        struct tl_ratio rate;
        status = tl_ratio_parse(&rate, from->vat_rate, err);
        if (status == TL_OK && (line == NULL || !is_alike(line, from, rate))) {
            line = &invoice->lines[invoice->line_count++];
            status = begin_line(line, from, rate, loader, err);
            line->workings = &workings[i];
        }
        if (status == TL_OK)
            status = add_working(line, &workings[i], from, err);
    }
    return status;
}

static int by_code_and_rate(const void *a, const void *b)
{
    const struct tl_invoice_vat *x = a, *y = b;
    int order = strcmp(x->code, y->code);
    return order != 0 ? order : tl_ratio_compare(x->rate, y->rate);
}

static tl_status load_vats(struct loader *loader, struct tl_err *err)
{
    struct tl_invoice *invoice = loader->invoice;
    tl_status status = TL_OK;
    invoice->vats = tl_arena_alloc(loader->arena, invoice->line_count, sizeof *invoice->vats);
    if (invoice->vats == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < invoice->line_count; i++) {
        const struct tl_invoice_line *line = &invoice->lines[i];
        size_t j = 0;
        while (j < invoice->vat_count && !(tl_text_equal(invoice->vats[j].code, line->vat_code) &&
                                           tl_ratio_compare(invoice->vats[j].rate, line->vat_rate) == 0))
            j++;
        if (j == invoice->vat_count)
            invoice->vats[invoice->vat_count++] =
                (struct tl_invoice_vat){.code = line->vat_code, .reason = line->vat_reason, .rate = line->vat_rate};
        status = tl_money_add(&invoice->vats[j].net, invoice->vats[j].net, line->net, err);
        if (status == TL_OK)
            status = tl_money_add(&invoice->vats[j].vat, invoice->vats[j].vat, line->vat, err);
    }
    if (invoice->vat_count > 1)
        qsort(invoice->vats, invoice->vat_count, sizeof *invoice->vats, by_code_and_rate);
    return status;
}

/* The text of the entry, whose receivable must be what the lines come to. */
static tl_status load_entry(struct loader *loader, struct tl_err *err)
{
    struct tl_invoice *invoice = loader->invoice;
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, loader->store, SQL_POSTED, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, invoice->row.entry);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && (!row || tl_stmt_int(stmt, 1) != invoice->row.gross.minor)) {
        status = tl_err_set(err, TL_ERR_BROKEN, "invoice %s and entry %" PRId64 " do not agree", invoice->row.number,
                            invoice->row.entry);
        tl_err_hint(err, "tilslut verify names what was changed");
    }
    if (status == TL_OK) {
        invoice->text = tl_stmt_copy(stmt, 0, loader->arena);
        status = invoice->text == NULL ? tl_err_memory(err) : TL_OK;
    }
    tl_stmt_end(stmt);
    return status;
}

/* What the run says of the invoice: tl_run_find would sum up all its members' lines for each of them. */
static tl_status load_reasons(struct loader *loader, struct tl_err *err)
{
    struct tl_invoice *invoice = loader->invoice;
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, loader->store, SQL_RUN, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, invoice->row.run);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK) {
        loader->terms_id = tl_stmt_int(stmt, 0);
        invoice->reason = tl_stmt_copy(stmt, 1, loader->arena);
        invoice->evidence = tl_stmt_copy(stmt, 2, loader->arena);
        loader->project = tl_stmt_copy(stmt, 3, loader->arena);
        if (invoice->reason == NULL || invoice->evidence == NULL || loader->project == NULL)
            status = tl_err_memory(err);
    }
    tl_stmt_end(stmt);
    return status;
}

static tl_status load_run(struct loader *loader, struct tl_err *err)
{
    struct tl_invoice *invoice = loader->invoice;
    struct tl_adopted adopted;
    tl_status status = load_reasons(loader, err);
    if (status == TL_OK)
        status = tl_run_lines_read_entry(&loader->lines, loader->store, invoice->row.entry, loader->arena, err);
    if (status == TL_OK)
        status = tl_terms_book_find(&adopted, loader->store, loader->terms_id, loader->arena, err);
    if (status == TL_OK)
        status = tl_terms_book_read(&loader->terms, &adopted, err);
    if (status == TL_OK)
        status = tl_run_terms_complete(&loader->terms, loader->store, &loader->lines, err);
    if (status == TL_OK)
        status =
            tl_run_terms_decision(&invoice->decision, loader->store, loader->project, &adopted, loader->arena, err);
    if (status != TL_OK)
        return status;
    return TL_OK;
}

static tl_status load_corrected(struct loader *loader, struct tl_err *err)
{
    struct tl_invoice_row corrected;
    if (loader->invoice->row.corrects[0] == '\0')
        return TL_OK;
    tl_status status = tl_invoice_find(&corrected, loader->store, loader->invoice->row.corrects, loader->arena, err);
    if (status == TL_OK)
        loader->invoice->corrects_date = corrected.date;
    return status;
}

static tl_status load_parties(struct loader *loader, struct tl_err *err)
{
    struct tl_invoice *invoice = loader->invoice;
    struct tl_date on = invoice->row.date;
    tl_status status =
        tl_party_find(&invoice->seller, loader->store, tl_store_owner(loader->store), on, loader->arena, err);
    if (status == TL_OK)
        status = tl_party_find(&invoice->buyer, loader->store, invoice->row.party, on, loader->arena, err);
    if (status == TL_OK)
        status = tl_product_find(&invoice->product, loader->store, invoice->row.product, loader->arena, err);
    return status;
}

tl_status tl_invoice_load(struct tl_invoice *out, struct tl_store *store, const char *number, struct tl_arena *arena,
                          struct tl_err *err)
{
    struct loader loader = {.invoice = out, .store = store, .arena = arena, .terms = TL_TERMS_EMPTY};
    *out = (struct tl_invoice){.currency = tl_store_currency(store)};
    tl_status status = tl_invoice_find(&out->row, store, number, arena, err);
    if (status == TL_OK)
        status = load_parties(&loader, err);
    if (status == TL_OK)
        status = load_run(&loader, err);
    if (status == TL_OK)
        status = load_entry(&loader, err);
    if (status == TL_OK)
        status = load_lines(&loader, err);
    if (status == TL_OK)
        status = load_vats(&loader, err);
    if (status == TL_OK)
        status = load_corrected(&loader, err);
    tl_terms_release(&loader.terms);
    return status;
}
