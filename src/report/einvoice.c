/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/einvoice.h"

#include <string.h>
#include <strings.h>

#include "tilslut/base/text.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const char outside_code[] = "VATEX-EU-O";
static const char outside_words[] = "Uden for momslovens anvendelsesområde";

struct maker {
    struct tl_einvoice *out;
    const struct tl_einvoice_source *source;
    const struct tl_invoice *from;
    struct tl_arena *arena;
    bool is_mixed; /* lines outside the scope of VAT beside others */
};

const char *tl_einvoice_attachment_type(const char *name)
{
    static const char *const types[][2] = {
        {".pdf", "application/pdf"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".csv", "text/csv"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
    };
    const char *end = strrchr(name, '.');
    for (size_t i = 0; end != NULL && i < COUNT_OF(types); i++)
        if (strcasecmp(end, types[i][0]) == 0)
            return types[i][1];
    return NULL;
}

static struct tl_money as_told(const struct maker *maker, struct tl_money amount)
{
    return maker->out->is_credit ? tl_money_negate(amount) : amount;
}

static bool is_public(const struct tl_party *party)
{
    return tl_text_equal(party->kind, "municipality") || tl_text_equal(party->kind, "region") ||
           tl_text_equal(party->kind, "state");
}

/* `8000 Aarhus C`: four digits, a space, and the place. */
static bool is_place(const char *line)
{
    return strspn(line, "0123456789") == 4 && line[4] == ' ' && line[5] != '\0';
}

/* Ends `text` before its last ", " and returns what followed; NULL: it is one line. */
static char *cut_last(char *text)
{
    char *last = NULL;
    for (char *comma = strstr(text, ", "); comma != NULL; comma = strstr(comma + 2, ", "))
        last = comma;
    if (last == NULL)
        return NULL;
    *last = '\0';
    return last + 2;
}

/* The recorded address has its lines separated by ", ": who is there, the street, the place. */
static tl_status split_address(struct tl_einvoice_party *party, const char *address, struct tl_arena *arena,
                               struct tl_err *err)
{
    char *text = tl_arena_text(arena, address);
    if (text == NULL)
        return tl_err_memory(err);
    char *last = cut_last(text);
    if (last != NULL && is_place(last)) {
        party->zip = last;
        party->city = last + 5;
        last[4] = '\0';
        last = cut_last(text);
    }
    party->street = last == NULL ? text : last;
    char *comma = last == NULL ? NULL : strstr(text, ", ");
    party->more = last == NULL ? "" : text;
    if (comma != NULL) {
        *comma = '\0';
        party->others = comma + 2;
    }
    return TL_OK;
}

/* A public body is reached at its EAN number, and only there; others at their CVR number where they have none. */
static tl_status make_party(struct tl_einvoice_party *out, const struct tl_party *party, const char *unit,
                            const char *ean, struct tl_arena *arena, struct tl_err *err)
{
    *out = (struct tl_einvoice_party){.name = party->official_name,
                                      .unit = unit,
                                      .cvr = "",
                                      .vat = "",
                                      .street = "",
                                      .more = "",
                                      .others = "",
                                      .zip = "",
                                      .city = "",
                                      .country = "DK"};
    if (party->cvr[0] != '\0' && (out->cvr = tl_arena_format(arena, "DK%s", party->cvr)) == NULL)
        return tl_err_memory(err);
    bool by_cvr = ean[0] == '\0' && !is_public(party);
    out->endpoint = by_cvr ? out->cvr : ean;
    out->scheme = by_cvr ? TL_EINVOICE_CVR : TL_EINVOICE_GLN;
    return split_address(out, party->address, arena, err);
}

static const char *part_word(const char *part)
{
    if (tl_text_equal(part, "billed"))
        return "tidligere opkrævet";
    return tl_text_equal(part, "credit") ? "krediteret" : "andel";
}

/* The working of a line, as the invoice on paper says it. */
static tl_status make_note(const char **out, const struct tl_invoice_line *line, struct tl_arena *arena,
                           struct tl_err *err)
{
    struct tl_buf text = TL_BUF_EMPTY;
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE], net[TL_MONEY_TEXT_SIZE];
    for (size_t i = 0; i < line->working_count; i++) {
        const struct tl_invoice_working *working = &line->workings[i];
        tl_buf_format(&text, "%s%s-%s, %s: %s = %s kr.", i == 0 ? "" : "; ", tl_date_da(working->period.first, first),
                      tl_date_da(working->period.last, last), part_word(working->part), working->working,
                      tl_money_da(working->net, net));
    }
    tl_status status = tl_buf_status(&text, err);
    *out = status == TL_OK ? tl_arena_text(arena, tl_buf_string(&text)) : NULL;
    tl_buf_release(&text);
    return status == TL_OK && *out == NULL ? tl_err_memory(err) : status;
}

