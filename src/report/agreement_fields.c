/* SPDX-License-Identifier: MPL-2.0 */
/* The fields of the agreement itself: parties, product, terms, and what this member pays. */
#include <inttypes.h>
#include <string.h>

#include "agreement_parts.h"
#include "tilslut/base/text.h"

/* A number that is not recorded is 0, and printed as nothing. */
static void put_positive(struct tl_fields *row, const char *name, int64_t value)
{
    if (value > 0)
        tl_fields_format(row, name, "%" PRId64, value);
    else
        tl_fields_text(row, name, "");
}

void agreement_put_party(struct tl_fields *root, const char *name, const struct tl_party *party)
{
    struct tl_fields *row = tl_fields_row(root, name);
    tl_fields_text(row, "code", party->code);
    tl_fields_text(row, "short_name", party->name);
    tl_fields_text(row, "name", party->official_name[0] == '\0' ? party->name : party->official_name);
    tl_fields_optional(row, "address", party->address);
    tl_fields_optional(row, "cvr", party->cvr);
    tl_fields_optional(row, "ean", party->ean);
}

void agreement_put_issue(struct tl_fields *root, const struct agreement_source *source)
{
    const struct tl_issue *issue = &source->facts->issue;
    struct tl_fields *row = tl_fields_row(root, "document");
    char hex[TL_DIGEST_HEX_SIZE];
    tl_fields_text(row, "number", issue->number);
    tl_fields_format(row, "version", "%d", issue->version);
    agreement_put_date(row, "date", issue->date, source->is_english);
    put_positive(row, "replaces", issue->replaces);
    tl_digest_hex(&issue->head, hex);
    hex[16] = '\0';
    tl_fields_text(row, "head", issue->head_entry > 0 ? hex : "");
    put_positive(row, "head_entry", issue->head_entry);
    tl_fields_optional(row, "translates", issue->translates);
}

static void put_product(struct tl_fields *root, const struct agreement_source *source)
{
    const struct tl_product *product = source->facts->product;
    struct tl_fields *row = tl_fields_row(root, "product");
    tl_fields_text(row, "code", product->code);
    tl_fields_text(row, "name", product->name);
    tl_fields_optional(row, "psp", product->psp);
    put_positive(row, "level", product->level);
    tl_fields_text(row, "purpose", agreement_text(&source->facts->terms->purpose, source->is_english));
}

void agreement_put_decision(struct tl_fields *row, const struct agreement_source *source,
                            const struct tl_decision *decision)
{
    static const struct {
        const char *body, *da, *en;
    } bodies[] = {{"styregruppe", "styregruppen", "the steering group"},
                  {"bestyrelse", "bestyrelsen", "the board"},
                  {"generalforsamling", "generalforsamlingen", "the general assembly"},
                  {"koordinationsgruppe", "koordinationsgruppen", "the coordination group"}};
    const char *body = decision->body;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        if (tl_text_equal(bodies[i].body, decision->body))
            body = source->is_english ? bodies[i].en : bodies[i].da;
    tl_fields_text(row, "decided_by", body);
    agreement_put_date(row, "decided_on", decision->date, source->is_english);
    tl_fields_optional(row, "decision_reference", decision->reference);
}

static void put_terms(struct tl_fields *root, const struct agreement_source *source)
{
    const struct tl_terms *terms = source->facts->terms;
    struct tl_fields *row = tl_fields_row(root, "terms");
    tl_fields_format(row, "version", "%d", source->facts->terms_version);
    agreement_put_date(row, "valid_from", terms->valid_from, source->is_english);
    tl_fields_format(row, "payment_days", "%d", terms->payment_days);
    put_positive(row, "notice_months", terms->notice.months);
    tl_fields_flag(row, "notice_is_one_month", terms->notice.months == 1);
    tl_fields_flag(row, "ends_with_month", terms->notice.end == TL_NOTICE_MONTH_END);
    tl_fields_flag(row, "ends_with_quarter", terms->notice.end == TL_NOTICE_QUARTER_END);
    tl_fields_flag(row, "ends_with_half_year", terms->notice.end == TL_NOTICE_HALF_YEAR_END);
    tl_fields_flag(row, "ends_with_year", terms->notice.end == TL_NOTICE_YEAR_END);
    const char *measure =
        terms->reference.measure == NULL ? "" : agreement_measure(terms->reference.measure, source->is_english);
    tl_fields_text(row, "measure", measure);
    tl_fields_format(row, "measure_heading", "%c%s",
                     measure[0] >= 'a' && measure[0] <= 'z' ? measure[0] - 'a' + 'A' : measure[0],
                     measure[0] == '\0' ? "" : measure + 1);
    agreement_put_date(row, "reference_date", source->facts->allocation->reference_date, source->is_english);
    agreement_put_decision(row, source, source->facts->decision);
}

