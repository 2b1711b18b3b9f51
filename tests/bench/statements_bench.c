/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Statements: workbooks of 100 rows, against the same cells written by bare libxlsxwriter, and by Python's XlsxWriter
 * and openpyxl where these are installed; and one of very many rows.
 *
 * usage: statements_bench FOLDER [COUNT [only]]
 */
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "bench.h"
#include "tilslut/exchange/workbook_file.h"
#include "tilslut/report/statement_check.h"
#include "tilslut/report/statement_xlsx.h"

enum { ROWS = 100, MANY = 20000 };

static struct tl_statement_row rows[MANY];
static struct tl_party owner = {"OS2", "OS2", "OS2", "association", "", "41849983", "", "", {0}};
static struct tl_party party = {"0751", "Aarhus", "Aarhus Kommune", "municipality", "", "55133018", "", "", {0}};

static void fill(struct tl_statement *out, size_t count)
{
    *out = (struct tl_statement){.issue = {.number = "KU-2026-0751", .version = 1, .date = tl_date_of(2026, 2, 20)},
                                 .owner = &owner,
                                 .party = &party,
                                 .period = tl_period_of_year(2026),
                                 .currency = "DKK",
                                 .rows = rows,
                                 .row_count = count};
    for (size_t i = 0; i < count; i++) {
        int64_t net = 100000 + (int64_t)i * 4;
        rows[i] = (struct tl_statement_row){.kind = TL_ROW_CHARGE,
                                            .purpose = TL_PURPOSE_MAINTENANCE,
                                            .party_code = "0751",
                                            .party_name = "Aarhus",
                                            .party_cvr = "55133018",
                                            .entry = (int64_t)i + 1,
                                            .date = tl_date_of(2026, 1, 15),
                                            .due = tl_date_of(2026, 2, 14),
                                            .reference = "000000202600078",
                                            .invoice = "faktura 2026-0007",
                                            .text = "Opkrævning 2026, OS2valghalla",
                                            .product_code = "os2valghalla",
                                            .product_name = "OS2valghalla",
                                            .line_id = "maintenance",
                                            .line_name = "Vederlag",
                                            .covers = "Fejlrettelser, test og opdateringer",
                                            .account = "00002",
                                            .psp = "XG-9212045260-00002",
                                            .period = tl_period_of_year(2026),
                                            .net = {net},
                                            .vat = {net / 4},
                                            .gross = {net + net / 4},
                                            .vat_code = "S",
                                            .vat_reason = "momslovens § 4",
                                            .vat_rate = tl_ratio_of(1, 4),
                                            .measure = "population",
                                            .measure_source = "Danmarks Statistik, FOLK1A",
                                            .measure_date = tl_date_of(2025, 1, 1),
                                            .measure_value = tl_ratio_of(373388, 1),
                                            .size_class = "Meget stor",
                                            .key = "",
                                            .weight = "",
                                            .weight_sum = "",
                                            .share = "",
                                            .exact = "",
                                            .rounding = "",
                                            .working = "52000.00 x 1.09",
                                            .decision = "styregruppe 2025-10-12 pkt. 4"};
        out->charges.minor += net + net / 4;
    }
    out->closing = out->charges;
}

static long memory_mb(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

static size_t write_ours(struct tl_buf *kept, const struct tl_statement *statement)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    bench_need(tl_statement_xlsx(&out, statement, &err), &err);
    size_t size = out.length;
    if (kept != NULL)
        *kept = out;
    else
        tl_buf_release(&out);
    return size;
}

/* The same cells, with a plain format for numbers and one for texts. */
static size_t write_bare(const struct tl_workbook_file *file, const char *path)
{
    lxw_workbook *workbook = workbook_new(path);
    lxw_format *format = workbook_add_format(workbook);
    format_set_num_format(format, "#,##0.00");
    for (size_t i = 0; i < file->count; i++) {
        lxw_worksheet *sheet = workbook_add_worksheet(workbook, file->sheets[i].name);
        for (size_t at = 0; at < file->sheets[i].count; at++) {
            const struct tl_workbook_cell *cell = &file->sheets[i].cells[at];
            if (cell->is_number)
                worksheet_write_number(sheet, cell->row, (lxw_col_t)cell->column, strtod(cell->text, NULL), format);
            else
                worksheet_write_string(sheet, cell->row, (lxw_col_t)cell->column, cell->text, NULL);
        }
    }
    workbook_close(workbook);
    FILE *written = fopen(path, "rb");
    if (written == NULL)
        return 0;
    fseek(written, 0, SEEK_END);
    long size = ftell(written);
    fclose(written);
    return (size_t)size;
}

static void print_cells(const struct tl_workbook_file *file, const char *path)
{
    FILE *out = fopen(path, "w");
    for (size_t i = 0; out != NULL && i < file->count; i++)
        for (size_t at = 0; at < file->sheets[i].count; at++) {
            const struct tl_workbook_cell *cell = &file->sheets[i].cells[at];
            fprintf(out, "%s\t%u\t%u\t%d\t", file->sheets[i].name, cell->row, cell->column, cell->is_number ? 1 : 0);
            for (const char *c = cell->text; *c != '\0'; c++)
                fputc(*c == '\n' || *c == '\t' ? ' ' : *c, out);
            fputc('\n', out);
        }
    if (out != NULL)
        fclose(out);
}