tl_status tl_einvoice_reason(const char **out, const char *reduced_for, bool is_english, struct tl_arena *arena,
                             struct tl_err *err)
{
    static const char *const words[][3] = {{"passive", "passivt medlemskab", "passive membership"},
                                           {"rebate", "rabat", "rebate"},
                                           {"waiver", "fritagelse", "waiver"}};
    struct tl_buf text = TL_BUF_EMPTY;
    for (const char *at = reduced_for; *at != '\0';) {
        size_t length = strcspn(at, ",");
        for (size_t i = 0; i < COUNT_OF(words); i++) {
            size_t word = strlen(words[i][0]);
            if (length >= word && strncmp(at, words[i][0], word) == 0)
                tl_buf_format(&text, "%s%s%.*s", text.length == 0 ? "" : ", ", words[i][is_english ? 2 : 1],
                              (int)(length - word), at + word);
        }
        at += length;
        at += strspn(at, ", ");
    }
    tl_status status = tl_buf_status(&text, err);
    char *copy = status == TL_OK ? tl_arena_text(arena, tl_buf_string(&text)) : NULL;
    tl_buf_release(&text);
    if (status == TL_OK && copy == NULL)
        return tl_err_memory(err);
    if (status == TL_OK && copy[0] >= 'a' && copy[0] <= 'z')
        copy[0] = (char)(copy[0] - 'a' + 'A');
    *out = copy;
    return status;
}

/* What reduced a line is told as an allowance, where price and amount are above it: those of what is taken off again
 * are not. */
static tl_status add_allowance(struct tl_einvoice_line *line, const struct maker *maker,
                               const struct tl_invoice_line *from, struct tl_err *err)
{
    struct tl_money reduced = as_told(maker, from->reduced);
    if (reduced.minor <= 0 || line->net.minor < 0)
        return TL_OK;
    line->allowance = reduced;
    tl_status status = tl_money_add(&line->price, line->net, reduced, err);
    return status == TL_OK ? tl_einvoice_reason(&line->allowance_reason, from->reduced_for, false, maker->arena, err)
                           : status;
}

static const char *category_of(const struct maker *maker, const char *code)
{
    return maker->is_mixed && tl_text_equal(code, "O") ? "E" : code;
}

static tl_status make_line(struct maker *maker, size_t at, struct tl_err *err)
{
    const struct tl_invoice_line *from = &maker->from->lines[at];
    const struct tl_einvoice_reference *reference = &maker->source->references[at];
    struct tl_einvoice_line *line = &maker->out->lines[at];
    *line = (struct tl_einvoice_line){.quantity = 1,
                                      .net = as_told(maker, from->net),
                                      .allowance_reason = "",
                                      .name = from->name.da,
                                      .description = from->covers.da,
                                      .item = from->psp,
                                      .order_reference = reference->order_reference,
                                      .account_string = reference->account_string,
                                      .period = from->period,
                                      .category = category_of(maker, from->vat_code),
                                      .rate = from->vat_rate};
    line->price = line->net;
    if (line->net.minor < 0) {
        line->quantity = -1;
        line->price = tl_money_negate(line->net);
    }
    tl_status status = add_allowance(line, maker, from, err);
    return status == TL_OK ? make_note(&line->note, from, maker->arena, err) : status;
}