/* Under which version the agreement is signed, and how it follows later ones. */
static void put_signed(struct tl_fields *root, const struct agreement_source *source)
{
    const struct tl_agreement_facts *facts = source->facts;
    bool is_other = facts->signed_version != 0 && facts->signed_version != facts->terms_version;
    const struct tl_follows *follows = is_other ? &facts->follows : &facts->terms->follows;
    struct tl_fields *row = tl_fields_row(root, "signed");
    tl_fields_format(row, "version", "%d", is_other ? facts->signed_version : facts->terms_version);
    tl_fields_flag(row, "is_other", is_other);
    tl_fields_flag(row, "prices_need_signature", follows->prices_need_signature);
    tl_fields_flag(row, "text_needs_signature", follows->text_needs_signature);
    put_positive(row, "days", follows->days);
    agreement_put_decision(row, source, is_other ? facts->signed_decision : facts->decision);
}

static bool is_named(const struct tl_terms *terms, const char *tag)
{
    for (size_t i = 0; i < terms->line_count; i++) {
        const struct tl_line *line = &terms->lines[i];
        if (line->waived_for != NULL && tl_text_equal(line->waived_for, tag))
            return true;
        for (size_t j = 0; j < line->rebate_count; j++)
            if (tl_text_equal(line->rebates[j].tag, tag))
                return true;
    }
    return false;
}

/* What stands behind the waivers that the terms know. */
static void put_waivers(struct tl_fields *root, const struct agreement_source *source)
{
    tl_fields_rows(root, "waivers");
    for (size_t i = 0; i < source->facts->waiver_count; i++) {
        const struct tl_waiver *waiver = &source->facts->waivers[i];
        if (!is_named(source->facts->terms, waiver->tag))
            continue;
        struct tl_fields *row = tl_fields_row(root, "waivers");
        tl_fields_text(row, "tag", waiver->tag);
        tl_fields_text(row, "evidence", waiver->evidence);
        agreement_put_date(row, "pledged_on", waiver->pledged_on, source->is_english);
        tl_fields_text(row, "pledged", "");
        if (!tl_date_is_none(waiver->pledged_on))
            agreement_put_money(source, row, "pledged", waiver->pledged);
    }
}

static void put_member(struct tl_fields *root, const struct agreement_source *source)
{
    const struct tl_member *member = source->facts->member;
    struct tl_fields *row = tl_fields_row(root, "membership");
    agreement_put_date(row, "signed_on", member->signed_on, source->is_english);
    agreement_put_date(row, "first", member->first, source->is_english);
    agreement_put_date(row, "last", member->last, source->is_english);
    tl_fields_flag(row, "is_passive", member->is_passive);
    tl_fields_flag(row, "in_association", member->association == TL_ASSOCIATION_MEMBER);
}

/* How VAT is treated. */
static void put_vat(struct tl_fields *row, const struct agreement_source *source, const struct tl_vat *vat)
{
    tl_fields_flag(row, "vat_stated", vat->stated);
    tl_fields_flag(row, "vat_taxed", vat->stated && strcmp(vat->code, "S") == 0);
    tl_fields_flag(row, "vat_outside", vat->stated && strcmp(vat->code, "O") == 0);
    tl_fields_flag(row, "vat_exempt", vat->stated && strcmp(vat->code, "E") == 0);
    tl_fields_text(row, "vat_reason", vat->stated ? vat->reason : "");
    if (vat->stated && !tl_ratio_is_none(vat->rate))
        agreement_put_percent(source, row, "vat_rate", vat->rate);
    else
        tl_fields_text(row, "vat_rate", "");
}

