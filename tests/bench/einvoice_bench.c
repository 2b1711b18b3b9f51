/* SPDX-License-Identifier: MPL-2.0 */
/*
 * E-invoices: the facts of an invoice of some lines made, checked against the rules, and written as XML; once with
 * the lines of an ordinary invoice, and once with so many that only the lines count.
 *
 * usage: einvoice_bench
 */
#include <sys/resource.h>

#include "bench.h"
#include "tilslut/report/einvoice_check.h"
#include "tilslut/report/einvoice_xml.h"

enum { LINES_MAX = 10000 };

static struct tl_invoice_line lines[LINES_MAX];
static struct tl_invoice_working workings[LINES_MAX];
static struct tl_einvoice_reference references[LINES_MAX];
static struct tl_invoice_vat vat;

static void make_lines(size_t count, struct tl_period period)
{
    vat = (struct tl_invoice_vat){.code = "S", .reason = "", .rate = tl_ratio_of(1, 4)};
    for (size_t i = 0; i < count; i++) {
        struct tl_money net = {100000 + (int64_t)i * 4};
        workings[i] = (struct tl_invoice_working){"share", period, "1200000.00 x 373388/5992734", net};
        lines[i] = (struct tl_invoice_line){.line_id = "maintenance",
                                            .account = "00002",
                                            .psp = "XG-9212045260-00002",
                                            .name = {"Vedligeholdelse & koordinering", ""},
                                            .covers = {"Fejlrettelser, test og opdateringer", ""},
                                            .period = period,
                                            .net = net,
                                            .reduced_for = "",
                                            .vat_code = "S",
                                            .vat_reason = "",
                                            .vat_rate = vat.rate,
                                            .workings = &workings[i],
                                            .working_count = 1};
        references[i] =
            (struct tl_einvoice_reference){"Digitalisering", "5790000121090", "4500012345", "INDKØB-7", "1234-5678"};
        vat.net.minor += net.minor;
    }
    vat.vat.minor = vat.net.minor / 4;
}

static size_t write_one(const struct tl_einvoice_source *source)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_buf xml = TL_BUF_EMPTY;
    struct tl_einvoice einvoice;
    struct tl_einvoice_flaw *flaws;
    size_t count = 0;
    bench_need(tl_einvoice_make(&einvoice, source, &arena, &err), &err);
    bench_need(tl_einvoice_check(&flaws, &count, &einvoice, &arena, &err), &err);
    if (count > 0)
        bench_need(tl_err_set(&err, TL_ERR_INPUT, "%s: %s", flaws[0].field, flaws[0].text), &err);
    bench_need(tl_einvoice_xml(&xml, &einvoice, &err), &err);
    size_t size = xml.length;
    tl_buf_release(&xml);
    tl_arena_release(&arena);
    return size;
}

static void measure(size_t line_count, int documents)
{
    struct tl_period year = tl_period_of_year(2026);
    make_lines(line_count, year);
    struct tl_invoice invoice = {
        .row = {.number = "2026-0007",
                .kind = "invoice",
                .party = "0751",
                .product = "os2valghalla",
                .period = year,
                .date = tl_date_of(2026, 1, 6),
                .due = tl_date_of(2026, 2, 5),
                .reference = "000000202600078",
                .corrects = ""},
        .currency = "DKK",
        .seller =
            {.official_name = "OS2", .kind = "association", .cvr = "41849983", .ean = "5790002750595", .address = ""},
        .buyer = {.official_name = "Aarhus Kommune", .kind = "municipality", .cvr = "55133018", .address = ""},
        .decision = {.body = "styregruppe", .date = tl_date_of(2025, 10, 12), .reference = "pkt. 4"},
        .text = "Opkrævning 2026, OS2valghalla",
        .reason = "",
        .lines = lines,
        .line_count = line_count,
        .vats = &vat,
        .vat_count = 1};
    struct tl_payee payee = {.registration = "", .account = "", .iban = "", .creditor = "81234567"};
    struct tl_einvoice_source source = {&invoice, references, &payee};
    struct rusage usage;
    size_t size = 0;
    double start = bench_seconds();
    for (int i = 0; i < documents; i++)
        size = write_one(&source);
    double seconds = bench_seconds() - start;
    getrusage(RUSAGE_SELF, &usage);
    printf("%6d e-invoices of %5zu lines: %7.3f s, %8.0f per second, %8.1f kB each, %ld MB\n", documents, line_count,
           seconds, documents / seconds, (double)size / 1024, usage.ru_maxrss / 1024);
}

int main(void)
{
    measure(1, 1000);
    measure(5, 1000);
    measure(5, 10000);
    measure(LINES_MAX, 10);
    return 0;
}