/* A cost of all lines stands at the head, and else at each line. */
static void share_account_string(struct tl_einvoice *out)
{
    for (size_t i = 1; i < out->line_count; i++)
        if (!tl_text_equal(out->lines[i].account_string, out->lines[0].account_string))
            return;
    out->account_string = out->line_count == 0 ? "" : out->lines[0].account_string;
    for (size_t i = 0; i < out->line_count; i++)
        out->lines[i].account_string = "";
}

static tl_status make_lines(struct maker *maker, struct tl_err *err)
{
    struct tl_einvoice *out = maker->out;
    tl_status status = TL_OK;
    out->lines = tl_arena_alloc(maker->arena, maker->from->line_count, sizeof *out->lines);
    if (out->lines == NULL)
        return tl_err_memory(err);
    for (; status == TL_OK && out->line_count < maker->from->line_count; out->line_count++)
        status = make_line(maker, out->line_count, err);
    for (size_t i = 0; status == TL_OK && i < out->line_count; i++)
        status = tl_money_add(&out->line_sum, out->line_sum, out->lines[i].net, err);
    share_account_string(out);
    return status;
}

/* Why there is no VAT; of what is outside its scope in words, too, where the category does not say so. */
static tl_status add_reason(struct tl_einvoice_vat *vat, const struct maker *maker, const struct tl_invoice_vat *from,
                            struct tl_err *err)
{
    bool is_outside = tl_text_equal(from->code, "O"), in_words = is_outside && maker->is_mixed;
    if (tl_text_equal(from->code, "S"))
        return TL_OK;
    if (is_outside && !maker->is_mixed)
        vat->reason_code = outside_code;
    const char *between = vat->reason[0] == '\0' ? "" : "; ";
    const char *behind = in_words && from->reason[0] != '\0' ? ": " : "";
    vat->reason = tl_arena_format(maker->arena, "%s%s%s%s%s", vat->reason, between, in_words ? outside_words : "",
                                  behind, from->reason);
    return vat->reason == NULL ? tl_err_memory(err) : TL_OK;
}

/* One breakdown for each category and rate (BR-S-01, BR-E-01, BR-O-01). */
static tl_status add_vat(struct maker *maker, const struct tl_invoice_vat *from, struct tl_err *err)
{
    struct tl_einvoice *out = maker->out;
    const char *category = category_of(maker, from->code);
    size_t i = 0;
    while (i < out->vat_count &&
           !(tl_text_equal(out->vats[i].category, category) && tl_ratio_compare(out->vats[i].rate, from->rate) == 0))
        i++;
    struct tl_einvoice_vat *vat = &out->vats[i];
    if (i == out->vat_count) {
        *vat = (struct tl_einvoice_vat){.category = category, .rate = from->rate, .reason = "", .reason_code = ""};
        out->vat_count++;
    }
    tl_status status = add_reason(vat, maker, from, err);
    if (status == TL_OK)
        status = tl_money_add(&vat->taxable, vat->taxable, as_told(maker, from->net), err);
    if (status == TL_OK)
        status = tl_money_add(&vat->tax, vat->tax, as_told(maker, from->vat), err);
    if (status == TL_OK)
        status = tl_money_add(&out->vat, out->vat, as_told(maker, from->vat), err);
    return status;
}

static tl_status make_vats(struct maker *maker, struct tl_err *err)
{
    struct tl_einvoice *out = maker->out;
    tl_status status = TL_OK;
    out->vats = tl_arena_alloc(maker->arena, maker->from->vat_count, sizeof *out->vats);
    if (out->vats == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < maker->from->vat_count; i++)
        status = add_vat(maker, &maker->from->vats[i], err);
    out->net = out->line_sum;
    if (status == TL_OK)
        status = tl_money_add(&out->gross, out->net, out->vat, err);
    out->payable = out->gross;
    return status;
}