/* What the member pays of a line, all its shares together; *taken false when it has none. */
static tl_status member_amount(struct tl_money *amount, bool *taken, const struct tl_line_result *result,
                               const struct tl_member *member, struct tl_err *err)
{
    tl_status status = TL_OK;
    *amount = (struct tl_money){0};
    *taken = false;
    for (size_t i = 0; i < result->share_count && status == TL_OK; i++) {
        if (!tl_text_equal(result->shares[i].member->code, member->code))
            continue;
        *taken = true;
        status = tl_money_add(amount, *amount, result->shares[i].amount, err);
    }
    return status;
}

static const char *waiver_of(const struct tl_line_result *result, const struct tl_member *member)
{
    const struct tl_share *share = tl_line_result_share(result, member->code);
    return share == NULL ? NULL : share->waived;
}

static bool has_option(const struct tl_member *member, const char *option)
{
    for (size_t i = 0; i < member->option_count; i++)
        if (tl_text_equal(member->options[i].option, option))
            return true;
    return false;
}

/* lines: every line of the terms with what this member pays of it in the year; options: those that can be chosen. */
static tl_status put_own_lines(struct tl_fields *root, const struct agreement_source *source)
{
    const struct tl_allocation *allocation = source->facts->allocation;
    const struct tl_member *member = source->facts->member;
    struct tl_money total = {0};
    bool any_unknown = false, has_prices = false;
    tl_status status = TL_OK;
    tl_fields_rows(root, "lines");
    tl_fields_rows(root, "options");
    for (size_t i = 0; i < allocation->line_count && status == TL_OK; i++) {
        const struct tl_line_result *result = &allocation->lines[i];
        const struct tl_line *line = result->line;
        struct tl_money amount;
        bool taken;
        struct tl_fields *row = tl_fields_row(root, "lines");
        status = agreement_line_fill(row, source, result);
        if (status == TL_OK)
            status = member_amount(&amount, &taken, result, member, source->err);
        if (status != TL_OK)
            break;
        has_prices = has_prices || !line->has_budget;
        bool chosen = line->option == NULL || has_option(member, line->option);
        tl_fields_flag(row, "taken", taken);
        tl_fields_flag(row, "chosen", chosen);
        tl_fields_optional(row, "waived", waiver_of(result, member));
        tl_fields_text(row, "amount", "");
        if (taken && result->known) {
            agreement_put_money(source, row, "amount", amount);
            status = tl_money_add(&total, total, amount, source->err);
        }
        any_unknown = any_unknown || (taken && !result->known);
        if (line->option == NULL)
            continue;
        struct tl_fields *option = tl_fields_row(root, "options");
        tl_fields_text(option, "line", agreement_text(&line->name, source->is_english));
        agreement_put_covers(option, source, line);
        tl_fields_flag(option, "chosen", chosen);
        tl_fields_flag(option, "known", result->known);
    }
    agreement_put_money(source, root, "total", total);
    tl_fields_flag(root, "any_unknown", any_unknown);
    tl_fields_flag(root, "has_prices", has_prices);
    return status;
}

static bool same_vat(const struct tl_vat *a, const struct tl_vat *b)
{
    return a->stated == b->stated &&
           (!a->stated || (tl_text_equal(a->code, b->code) && tl_text_equal(a->reason, b->reason) &&
                           a->rate.numerator == b->rate.numerator && a->rate.denominator == b->rate.denominator));
}

/* `A`, `A og B`, `A, B og C`: the lines from `first` on that have its VAT. */
static void put_line_names(struct tl_fields *row, const struct agreement_source *source, size_t first)
{
    const struct tl_terms *terms = source->facts->terms;
    struct tl_buf text = TL_BUF_EMPTY;
    const char *waiting = NULL;
    for (size_t i = first; i < terms->line_count; i++) {
        if (!same_vat(&terms->lines[i].vat, &terms->lines[first].vat))
            continue;
        if (waiting != NULL)
            tl_buf_format(&text, "%s%s", text.length == 0 ? "" : ", ", waiting);
        waiting = agreement_text(&terms->lines[i].name, source->is_english);
    }
    const char *and_word = source->is_english ? " and " : " og ";
    tl_buf_format(&text, "%s%s", text.length == 0 ? "" : and_word, waiting);
    tl_fields_text(row, "lines", text.failed ? NULL : tl_buf_string(&text));
    tl_buf_release(&text);
}

