/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Printed documents: an agreement's worth of text and tables with 98 members, many times in one process; and the same
 * document as HTML, printed by LibreOffice (tagged PDF/A), many files in one call. Processor time, size, ratio.
 *
 * usage: documents_bench FOLDER
 */
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "tilslut/report/markdown.h"
#include "tilslut/report/pdf.h"

enum { DOCUMENTS = 98, PEER_DOCUMENTS = 8, MEMBERS = 98, SECTIONS = 14 };

static const char clause[] =
    "Bidraget finansierer forvaltning og vedligeholdelse af den fælles kodebase, koordinationsgruppens arbejde og "
    "dialogen med leverandører. Styregruppen træffer beslutning om budget, priser, fordelingsnøgle og prioritering, og "
    "beslutninger med økonomisk virkning føres til referat. Ændringen meddeles Anvenderen skriftligt, inden den får "
    "virkning, og gælder fra den dato, der fremgår af beslutningen.";

static long long amount(int document, int member, int column)
{
    return (long long)(member + 3) * (7919 + 104729 * column) % 49999999 + document;
}

static void write_markdown(struct tl_buf *out, int document)
{
    tl_buf_format(out, "# Tilslutningsaftale %d\n\n<!-- contents: Indhold -->\n\n", document);
    for (int i = 0; i < SECTIONS; i++)
        tl_buf_format(out, "## %d. Afsnit\n\n%s\n\n%s\n\n- første punkt i listen\n- andet punkt i listen\n\n", i + 1,
                      clause, clause);
    for (int table = 0; table < 3; table++) {
        tl_buf_format(out,
                      "<!-- page break -->\n\n# Bilag %c\n\n<!-- table: rows small -->\n"
                      "| Medlem | Kode | Drift | Udvikling | I alt |\n|---|---|---:|---:|---:|\n",
                      'A' + table);
        for (int m = 0; m < MEMBERS; m++) {
            long long a = amount(document, m, table), b = amount(document, m, table + 1);
            tl_buf_format(out, "| Medlem nr. %d | %04d | %lld,%02lld | %lld,%02lld | %lld,%02lld |\n", m + 1, 101 + m,
                          a / 100, a % 100, b / 100, b % 100, (a + b) / 100, (a + b) % 100);
        }
        tl_buf_text(out, "\n");
    }
}

static void write_html(struct tl_buf *out, int document)
{
    tl_buf_format(out,
                  "<html lang=\"da\"><head><meta charset=\"utf-8\"><title>Tilslutningsaftale</title><style>body{"
                  "font-family:'Open Sans';font-size:9.6pt}table{font-size:7.2pt;border-collapse:collapse}"
                  "</style></head><body><h1>Tilslutningsaftale %d</h1>",
                  document);
    for (int i = 0; i < SECTIONS; i++)
        tl_buf_format(out,
                      "<h2>%d. Afsnit</h2><p>%s</p><p>%s</p><ul><li>første punkt i listen</li><li>andet punkt i "
                      "listen</li></ul>",
                      i + 1, clause, clause);
    for (int table = 0; table < 3; table++) {
        tl_buf_format(out,
                      "<h1 style=\"page-break-before:always\">Bilag %c</h1><table><thead><tr><th>Medlem</th><th>Kode"
                      "</th><th>Drift</th><th>Udvikling</th><th>I alt</th></tr></thead><tbody>",
                      'A' + table);
        for (int m = 0; m < MEMBERS; m++) {
            long long a = amount(document, m, table), b = amount(document, m, table + 1);
            tl_buf_format(out,
                          "<tr><td>Medlem nr. %d</td><td>%04d</td><td align=\"right\">%lld,%02lld</td><td align="
                          "\"right\">%lld,%02lld</td><td align=\"right\">%lld,%02lld</td></tr>",
                          m + 1, 101 + m, a / 100, a % 100, b / 100, b % 100, (a + b) / 100, (a + b) % 100);
        }
        tl_buf_text(out, "</tbody></table>");
    }
    tl_buf_text(out, "</body></html>");
}

static void print_ours(int document, const struct tl_pdf_fonts *fonts, struct tl_buf *pdf)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_doc doc = TL_DOC_EMPTY;
    struct tl_buf markdown = TL_BUF_EMPTY;
    doc.face = (struct tl_doc_face){.title = "Tilslutningsaftale",
                                    .author = "OS2",
                                    .subject = "",
                                    .language = "da",
                                    .header_left = "OS2",
                                    .header_right = "Tilslutningsaftale",
                                    .footer_left = "TA-1, version 1",
                                    .footer_below = "",
                                    .page_word = "side",
                                    .of_word = "af",
                                    .issued = tl_date_of(2026, 1, 1)};
    write_markdown(&markdown, document);
    bench_need(tl_markdown_read(&doc, markdown.bytes, "bench", &err), &err);
    bench_need(tl_pdf_write(pdf, &doc, fonts, &err), &err);
    tl_buf_release(&markdown);
    tl_doc_release(&doc);
}

