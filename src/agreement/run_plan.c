/* SPDX-License-Identifier: MPL-2.0 */
#include <inttypes.h>
#include <stdio.h>

#include "run_parts.h"
#include "run_pledge.h"
#include "tilslut/agreement/invoice.h"
#include "tilslut/base/text.h"
#include "tilslut/key/billing.h"
#include "tilslut/store/stmt.h"

static const char SQL_TODAY[] = "SELECT recorded_at FROM act WHERE id = ?1";

/* The day in a moment as it is recorded. */
static struct tl_date day_of(const char *moment)
{
    char text[TL_DATE_TEXT_SIZE];
    struct tl_err ignored = TL_ERR_NONE;
    struct tl_date date;
    snprintf(text, sizeof text, "%.10s", moment);
    return tl_date_parse(&date, text, &ignored) == TL_OK ? date : (struct tl_date){0};
}

/* The day of the open transaction's act. */
static tl_status read_today(struct tl_date *out, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL_TODAY, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_act(store));
    status = tl_stmt_next(stmt, &row, err);
    *out = status == TL_OK ? day_of(tl_stmt_text(stmt, 0)) : (struct tl_date){0};
    tl_stmt_end(stmt);
    return status;
}

static const char *join(const char *const *codes, size_t count, struct tl_arena *arena)
{
    const char *list = "";
    for (size_t i = 0; list != NULL && i < count; i++)
        list = i == 0 ? codes[0] : tl_arena_format(arena, "%s,%s", list, codes[i]);
    return list;
}

static tl_status check_members(const struct tl_run_request *request, const struct tl_product_year *year,
                               struct tl_err *err)
{
    for (size_t i = 0; i < request->member_count; i++)
        if (tl_roster_find(&year->roster, request->members[i]) == NULL) {
            (void)tl_err_set(err, TL_ERR_NOT_FOUND, "'%.60s' is no member of '%s'", request->members[i],
                             request->product);
            tl_err_hint(err, "tilslut list members %s shows them", request->product);
            return TL_ERR_NOT_FOUND;
        }
    return TL_OK;
}

static tl_status find_line(const struct tl_line **out, const struct tl_product_year *year, const char *id,
                           struct tl_err *err)
{
    *out = tl_terms_line(&year->terms, id);
    if (*out != NULL)
        return TL_OK;
    return tl_err_set(err, TL_ERR_NOT_FOUND, "the terms of '%s' have no line '%.60s'", year->product.code, id);
}

static tl_status check_lines(const struct tl_run_request *request, const struct tl_product_year *year,
                             struct tl_err *err)
{
    const struct tl_line *line;
    for (size_t i = 0; i < request->line_count; i++) {
        tl_status status = find_line(&line, year, request->lines[i], err);
        if (status != TL_OK)
            return status;
        if (line->kind == TL_LINE_ANNUAL) {
            (void)tl_err_set(err, TL_ERR_STATE, "line '%s' is charged each year, not once", line->id);
            tl_err_hint(err, "bill it with the others: tilslut bill %s %d", request->product, request->year);
            return TL_ERR_STATE;
        }
    }
    return TL_OK;
}

/* That the lines are there; whether a price is known is told by the allocation, and looked at with the obstacles. */
static tl_status check_left_out(const struct tl_run_request *request, const struct tl_product_year *year,
                                struct tl_err *err)
{
    const struct tl_line *line;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < request->left_out_count; i++) {
        status = find_line(&line, year, request->left_out[i], err);
        if (status == TL_OK && year->allocation.lines[line - year->terms.lines].known) {
            status = tl_err_set(err, TL_ERR_STATE, "the price of line '%s' is known", line->id);
            tl_err_hint(err, "only a line whose price is not yet known is left out");
        }
    }
    return status;
}

static tl_status plan_pledges(struct tl_run_plan *out, struct tl_store *store, const struct tl_run_request *request,
                              struct tl_arena *arena, struct tl_err *err)
{
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    *out = (struct tl_run_plan){.kind = "pledges",
                                .product = request->product,
                                .year = request->year,
                                .period = tl_period_of_year(request->year),
                                .members = join(request->members, request->member_count, arena),
                                .lines = request->pledges_to,
                                .left_out = "",
                                .corrects = "",
                                .reason = "",
                                .evidence = ""};
    tl_status status = out->members == NULL ? tl_err_memory(err) : TL_OK;
    if (status == TL_OK)
        status = tl_product_year_load(&year, store, request->product, request->year, 0, err);
    if (status == TL_OK)
        status = tl_run_check_project(store, &year, request->pledges_to, arena, err);
    if (status == TL_OK)
        status = tl_run_check_pledgers(store, request, arena, err);
    if (status == TL_OK)
        status = read_today(&out->drafted_on, store, err);
    tl_product_year_release(&year);
    return status;
}