/* Python writes the same cells; it says seconds per file, or nothing where the package is missing. */
static void measure_python(const char *package, const char *folder, double ours)
{
    static const char xlsxwriter[] =
        "import xlsxwriter\n"
        "def write(path):\n"
        "    book = xlsxwriter.Workbook(path)\n"
        "    sheets = {}\n"
        "    for name, row, column, number, text in cells:\n"
        "        sheet = sheets.get(name) or sheets.setdefault(name, book.add_worksheet(name))\n"
        "        sheet.write_number(row, column, float(text)) if number else sheet.write_string(row, column, text)\n"
        "    book.close()\n";
    static const char openpyxl[] =
        "import openpyxl\n"
        "def write(path):\n"
        "    book = openpyxl.Workbook()\n"
        "    book.remove(book.active)\n"
        "    sheets = {}\n"
        "    for name, row, column, number, text in cells:\n"
        "        sheet = sheets.get(name) or sheets.setdefault(name, book.create_sheet(name))\n"
        "        sheet.cell(row + 1, column + 1, float(text) if number else text)\n"
        "    book.save(path)\n";
    char script[1024], command[1200];
    double seconds = 0;
    snprintf(script, sizeof script, "%s/peer.py", folder);
    FILE *out = fopen(script, "w");
    if (out == NULL)
        return;
    fprintf(
        out,
        "import time\ncells = []\nfor line in open('%s/cells.tsv', encoding='utf-8'):\n"
        "    a = line.rstrip('\\n').split('\\t')\n    cells.append((a[0], int(a[1]), int(a[2]), a[3] == '1', a[4]))\n"
        "%sstart = time.perf_counter()\nfor i in range(20):\n    write('%s/peer.xlsx')\n"
        "print((time.perf_counter() - start) / 20)\n",
        folder, strcmp(package, "openpyxl") == 0 ? openpyxl : xlsxwriter, folder);
    fclose(out);
    snprintf(command, sizeof command, "/usr/bin/python3 '%s' 2>/dev/null", script);
    FILE *pipe = popen(command, "r");
    bool is_measured = pipe != NULL && fscanf(pipe, "%lf", &seconds) == 1;
    if (pipe != NULL)
        pclose(pipe);
    if (is_measured)
        printf("  Python %-11s %7.2f ms each: %5.1f times ours\n", package, 1000 * seconds, seconds / ours);
    else
        printf("  Python %-11s is not installed (python3-%s)\n", package, package);
}

/* The time and the most memory that a process of its own takes for so many rows. */
static void measure_rows(size_t count)
{
    fflush(stdout);
    pid_t child = fork();
    if (child != 0) {
        waitpid(child, NULL, 0);
        return;
    }
    struct tl_statement statement;
    fill(&statement, count);
    double start = bench_seconds();
    size_t size = write_ours(NULL, &statement);
    printf("  one of %6zu rows %7.2f s, %8.1f kB, %ld MB\n", count, bench_seconds() - start, (double)size / 1024,
           memory_mb());
    fflush(stdout);
    _exit(0);
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : ".";
    int count = argc > 2 ? atoi(argv[2]) : 1000;
    struct tl_statement statement;
    struct tl_buf kept = TL_BUF_EMPTY;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_workbook_file file;
    struct tl_statement_checked checked;
    char path[1024];
    size_t size = 0, cells = 0, bare_size = 0;
    for (size_t rows_of_one = 100; argc < 4 && rows_of_one <= MANY; rows_of_one *= rows_of_one == 1000 ? 20 : 10)
        measure_rows(rows_of_one);
    fill(&statement, ROWS);
    write_ours(&kept, &statement);
    long before = memory_mb();
    double start = bench_seconds();
    for (int i = 0; i < count; i++)
        size = write_ours(NULL, &statement);
    double ours = (bench_seconds() - start) / count;
    printf("  %d of %d rows  %7.2f ms each, %8.1f kB, memory %ld MB after the first, %ld MB after the last\n", count,
           ROWS, 1000 * ours, (double)size / 1024, before, memory_mb());
    struct tl_source source = {"statement.xlsx", tl_buf_string(&kept), kept.length};
    start = bench_seconds();
    bench_need(tl_statement_check_file(&checked, &source, &arena, &err), &err);
    printf("  checked           %7.2f ms, %zu amounts, %zu mismatches\n", 1000 * (bench_seconds() - start),
           checked.amount_count, checked.flaw_count);
    bench_need(tl_workbook_file_read(&file, &source, &arena, &err), &err);
    for (size_t i = 0; i < file.count; i++)
        cells += file.sheets[i].count;
    snprintf(path, sizeof path, "%s/bare.xlsx", folder);
    start = bench_seconds();
    for (int i = 0; i < count; i++)
        bare_size = write_bare(&file, path);
    double bare = (bench_seconds() - start) / count;
    printf(
        "  bare libxlsxwriter%7.2f ms each, %8.1f kB, the same %zu cells: ours takes %.2f times that, and %.2f times "
        "the room\n",
        1000 * bare, (double)bare_size / 1024, cells, ours / bare, (double)size / (double)bare_size);
    snprintf(path, sizeof path, "%s/cells.tsv", folder);
    print_cells(&file, path);
    measure_python("xlsxwriter", folder, ours);
    measure_python("openpyxl", folder, ours);
    tl_arena_release(&arena);
    tl_buf_release(&kept);
    return 0;
}
