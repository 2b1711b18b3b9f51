/* SPDX-License-Identifier: MPL-2.0 */
#include "statements.h"

#include <string.h>

static const struct tl_statement_row priced = {
    .kind = TL_ROW_CHARGE,
    .product_code = "os2valghalla",
    .product_name = "OS2valghalla",
    .purpose = TL_PURPOSE_MAINTENANCE,
    .invoice = "faktura 2026-0012",
    .line_id = "maintenance",
    .line_name = "Vederlag",
    .text = "Opkrævning 2026, OS2valghalla",
    .covers = "Fejlrettelser, test, opdateringer og koordinering af den fælles kodebase",
    .account = "00002",
    .psp = "XG-9212045260-00002",
    .reference = "2026-0751-000012",
    .net = {5668000},
    .gross = {5668000},
    .vat_code = "O",
    .vat_reason = "uden for momslovens område",
    .vat_rate = {0, 1},
    .measure = "population",
    .measure_source = "Danmarks Statistik, FOLK1A",
    .measure_value = {373388, 1},
    .size_class = "Meget stor",
    .price = {5200000},
    .markup = {9, 100},
    .exact = "5668000",
    .rounding = "0",
    .working = "52.000,00 × (1 + 9 %)",
    .decision = "styregruppe 2025-10-12 pkt. 4",
    .ean = "5798005770220",
    .order_reference = "4500123456",
    .person_reference = "AZ12345",
    .account_string = "0751-6520-00002-22-9",
};

static const struct tl_statement_row budgeted = {
    .kind = TL_ROW_CHARGE,
    .product_code = "os2valghalla",
    .product_name = "OS2valghalla",
    .purpose = TL_PURPOSE_DEVELOPMENT,
    .line_id = "development",
    .line_name = "Fælles udvikling",
    .text = "Opkrævning 2026, OS2valghalla",
    .covers = "Udvikling, som styregruppen har prioriteret for året",
    .account = "00003",
    .psp = "XG-9212045260-00003",
    .reference = "2026-0751-000012",
    .net = {21720305},
    .vat = {5430076},
    .gross = {27150381},
    .vat_code = "S",
    .vat_reason = "ydelsen er momspligtig",
    .vat_rate = {1, 4},
    .measure = "population",
    .measure_source = "Danmarks Statistik, FOLK1A",
    .measure_value = {373388, 1},
    .is_budgeted = true,
    .budget = {120000000},
    .key = "25% equal + 75% population",
    .weight = "10831337/59840800",
    .weight_sum = "1",
    .share = "10831337/59840800",
    .exact = "1624700550000/74801",
    .rounding = "-15695/74801",
    .decision = "styregruppe 2025-10-12 pkt. 4",
    .ean = "5798005770220",
    .order_reference = "4500123456",
};

static const struct tl_statement_row payment = {
    .kind = TL_ROW_PAYMENT,
    .text = "Indbetaling, Aarhus Kommune",
    .product_name = "",
    .net = {-5668000},
    .gross = {-5668000},
};