tl_status tl_run_plan_of(struct tl_run_plan *out, struct tl_store *store, const struct tl_run_request *request,
                         struct tl_arena *arena, struct tl_err *err)
{
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    if (request->pledges_to != NULL)
        return plan_pledges(out, store, request, arena, err);
    *out = (struct tl_run_plan){.kind = request->line_count > 0 ? "one-off" : "period",
                                .product = request->product,
                                .year = request->year,
                                .period = tl_period_of_year(request->year),
                                .members = join(request->members, request->member_count, arena),
                                .lines = join(request->lines, request->line_count, arena),
                                .left_out = join(request->left_out, request->left_out_count, arena),
                                .corrects = "",
                                .reason = "",
                                .evidence = ""};
    tl_status status = out->members == NULL || out->lines == NULL || out->left_out == NULL ? tl_err_memory(err) : TL_OK;
    if (status == TL_OK)
        status = read_today(&out->drafted_on, store, err);
    if (status == TL_OK)
        status = tl_product_year_load(&year, store, request->product, request->year, 0, err);
    if (status == TL_OK && request->line_count == 0)
        status = tl_billing_period(&out->period, year.terms.billing, request->year, request->period, err);
    if (status == TL_OK)
        status = check_members(request, &year, err);
    if (status == TL_OK)
        status = check_lines(request, &year, err);
    if (status == TL_OK && request->left_out_count > 0)
        status = tl_product_year_allocate(&year, err);
    if (status == TL_OK)
        status = check_left_out(request, &year, err);
    tl_product_year_release(&year);
    return status;
}

static tl_status check_reason(const char *reason, const char *evidence, struct tl_err *err)
{
    if (reason != NULL && reason[0] != '\0' && evidence != NULL && evidence[0] != '\0')
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_MISSING, "a credit note needs its reason, and where it was decided or is documented");
    tl_err_hint(err, "say so with --reason and --evidence");
    return TL_ERR_MISSING;
}

tl_status tl_run_plan_credit(struct tl_run_plan *out, struct tl_store *store, const char *number, const char *line,
                             const char *reason, const char *evidence, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_invoice_row invoice;
    struct tl_run run;
    tl_status status = tl_invoice_find(&invoice, store, number, arena, err);
    if (status == TL_OK)
        status = check_reason(reason, evidence, err);
    if (status == TL_OK && tl_text_equal(invoice.kind, "credit note")) {
        status = tl_err_set(err, TL_ERR_STATE, "%s is a credit note, which is not credited", number);
        tl_err_hint(err, "tilslut bill %s %d bills again what is owed", invoice.product, invoice.year);
    }
    if (status == TL_OK)
        status = tl_run_find(&run, store, invoice.run, arena, err);
    if (status != TL_OK)
        return status;
    *out = (struct tl_run_plan){.kind = "credit",
                                .product = run.product,
                                .year = run.year,
                                .period = run.period,
                                .members = invoice.party,
                                .lines = line == NULL ? "" : line,
                                .left_out = "",
                                .corrects = invoice.number,
                                .reason = reason,
                                .evidence = evidence,
                                .terms_id = run.terms_id};
    return TL_OK;
}

struct tl_run_plan tl_run_plan_again(const struct tl_run *run, int64_t terms_id)
{
    return (struct tl_run_plan){.kind = run->kind,
                                .product = run->product,
                                .year = run->year,
                                .period = run->period,
                                .members = run->members,
                                .lines = run->lines,
                                .left_out = run->left_out,
                                .corrects = run->corrects,
                                .reason = run->reason,
                                .evidence = run->evidence,
                                .drafted_on = day_of(run->drafted_at),
                                .accounts = run->accounts,
                                .actual = run->actual,
                                .terms_id = tl_text_equal(run->kind, "credit") ? run->terms_id : terms_id};
}