/* FIK before an account, since its id finds its way back without being typed. */
static tl_status make_payment(struct maker *maker, struct tl_err *err)
{
    const struct tl_payee *payee = maker->source->payee;
    const char *reference = maker->from->row.reference;
    struct tl_einvoice_payment *payment = &maker->out->payment;
    *payment = (struct tl_einvoice_payment){"", "", "", ""};
    if (maker->out->is_credit || payee == NULL)
        return TL_OK;
    if (payee->creditor[0] != '\0') {
        *payment =
            (struct tl_einvoice_payment){"93", tl_arena_format(maker->arena, "71#%s", reference), payee->creditor, ""};
        return payment->id == NULL ? tl_err_memory(err) : TL_OK;
    }
    bool is_danish = payee->account[0] != '\0';
    *payment = (struct tl_einvoice_payment){is_danish ? "42" : "58", reference,
                                            is_danish ? payee->account : payee->iban, payee->registration};
    return TL_OK;
}

static tl_status make_parties(struct maker *maker, struct tl_err *err)
{
    struct tl_einvoice *out = maker->out;
    const struct tl_invoice *from = maker->from;
    bool any = from->line_count > 0, all_outside = any;
    struct tl_einvoice_reference none = {"", "", "", "", ""};
    const struct tl_einvoice_reference *first = any ? &maker->source->references[0] : &none;
    out->order_reference = first->order_reference;
    out->buyer_reference = first->person_reference;
    for (size_t i = 0; i < out->line_count; i++)
        all_outside = all_outside && tl_text_equal(out->lines[i].category, "O");
    tl_status status = make_party(&out->seller, &from->seller, "", from->seller.ean, maker->arena, err);
    if (status == TL_OK)
        status = make_party(&out->buyer, &from->buyer, first->unit, first->ean, maker->arena, err);
    if (status == TL_OK && !all_outside)
        out->seller.vat = out->seller.cvr;
    return status;
}

static tl_status make_note_of_all(struct maker *maker, struct tl_err *err)
{
    const struct tl_invoice *from = maker->from;
    const struct tl_decision *decision = &from->decision;
    char date[TL_DATE_TEXT_SIZE];
    maker->out->note =
        tl_arena_format(maker->arena, "%s%s%s. Besluttet: %s %s %s", from->text, from->reason[0] == '\0' ? "" : ". ",
                        from->reason, decision->body, tl_date_da(decision->date, date), decision->reference);
    return maker->out->note == NULL ? tl_err_memory(err) : TL_OK;
}

static bool mixes_outside(const struct tl_invoice *from)
{
    size_t outside = 0;
    for (size_t i = 0; i < from->vat_count; i++)
        outside += tl_text_equal(from->vats[i].code, "O") ? 1 : 0;
    return outside > 0 && outside < from->vat_count;
}

tl_status tl_einvoice_make(struct tl_einvoice *out, const struct tl_einvoice_source *source, struct tl_arena *arena,
                           struct tl_err *err)
{
    const struct tl_invoice *from = source->invoice;
    struct maker maker = {out, source, from, arena, mixes_outside(from)};
    *out = (struct tl_einvoice){.is_credit = tl_text_equal(from->row.kind, "credit note"),
                                .number = from->row.number,
                                .currency = from->currency,
                                .issued = from->row.date,
                                .due = from->row.due,
                                .account_string = "",
                                .period = from->row.period,
                                .corrects = from->row.corrects,
                                .corrects_date = from->corrects_date,
                                .payment_terms = ""};
    if (out->is_credit)
        out->payment_terms = "Beløbet godskrives i mellemværendet";
    tl_status status = make_lines(&maker, err);
    if (status == TL_OK)
        status = make_vats(&maker, err);
    if (status == TL_OK)
        status = make_parties(&maker, err);
    if (status == TL_OK)
        status = make_payment(&maker, err);
    return status == TL_OK ? make_note_of_all(&maker, err) : status;
}
