/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/pricelist_table.h"

#include <stdio.h>
#include <string.h>

static const struct tl_column columns[TL_PRICELIST_COLUMNS] = {
    {"line", "Line", TL_COLUMN_CODE},
    {"name", "Name", TL_COLUMN_TEXT},
    {"kind", "Kind", TL_COLUMN_TEXT},
    {"account", "Account", TL_COLUMN_CODE},
    {"option", "Option", TL_COLUMN_TEXT},
    {"class", "Class", TL_COLUMN_TEXT},
    {"signed_until", "Signed until", TL_COLUMN_DATE},
    {"price", "Price", TL_COLUMN_MONEY},
    {"price_member", "For members", TL_COLUMN_MONEY},
    {"price_other", "For others", TL_COLUMN_MONEY},
    {"unit_price", "Per unit", TL_COLUMN_RATIO},
    {"budget", "Budget", TL_COLUMN_MONEY},
    {"key", "Key", TL_COLUMN_TEXT},
    {"floor", "Floor", TL_COLUMN_MONEY},
    {"cap", "Cap", TL_COLUMN_MONEY},
    {"round_to", "Rounded to", TL_COLUMN_MONEY},
    {"vat_code", "VAT code", TL_COLUMN_CODE},
    {"vat_rate", "VAT", TL_COLUMN_PERCENT},
    {"decision", "Decision", TL_COLUMN_TEXT},
};

const char *const tl_pricelist_titles[TL_PRICELIST_COLUMNS] = {
    "Linje", "Ydelse",       "Art",       "Konto",          "Tilvalg",     "Størrelsesklasse", "Underskrevet til",
    "Pris",  "For medlem",   "For andre", "Pris pr. enhed", "Budget",      "Fordelingsnøgle",  "Mindst",
    "Højst", "Afrundes til", "Momskode",  "Moms",           "Besluttet af"};

enum { CLASS = 5, SIGNED, PRICE, PRICE_MEMBER, PRICE_OTHER, UNIT_PRICE, BUDGET, KEY, FLOOR, CAP };

/* A line on its way into rows. */
struct pen {
    struct tl_table *table;
    const struct tl_line_result *result;
    struct tl_cell cells[TL_PRICELIST_COLUMNS];
    struct tl_err *err;
};

static const char *kind_of(const struct tl_line *line)
{
    return line->kind == TL_LINE_ANNUAL ? "annual" : line->kind == TL_LINE_JOINING_FEE ? "joining fee" : "one-off";
}

/* price x (1 + markup), to the øre. */
static tl_status mark_up(struct tl_cell *out, struct tl_money price, struct tl_ratio markup, struct tl_err *err)
{
    struct tl_frac exact, factor, one;
    struct tl_money rounded;
    tl_frac_init(&exact);
    tl_frac_init(&factor);
    tl_frac_init(&one);
    tl_frac_set_whole(&exact, price.minor);
    tl_frac_set_whole(&one, 1);
    tl_frac_set_ratio(&factor, markup);
    mpq_add(factor.q, factor.q, one.q);
    mpq_mul(exact.q, exact.q, factor.q);
    tl_status status = tl_frac_round_money(&rounded, &exact, err);
    *out = tl_cell_money(rounded);
    tl_frac_release(&one);
    tl_frac_release(&factor);
    tl_frac_release(&exact);
    return status;
}

/* A row with a price of the terms, as it is in the year. */
static tl_status add_price(struct pen *pen, const char *label, bool is_known, struct tl_money amount)
{
    const struct tl_line *line = pen->result->line;
    struct tl_money price;
    struct tl_ratio none = tl_ratio_of(0, 1);
    pen->cells[CLASS] = tl_cell_text(label);
    pen->cells[PRICE] = pen->cells[PRICE_MEMBER] = pen->cells[PRICE_OTHER] = tl_cell_missing();
    if (!is_known)
        return tl_table_add(pen->table, pen->cells, pen->err);
    tl_status status = tl_line_result_index(&price, pen->result, amount, pen->err);
    if (status == TL_OK)
        status = mark_up(&pen->cells[PRICE_MEMBER], price, line->markup.present ? line->markup.member : none, pen->err);
    if (status == TL_OK)
        status = mark_up(&pen->cells[PRICE_OTHER], price, line->markup.present ? line->markup.other : none, pen->err);
    pen->cells[PRICE] = tl_cell_money(price);
    return status == TL_OK ? tl_table_add(pen->table, pen->cells, pen->err) : status;
}