static void fill_rows(struct tl_statement_row *rows)
{
    const struct tl_period year = {tl_date_of(2026, 1, 1), tl_date_of(2026, 12, 31)};
    rows[0] = priced;
    rows[1] = budgeted;
    rows[2] = budgeted;
    rows[2].line_id = "hosting";
    rows[2].line_name = "Drift";
    rows[2].covers = "";
    rows[2].budget = (struct tl_money){48000000};
    rows[2].key = "population";
    rows[2].weight = "373388";
    rows[2].weight_sum = "898809";
    rows[2].share = "373388/898809";
    rows[2].exact = "5974208000000/299603";
    rows[2].rounding = "-144358/299603";
    rows[2].net = rows[2].gross = (struct tl_money){19940414};
    rows[2].vat = (struct tl_money){0};
    rows[2].vat_code = "O";
    rows[2].vat_rate = tl_ratio_of(0, 1);
    rows[2].vat_reason = "uden for momslovens område";
    rows[3] = payment;
    rows[4] = priced;
    rows[4].product_code = "os2mo";
    rows[4].product_name = "OS2mo";
    rows[4].line_id = "joining";
    rows[4].line_name = "Tilslutningsafgift";
    rows[4].text = "Opkrævning 2026, OS2mo";
    rows[4].covers = "";
    rows[4].account = "00001";
    rows[4].psp = "XG-9212045370-00001";
    rows[4].price = (struct tl_money){6000000};
    rows[4].markup = (struct tl_ratio){0, 0};
    rows[4].waived = "udvikling af version 2.0";
    rows[4].exact = "0";
    rows[4].working = "60.000,00 × 0";
    rows[4].net = rows[4].gross = (struct tl_money){0};
    rows[4].reference = "2026-0751-000061";
    rows[5] = (struct tl_statement_row){.kind = TL_ROW_CREDIT,
                                        .text = "Kreditnota til bilag 12: forkert størrelsesklasse",
                                        .net = {-1090000},
                                        .gross = {-1090000}};
    rows[6] = payment;
    rows[6].net = rows[6].gross = (struct tl_money){-27150381};
    const int days[SAMPLE_ROWS] = {15, 15, 15, 11, 1, 20, 12}, months[SAMPLE_ROWS] = {1, 1, 1, 2, 3, 3, 4};
    const int entries[SAMPLE_ROWS] = {12, 12, 12, 57, 61, 88, 1093};
    for (int i = 0; i < SAMPLE_ROWS; i++) {
        rows[i].entry = entries[i];
        rows[i].date = tl_date_of(2026, months[i], days[i]);
        if (rows[i].kind == TL_ROW_CHARGE) {
            rows[i].period = year;
            rows[i].due = tl_date_add_days(rows[i].date, 30);
            rows[i].measure_date = tl_date_of(2025, 1, 1);
        }
    }
}

void sample_statement_foot(struct tl_statement *statement)
{
    statement->charges = statement->payments = (struct tl_money){0};
    for (size_t i = 0; i < statement->row_count; i++) {
        struct tl_money *side = statement->rows[i].kind == TL_ROW_PAYMENT ? &statement->payments : &statement->charges;
        side->minor += statement->rows[i].gross.minor;
    }
    statement->closing.minor = statement->opening.minor + statement->charges.minor + statement->payments.minor;
}

void sample_statement_init(struct sample_statement *sample)
{
    memset(sample, 0, sizeof *sample);
    sample->owner = (struct tl_party){.code = "os2",
                                      .name = "OS2",
                                      .official_name = "OS2 - Offentligt digitaliseringsfællesskab",
                                      .cvr = "41849983",
                                      .ean = "5790002750595",
                                      .address = "c/o ITK, Aarhus Kommune, Hack Kampmanns Plads 2, 8000 Aarhus C"};
    sample->party = (struct tl_party){.code = "0751",
                                      .name = "Aarhus",
                                      .official_name = "Aarhus Kommune",
                                      .cvr = "55133018",
                                      .ean = "5798005770220",
                                      .address = "Rådhuspladsen 2, 8000 Aarhus C"};
    fill_rows(sample->rows);
    for (size_t i = 0; i < SAMPLE_ROWS; i++) {
        sample->rows[i].party_code = sample->party.code;
        sample->rows[i].party_name = sample->party.name;
        sample->rows[i].party_cvr = sample->party.cvr;
    }
    struct tl_statement *statement = &sample->statement;
    statement->issue.number = "KU-0751-2026";
    statement->issue.version = 2;
    statement->issue.replaces = 1;
    statement->issue.date = tl_date_of(2026, 12, 31);
    statement->issue.head = tl_digest_of("head", 4);
    statement->issue.head_entry = 1204;
    statement->owner = &sample->owner;
    statement->party = &sample->party;
    statement->period = tl_period_of_year(2026);
    statement->currency = "DKK";
    statement->opening = (struct tl_money){-125050};
    statement->rows = sample->rows;
    statement->row_count = SAMPLE_ROWS;
    sample_statement_foot(statement);
}