/* One row per way that VAT is treated, with the lines it holds for. */
static void put_vat_groups(struct tl_fields *root, const struct agreement_source *source)
{
    const struct tl_terms *terms = source->facts->terms;
    tl_fields_rows(root, "vat_groups");
    for (size_t i = 0; i < terms->line_count; i++) {
        size_t first = 0;
        while (!same_vat(&terms->lines[first].vat, &terms->lines[i].vat))
            first++;
        if (first < i)
            continue;
        struct tl_fields *row = tl_fields_row(root, "vat_groups");
        put_line_names(row, source, i);
        put_vat(row, source, &terms->lines[i].vat);
    }
}

struct tl_issue agreement_timeless_issue(const struct tl_issue *issue)
{
    return (struct tl_issue){
        .number = issue->number, .version = 1, .date = tl_date_of(2000, 1, 1), .translates = issue->translates};
}

void agreement_common_fill(struct tl_fields *root, const struct agreement_source *source)
{
    agreement_put_issue(root, source);
    agreement_put_party(root, "owner", source->facts->owner);
    put_product(root, source);
    put_terms(root, source);
    put_vat_groups(root, source);
    tl_fields_format(root, "year", "%d", source->facts->allocation->year);
}

const char *agreement_seal_text(const struct agreement_source *source, const struct tl_issue *issue)
{
    char content[TL_DIGEST_HEX_SIZE] = "", head[TL_DIGEST_HEX_SIZE];
    const char *ledger = "";
    if (issue->content != NULL)
        tl_digest_hex(issue->content, content);
    tl_digest_hex(&issue->head, head);
    if (issue->head_entry > 0)
        ledger = tl_arena_format(source->arena,
                                 source->is_english ? "Ledger entry %" PRId64 ", seal %.16s"
                                                    : "Regnskabspost %" PRId64 ", segl %.16s",
                                 issue->head_entry, head);
    if (ledger == NULL || content[0] == '\0')
        return ledger;
    return tl_arena_format(source->arena, "%s %.16s%s%s", source->is_english ? "Content SHA-256" : "Indhold SHA-256",
                           content, ledger[0] == '\0' ? "" : ". ", ledger);
}

tl_status agreement_face_fill(struct tl_doc_face *face, const struct agreement_source *source, const char *title,
                              const char *party)
{
    const struct tl_agreement_facts *facts = source->facts;
    const struct tl_issue *issue = &facts->issue;
    const char *name = tl_arena_format(source->arena, "%s %s%s%s", title, facts->product->name,
                                       party == NULL ? "" : ", ", party == NULL ? "" : party);
    char date[TL_DATE_TEXT_SIZE];
    *face = (struct tl_doc_face){
        .title = name,
        .author = facts->owner->official_name,
        .subject = tl_arena_format(source->arena, "%s, version %d", issue->number, issue->version),
        .language = source->is_english ? "en" : "da",
        .header_left = facts->owner->name,
        .header_right = name,
        .footer_left = tl_arena_format(source->arena, "%s, version %d, %s", issue->number, issue->version,
                                       source->is_english ? tl_date_en_long(issue->date, date)
                                                          : tl_date_da_long(issue->date, date)),
        .footer_below = "",
        .page_word = source->is_english ? "page" : "side",
        .of_word = source->is_english ? "of" : "af",
        .issued = issue->date};
    face->footer_below = agreement_seal_text(source, issue);
    bool is_whole = name != NULL && face->subject != NULL && face->footer_left != NULL && face->footer_below != NULL;
    return is_whole ? TL_OK : tl_err_memory(source->err);
}

tl_status agreement_fields_fill(struct tl_fields *root, const struct agreement_source *source)
{
    agreement_common_fill(root, source);
    agreement_put_party(root, "party", source->facts->party);
    put_member(root, source);
    put_signed(root, source);
    put_waivers(root, source);
    return put_own_lines(root, source);
}