/* `up to 20000`, `below 20000`, `above` */
static tl_status add_bracket(struct pen *pen, const struct tl_price_bracket *bracket)
{
    char bound[TL_RATIO_TEXT_SIZE], label[TL_RATIO_TEXT_SIZE + 8] = "above";
    if (bracket->has_bound)
        snprintf(label, sizeof label, "%s %s", bracket->inclusive ? "up to" : "below",
                 tl_ratio_text(bracket->bound, bound));
    return add_price(pen, label, bracket->price.known, bracket->price.amount);
}

static tl_status add_prices(struct pen *pen, const struct tl_terms *terms, const struct tl_price *price)
{
    tl_status status = TL_OK;
    switch (price->kind) {
    case TL_PRICE_NONE:
        return TL_OK;
    case TL_PRICE_FLAT:
        return add_price(pen, NULL, true, price->flat);
    case TL_PRICE_NOT_YET_KNOWN:
        return add_price(pen, NULL, false, price->flat);
    case TL_PRICE_PER_CLASS:
        for (size_t i = 0; status == TL_OK && i < terms->class_count; i++)
            status = add_price(pen, terms->classes[i].name, price->per_class[i].known, price->per_class[i].amount);
        return status;
    case TL_PRICE_PER_UNIT:
        pen->cells[UNIT_PRICE] = tl_cell_ratio(price->per_unit);
        return add_price(pen, NULL, false, price->flat);
    case TL_PRICE_BRACKETS:
        for (size_t i = 0; status == TL_OK && i < price->bracket_count; i++)
            status = add_bracket(pen, &price->brackets[i]);
        return status;
    }
    return TL_OK;
}

static tl_status add_budget(struct pen *pen)
{
    const struct tl_line *line = pen->result->line;
    struct tl_money budget;
    tl_status status = tl_line_result_index(&budget, pen->result, line->budget, pen->err);
    pen->cells[BUDGET] = tl_cell_money(budget);
    pen->cells[KEY] = tl_cell_text(pen->result->key_text);
    if (line->has_floor)
        pen->cells[FLOOR] = tl_cell_money(line->floor);
    if (line->has_cap)
        pen->cells[CAP] = tl_cell_money(line->cap);
    return status == TL_OK ? tl_table_add(pen->table, pen->cells, pen->err) : status;
}

static tl_status add_line(struct pen *pen, const struct tl_terms *terms, const char *decision)
{
    const struct tl_line *line = pen->result->line;
    const struct tl_cell cells[TL_PRICELIST_COLUMNS] = {
        tl_cell_code(line->id),
        tl_cell_text(line->name.da),
        tl_cell_text(kind_of(line)),
        tl_cell_code(line->account),
        tl_cell_text(line->option),
        tl_cell_missing(),
        tl_cell_missing(),
        tl_cell_missing(),
        tl_cell_missing(),
        tl_cell_missing(),
        tl_cell_missing(),
        tl_cell_missing(),
        tl_cell_missing(),
        tl_cell_missing(),
        tl_cell_missing(),
        tl_cell_money((struct tl_money){line->round_to_minor < 1 ? 1 : line->round_to_minor}),
        tl_cell_code(line->vat.code),
        tl_cell_percent(line->vat.rate),
        tl_cell_text(decision),
    };
    memcpy(pen->cells, cells, sizeof cells);
    if (line->has_budget)
        return add_budget(pen);
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < line->price_step_count; i++) {
        pen->cells[SIGNED] = tl_cell_date(line->price_steps[i].until);
        status = add_prices(pen, terms, &line->price_steps[i].price);
    }
    return line->price_step_count == 0 ? add_prices(pen, terms, &line->price) : status;
}

tl_status tl_pricelist_table(struct tl_table *out, const struct tl_allocation *allocation, const char *decision,
                             struct tl_err *err)
{
    tl_status status = tl_table_init(out, columns, TL_PRICELIST_COLUMNS, err);
    for (size_t i = 0; status == TL_OK && i < allocation->line_count; i++) {
        struct pen pen = {.table = out, .result = &allocation->lines[i], .err = err};
        status = add_line(&pen, allocation->terms, decision);
    }
    return status;
}