/* How many pages a file has, or 0 where that cannot be told. */
static int pages_of(const char *path)
{
    char command[700], answer[40] = "";
    snprintf(command, sizeof command, "qpdf --show-npages '%s' 2>/dev/null", path);
    FILE *pipe = popen(command, "r");
    if (pipe == NULL)
        return 0;
    if (fgets(answer, sizeof answer, pipe) == NULL)
        answer[0] = '\0';
    pclose(pipe);
    return (int)strtol(answer, NULL, 10);
}

static void write_file(const char *path, const struct tl_buf *content)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(content->bytes, 1, content->length, file) != content->length || fclose(file) != 0) {
        fprintf(stderr, "bench: cannot write %s\n", path);
        exit(2);
    }
}

/* Milliseconds a document, or below 0 where LibreOffice's Writer is not installed. */
static double run_peer(const char *folder)
{
    char html[PEER_DOCUMENTS][600], profile[700];
    char filter[] = "pdf:writer_web_pdf_Export:{\"UseTaggedPDF\":{\"type\":\"boolean\",\"value\":\"true\"},"
                    "\"SelectPdfVersion\":{\"type\":\"long\",\"value\":\"2\"}}";
    char *arguments[PEER_DOCUMENTS + 8] = {"soffice", profile, "--headless", "--convert-to", filter, "--outdir"};
    size_t count = 6;
    arguments[count++] = (char *)(uintptr_t)folder;
    snprintf(profile, sizeof profile, "-env:UserInstallation=file://%s/profile", folder);
    for (int i = 0; i < PEER_DOCUMENTS; i++) {
        struct tl_buf text = TL_BUF_EMPTY;
        write_html(&text, i);
        snprintf(html[i], sizeof html[i], "%s/peer%d.html", folder, i);
        write_file(html[i], &text);
        tl_buf_release(&text);
        arguments[count++] = html[i];
    }
    struct rusage usage = {0};
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        execvp(arguments[0], arguments);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0)
        return -1;
    double used = (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6 + (double)usage.ru_stime.tv_sec +
                  (double)usage.ru_stime.tv_usec / 1e6;
    return used * 1000 / PEER_DOCUMENTS;
}

int main(int argc, char **argv)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_pdf_fonts *fonts;
    struct rusage usage;
    char folder[512], path[600];
    size_t bytes = 0;
    if (argc != 2 || realpath(argv[1], path) == NULL || strlen(path) >= sizeof folder) {
        fputs("usage: documents_bench FOLDER\n", stderr);
        return 2;
    }
    snprintf(folder, sizeof folder, "%s", path);
    double start = bench_seconds();
    bench_need(tl_pdf_fonts_open(&fonts, &err), &err);
    for (int i = 0; i < DOCUMENTS; i++) {
        struct tl_buf pdf = TL_BUF_EMPTY;
        print_ours(i, fonts, &pdf);
        bytes += pdf.length;
        snprintf(path, sizeof path, "%s/ours.pdf", folder);
        if (i == 0)
            write_file(path, &pdf);
        tl_buf_release(&pdf);
    }
    tl_pdf_fonts_close(fonts);
    double ours_ms = (bench_seconds() - start) * 1000 / DOCUMENTS;
    getrusage(RUSAGE_SELF, &usage);
    double ours_kb = (double)bytes / 1024 / DOCUMENTS;
    printf("%-28s %7.1f ms a document of %d pages, %6.1f KB, peak %ld MiB\n", "tilslut, 98 in one process", ours_ms,
           pages_of(path), ours_kb, usage.ru_maxrss / 1024);
    double peer_ms = run_peer(folder);
    struct stat about;
    snprintf(path, sizeof path, "%s/peer0.pdf", folder);
    if (peer_ms < 0 || stat(path, &about) != 0) {
        puts("LibreOffice Writer is not installed; nothing to compare with");
        return 0;
    }
    getrusage(RUSAGE_CHILDREN, &usage);
    double peer_kb = (double)about.st_size / 1024;
    printf("%-28s %7.1f ms a document of %d pages, %6.1f KB, peak %ld MiB\n", "LibreOffice, 8 in one call", peer_ms,
           pages_of(path), peer_kb, usage.ru_maxrss / 1024);
    printf("%-28s %7.1f times its time, %.2f times its size\n", "LibreOffice against tilslut", peer_ms / ours_ms,
           peer_kb / ours_kb);
    return 0;
}
