/* SPDX-License-Identifier: MPL-2.0 */
#include "sample.h"

struct read {
    struct tl_arena arena;
    struct tl_figures_request request;
    struct tl_figures_file file;
};

static struct read read_file(const char *path)
{
    struct read read = {.arena = TL_ARENA_EMPTY};
    struct tl_err err = TL_ERR_NONE;
    read.request.source = sample_file(path, &read.arena);
    read.request.areas = sample_areas(&read.request.area_count, &read.arena);
    assert_ok(tl_figures_file_read(&read.file, &read.request, &read.arena, &err), &err);
    return read;
}

static const struct tl_figures_row *row_of(const struct read *read, const char *code)
{
    for (size_t i = 0; i < read->file.row_count; i++)
        if (strcmp(read->file.rows[i].area->code, code) == 0)
            return &read->file.rows[i];
    fail_msg("no row for %s", code);
    return NULL;
}

static void assert_same_figures(const struct read *a, const struct read *b)
{
    assert_int_equal(a->file.row_count, b->file.row_count);
    for (size_t i = 0; i < a->file.row_count; i++) {
        const struct tl_figures_row *x = &a->file.rows[i], *y = row_of(b, x->area->code);
        assert_string_equal(x->figure.measure, y->figure.measure);
        assert_int_equal(x->figure.holds_on.number, y->figure.holds_on.number);
        assert_same_int(x->figure.value.numerator, y->figure.value.numerator);
    }
}

static void a_statbank_file_gives_every_municipality_and_its_totals(void **state)
{
    (void)state;
    struct read read = read_file("tests/data/statbank/FOLK1A-2025K1-Code.csv");
    assert_int_equal(read.file.form, TL_FIGURES_STATBANK);
    assert_int_equal(read.file.row_count, 99);
    const struct tl_figures_row *first = &read.file.rows[0];
    assert_string_equal(first->area->code, "0101");
    assert_string_equal(first->figure.measure, "population");
    assert_same_int(first->figure.value.numerator, 667099);
    assert_same_int(first->figure.value.denominator, 1);
    assert_int_equal(first->figure.holds_on.number, 20250101);
    assert_string_equal(first->figure.source, "Danmarks Statistik FOLK1A, 2025K1, file FOLK1A-2025K1-Code.csv");
    assert_int_equal(first->line, 4);
    assert_int_equal(first->column, 25);
    assert_same_int(row_of(&read, "0411")->figure.value.numerator, 90);
    assert_int_equal(read.file.total_count, 6);
    assert_string_equal(read.file.totals[0].name, "Hele landet");
    assert_null(read.file.totals[0].region);
    assert_same_int(read.file.totals[0].value.numerator, 5992734);
    assert_string_equal(read.file.totals[1].region, "Region Hovedstaden");
    assert_same_int(read.file.totals[1].value.numerator, 1930793);
    tl_arena_release(&read.arena);
}

static void codes_names_and_plain_files_give_the_same_figures(void **state)
{
    (void)state;
    static const char *const files[][3] = {
        {"tests/data/statbank/FOLK1A-2025K1-Code.csv", "tests/data/statbank/FOLK1A-2025K1-Value.csv",
         "tests/data/population-2025-01-01.csv"},
        {"tests/data/statbank/FOLK1A-2026K1-Code.csv", "tests/data/statbank/FOLK1A-2026K1-Value.csv",
         "tests/data/population-2026-01-01.csv"},
    };
    for (size_t i = 0; i < 2; i++) {
        struct read codes = read_file(files[i][0]), names = read_file(files[i][1]), plain = read_file(files[i][2]);
        assert_same_figures(&codes, &names);
        assert_same_figures(&codes, &plain);
        tl_arena_release(&codes.arena);
        tl_arena_release(&names.arena);
        tl_arena_release(&plain.arena);
    }
}

static void a_plain_file_says_where_its_figures_come_from(void **state)
{
    (void)state;
    struct read read = read_file("tests/data/population-2020-01-01.csv");
    assert_int_equal(read.file.form, TL_FIGURES_PLAIN);
    assert_int_equal(read.file.row_count, 99);
    assert_int_equal(read.file.total_count, 0);
    assert_same_int(read.file.rows[0].figure.value.numerator, 632340);
    assert_string_equal(read.file.rows[0].figure.source, "file population-2020-01-01.csv");
    tl_arena_release(&read.arena);
}

/* A small country. */
static const struct tl_area areas[] = {
    {"0101", "København", "municipality", "Region Hovedstaden"},
    {"0751", "Aarhus", "municipality", "Region Midtjylland"},
    {"0411", "Christiansø", "other", "Region Hovedstaden"},
    {"1084", "Region Hovedstaden", "region", ""},
    {"os2", "OS2", "association", ""},
};

static struct tl_figures_request request_of(const char *name, const char *text)
{
    return (struct tl_figures_request){
        .source = sample_text(name, text), .areas = areas, .area_count = sizeof areas / sizeof areas[0]};
}

static struct read read_request(struct tl_figures_request request)
{
    struct read read = {.arena = TL_ARENA_EMPTY, .request = request};
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_figures_file_read(&read.file, &read.request, &read.arena, &err), &err);
    return read;
}

static void refused_as(struct tl_figures_request request, tl_status status, const char *where, const char *message,
                       const char *hint)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_figures_file file;
    assert_refused(tl_figures_file_read(&file, &request, &arena, &err), status, &err, message, hint);
    assert_string_equal(err.where, where);
    tl_arena_release(&arena);
}

static void refused(const char *text, const char *where, const char *message, const char *hint)
{
    refused_as(request_of("a.csv", text), TL_ERR_INPUT, where, message, hint);
}

/* The rows of a StatBank file with all its columns. */
#define STATBANK "OMRÅDE;KØN;ALDER;CIVILSTAND;TID;INDHOLD\n"
#define TOTAL(area, value) area ";TOT;IALT;TOT;2025K1;" value "\n"

static void columns_may_stand_in_any_order_and_some_be_absent(void **state)
{
    (void)state;
    struct read read = read_request(request_of("FOLK1A.csv", "INDHOLD;TID;OMRÅDE\n700;2025K3;101\n80;2025K3;Aarhus\n"));
    assert_int_equal(read.file.row_count, 2);
    assert_int_equal(read.file.rows[0].figure.holds_on.number, 20250701);
    assert_string_equal(read.file.rows[1].figure.source, "Danmarks Statistik FOLK1A, 2025K3, file FOLK1A.csv");
    tl_arena_release(&read.arena);
}

static void an_english_file_is_read_too(void **state)
{
    (void)state;
    struct read read = read_request(request_of(
        "a.csv", "REGION;SEX;AGE;MARITAL STATUS;TIME;CONTENTS\nAll Denmark;Total;Age, total;Total;2025Q2;780\n"
                 "Copenhagen;Total;Age, total;Total;2025Q2;700\nAarhus;Total;Total;Total;2025Q2;80\n"));
    assert_int_equal(read.file.row_count, 2);
    assert_int_equal(read.file.total_count, 1);
    assert_string_equal(read.file.rows[0].area->code, "0101");
    assert_int_equal(read.file.rows[0].figure.holds_on.number, 20250401);
    tl_arena_release(&read.arena);
}

static void a_time_is_the_first_day_of_its_quarter_or_year(void **state)
{
    (void)state;
    struct read read =
        read_request(request_of("FOLK1A.csv", "OMRÅDE;TID;INDHOLD\n101;2025;1\n101;2025K2;2\n101;2025K4;4\n"));
    assert_int_equal(read.file.rows[0].figure.holds_on.number, 20250101);
    assert_int_equal(read.file.rows[1].figure.holds_on.number, 20250401);
    assert_int_equal(read.file.rows[2].figure.holds_on.number, 20251001);
    tl_arena_release(&read.arena);
}

static void rows_broken_down_are_passed_over(void **state)
{
    (void)state;
    struct read read =
        read_request(request_of("a.csv", STATBANK "101;M;IALT;TOT;2025K1;..\n" TOTAL(
                                             "101", "700") "101;TOT;20;TOT;2025K1;7\n101;TOT;IALT;U;2025K1;7\n"));
    assert_int_equal(read.file.row_count, 1);
    assert_int_equal(read.file.rows[0].line, 3);
    tl_arena_release(&read.arena);
}

static void christiansoe_counts_into_country_and_region(void **state)
{
    (void)state;
    struct read read =
        read_request(request_of("a.csv", STATBANK TOTAL("000", "785") TOTAL("084", "705") TOTAL("101", "700")
                                             TOTAL("411", "5") TOTAL("082", "80") TOTAL("751", "80")));
    assert_int_equal(read.file.row_count, 3);
    assert_int_equal(read.file.total_count, 3);
    tl_arena_release(&read.arena);
}

static void totals_of_each_time_foot_by_themselves(void **state)
{
    (void)state;
    struct read read = read_request(request_of("FOLK1A.csv", "OMRÅDE;TID;INDHOLD\n000;2025K1;3\n101;2025K1;1\n"
                                                             "751;2025K1;2\n000;2025K2;30\n101;2025K2;10\n"
                                                             "751;2025K2;20\n"));
    assert_int_equal(read.file.row_count, 4);
    tl_arena_release(&read.arena);
}

static void the_total_of_a_region_that_nothing_is_known_of_is_not_checked(void **state)
{
    (void)state;
    struct read read =
        read_request(request_of("a.csv", STATBANK TOTAL("Region Østdanmark", "9") TOTAL("081", "7") TOTAL("101", "1")));
    assert_int_equal(read.file.row_count, 1);
    assert_string_equal(read.file.totals[0].region, "Region Østdanmark");
    tl_arena_release(&read.arena);
}

static void a_plain_file_may_hold_any_measures_of_any_parties(void **state)
{
    (void)state;
    struct read read =
        read_request(request_of("u.csv", "as_of;users;area;code\n2025-03-01;12;178,46;os2\n2025-03-01;0;3,5;1084\n"));
    assert_int_equal(read.file.row_count, 4);
    assert_string_equal(read.file.rows[1].figure.measure, "area");
    assert_same_int(read.file.rows[1].figure.value.numerator, 8923);
    assert_same_int(read.file.rows[2].figure.value.numerator, 0);
    assert_string_equal(read.file.rows[3].area->code, "1084");
    assert_int_equal(read.file.rows[3].figure.holds_on.number, 20250301);
    tl_arena_release(&read.arena);
}

static void a_plain_file_may_name_parties_without_codes(void **state)
{
    (void)state;
    struct read read = read_request(request_of("u.csv", "name,users,as_of\nKØBENHAVN,12,2025-03-01\n"));
    assert_string_equal(read.file.rows[0].area->code, "0101");
    tl_arena_release(&read.arena);
}

static void the_caller_may_name_measure_and_origin(void **state)
{
    (void)state;
    struct tl_figures_request request = request_of("SKAT.csv", "OMRÅDE;TID;INDHOLD\n101;2025;1,5\n");
    request.measure = "tax";
    struct read read = read_request(request);
    assert_string_equal(read.file.rows[0].figure.measure, "tax");
    assert_string_equal(read.file.rows[0].figure.source, "Danmarks Statistik, 2025, file SKAT.csv");
    tl_arena_release(&read.arena);
    request.origin = "letter of 3 May";
    read = read_request(request);
    assert_string_equal(read.file.rows[0].figure.source, "letter of 3 May");
    tl_arena_release(&read.arena);
}

static void a_header_of_neither_form_is_refused(void **state)
{
    (void)state;
    refused("kommune\tindbyggere\n", "a.csv:1:1",
            "the header is not one of a file of figures; found 'kommune\tindbyggere'",
            "a StatBank file has OMRÅDE;TID;INDHOLD, a plain one code,name,population,as_of");
}

static void a_missing_column_is_named_with_what_was_found(void **state)
{
    (void)state;
    refused("OMRÅDE;KØN;INDHOLD\n", "a.csv:1:1", "the column 'TID' is missing; found 'OMRÅDE', 'KØN', 'INDHOLD'",
            "a StatBank file has OMRÅDE, TID and INDHOLD");
    static const char plain[] =
        "a plain file has the columns code, name, as_of and one per measure, such as population";
    refused("code,name,population\n", "a.csv:1:1", "the column 'as_of' is missing; found 'code', 'name', 'population'",
            plain);
    refused("population,as_of\n", "a.csv:1:1", "the column 'code' is missing; found 'population', 'as_of'", plain);
    refused("code,as_of\n", "a.csv:1:1", "a column with a measure is missing; found 'code', 'as_of'", plain);
}

static void an_unknown_column_is_refused(void **state)
{
    (void)state;
    refused("OMRÅDE;HERKOMST;TID;INDHOLD\n", "a.csv:1:8", "the column 'HERKOMST' is not one of FOLK1A",
            "leave it out of the selection in StatBank");
    refused("OMRÅDE;ALDR;TID;INDHOLD\n", "a.csv:1:8", "the column 'ALDR' is not one of FOLK1A",
            "did you mean 'alder'?");
    refused("code,Population,as_of\n", "a.csv:1:6", "'Population' is not the name of a measure",
            "a measure is named as in a key, in small letters, such as population or users");
    refused("code,equal,as_of\n", "a.csv:1:6", "'equal' is not the name of a measure",
            "a measure is named as in a key, in small letters, such as population or users");
}

static void a_statbank_file_must_say_what_it_counts(void **state)
{
    (void)state;
    refused("OMRÅDE;TID;INDHOLD\n101;2025;1\n", "a.csv:1:1", "the file does not say what its figures count",
            "name the file after its table, such as FOLK1A-2026K1.csv, or name the measure");
}

static void an_unknown_area_is_refused_with_the_nearest_name(void **state)
{
    (void)state;
    refused(STATBANK TOTAL("Københavm", "1"), "a.csv:2:1", "no known area is called 'Københavm'",
            "the nearest known name is 'København' (0101)");
    refused(STATBANK TOTAL("Lolland", "1"), "a.csv:2:1", "no known area is called 'Lolland'",
            "import the parties first, or correct the name");
    refused(STATBANK TOTAL("102", "1"), "a.csv:2:1", "no known area has the code '102'",
            "import the parties first, or correct the code");
    refused("name,users,as_of\nArhus,1,2025-01-01\n", "a.csv:2:1", "no known area is called 'Arhus'",
            "the nearest known name is 'Aarhus' (0751)");
}

static void a_code_that_lost_its_zero_is_told_how_to_write_it(void **state)
{
    (void)state;
    refused("code,population,as_of\n101,1,2025-01-01\n", "a.csv:2:1", "no known area has the code '101'",
            "write the code with four digits: '0101' is 'København'");
}

static void a_region_is_not_a_municipality(void **state)
{
    (void)state;
    static const char hint[] = "leave the row out; only parties have figures";
    refused("code,population,as_of\n084,1,2025-01-01\n", "a.csv:2:1",
            "'084' is 'Region Hovedstaden', a region, not a municipality", hint);
    refused("code,population,as_of\n1082,1,2025-01-01\n", "a.csv:2:1",
            "'1082' is 'Region Midtjylland', a region, not a municipality", hint);
    refused("code,population,as_of\n1084,1,2025-01-01\n", "a.csv:2:1",
            "'1084' is 'Region Hovedstaden', a region, not a municipality", hint);
    refused("name,population,as_of\nRegion Hovedstaden,1,2025-01-01\n", "a.csv:2:1",
            "'Region Hovedstaden' is a region, not a municipality", hint);
    refused("name,population,as_of\nRegion Sjælland,1,2025-01-01\n", "a.csv:2:1",
            "'Region Sjælland' is a region, not a municipality", hint);
    refused("name,population,as_of\nSjælland,1,2025-01-01\n", "a.csv:2:1",
            "'Sjælland' is 'Region Sjælland', a region, not a municipality", hint);
    refused(STATBANK TOTAL("Hovedstaden", "1"), "a.csv:2:1",
            "'Hovedstaden' is 'Region Hovedstaden', a region, not a municipality", hint);
    refused("code,population,as_of\n000,1,2025-01-01\n", "a.csv:2:1", "'000' is the whole country, not a municipality",
            hint);
    refused("name,population,as_of\nHele landet,1,2025-01-01\n", "a.csv:2:1",
            "'Hele landet' is the whole country, not a municipality", hint);
}

static void an_association_is_no_area_of_statbank(void **state)
{
    (void)state;
    refused(STATBANK TOTAL("OS2", "1"), "a.csv:2:1", "no known area is called 'OS2'",
            "import the parties first, or correct the name");
}

static void a_code_and_a_name_that_disagree_are_refused(void **state)
{
    (void)state;
    refused("code,name,population,as_of\n0101,Aarhus,1,2025-01-01\n", "a.csv:2:6",
            "the code '0101' is 'København', not 'Aarhus'", "the code of 'Aarhus' is '0751'");
    refused("code,name,population,as_of\n0101,Kbh,1,2025-01-01\n", "a.csv:2:6",
            "the code '0101' is 'København', not 'Kbh'", "correct the code or the name");
}

static void a_name_of_two_parties_needs_a_code(void **state)
{
    (void)state;
    static const struct tl_area same[] = {{"a", "Syd", "state", ""}, {"b", "Syd", "association", ""}};
    struct tl_figures_request request = {
        .source = sample_text("a.csv", "name,users,as_of\nSyd,1,2025-01-01\n"), .areas = same, .area_count = 2};
    refused_as(request, TL_ERR_INPUT, "a.csv:2:1", "'Syd' is the name of both a and b", "add a column 'code'");
    static const struct tl_area both[] = {{"0999", "Syd", "municipality", ""},
                                          {"0998", "Syd", "other", ""},
                                          {"a", "Nord", "state", ""},
                                          {"0997", "Nord", "municipality", ""}};
    request = (struct tl_figures_request){
        .source = sample_text("a.csv", STATBANK TOTAL("Nord", "1") TOTAL("Syd", "1")), .areas = both, .area_count = 4};
    refused_as(request, TL_ERR_INPUT, "a.csv:3:1", "'Syd' is the name of both 0999 and 0998",
               "select codes instead of names in StatBank");
}

static void a_missing_value_is_refused_with_area_and_date(void **state)
{
    (void)state;
    static const char hint[] = "a missing figure is not zero; find it, or leave the row out";
    refused_as(request_of("a.csv", STATBANK TOTAL("101", "..")), TL_ERR_MISSING, "a.csv:2:25",
               "the population of 'København' on 2025-01-01 is missing: '..'", hint);
    refused_as(request_of("a.csv", STATBANK TOTAL("101", "")), TL_ERR_MISSING, "a.csv:2:25",
               "the population of 'København' on 2025-01-01 is missing: ''", hint);
    refused_as(request_of("a.csv", STATBANK TOTAL("000", "x") TOTAL("101", "1")), TL_ERR_MISSING, "a.csv:2:25",
               "the population of 'Hele landet' on 2025-01-01 is missing: 'x'", hint);
    refused_as(request_of("a.csv", "code,users,as_of\nos2,-,2025-03-01\n"), TL_ERR_MISSING, "a.csv:2:5",
               "the users of 'OS2' on 2025-03-01 is missing: '-'", hint);
}

static void an_ambiguous_number_is_refused_with_both_readings(void **state)
{
    (void)state;
    refused(STATBANK TOTAL("101", "632.34"), "a.csv:2:25", "'632.34' could mean 632340 or 632,34",
            "write thousands without a dot and decimals after a comma");
}

static void people_are_counted_whole(void **state)
{
    (void)state;
    refused("code;population;as_of\n0101;632,34;2025-01-01\n", "a.csv:2:6",
            "'632,34' is not a whole number of inhabitants",
            "a comma is a decimal mark here; write thousands without a mark");
}

static void an_unknown_time_is_refused(void **state)
{
    (void)state;
    static const char *const times[] = {"2025K5", "2025K0", "2025M01", "25K1", "2025K11", "1899K1", "", "2025-01-01"};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        char text[200], message[100];
        snprintf(text, sizeof text, STATBANK "101;TOT;IALT;TOT;%s;1\n", times[i]);
        snprintf(message, sizeof message, "'%s' is not a quarter or a year", times[i]);
        refused(text, "a.csv:2:18", message, "StatBank writes quarters as 2026K1 to 2026K4 and years as 2026");
    }
    refused("code,users,as_of\n0101,1,31.12.2025\n", "a.csv:2:8", "'31.12.2025' is not a date",
            "write a date as year-month-day, for example 2026-01-31");
}

static void a_figure_twice_is_refused_and_the_first_line_named(void **state)
{
    (void)state;
    refused(STATBANK TOTAL("101", "1") TOTAL("751", "2") TOTAL("København", "1"), "a.csv:4:31",
            "the population of 'København' on 2025-01-01 is there twice, first on line 2", "remove one of the rows");
    refused(STATBANK TOTAL("000", "1") TOTAL("101", "1") TOTAL("Hele landet", "1"), "a.csv:4:33",
            "the population of 'Hele landet' on 2025-01-01 is there twice, first on line 2", "remove one of the rows");
    refused("code,users,as_of\nos2,1,2025-01-01\nos2,1,2025-01-02\nos2,2,2025-01-01\n", "a.csv:4:5",
            "the users of 'OS2' on 2025-01-01 is there twice, first on line 2", "remove one of the rows");
}

static void totals_that_do_not_foot_are_refused_with_both_numbers(void **state)
{
    (void)state;
    refused(STATBANK TOTAL("000", "786") TOTAL("101", "700") TOTAL("411", "5") TOTAL("751", "80"), "a.csv:2:25",
            "'Hele landet' is stated as 786 on 2025-01-01, but its municipalities sum to 785",
            "compare the rows with StatBank; one of them was changed or left out");
    refused(STATBANK TOTAL("084", "705") TOTAL("101", "700"), "a.csv:2:25",
            "'Region Hovedstaden' is stated as 705 on 2025-01-01, but its municipalities sum to 700",
            "the file has no row for 'Christiansø' (0411)");
    refused(STATBANK TOTAL("000", "785") TOTAL("101", "700"), "a.csv:2:25",
            "'Hele landet' is stated as 785 on 2025-01-01, but its municipalities sum to 700",
            "the file has no rows for 2 known areas, the first is 'Aarhus' (0751)");
}

static void a_file_of_breakdowns_alone_is_told_what_to_select(void **state)
{
    (void)state;
    refused(STATBANK "101;M;IALT;TOT;2025K1;1\n101;K;IALT;TOT;2025K1;1\n", "a.csv:2:1",
            "no row holds the total over sex, age and marital status",
            "in StatBank select 'I alt' for KØN, 'Alder i alt' for ALDER and 'I alt' for CIVILSTAND");
}

static void a_file_without_figures_is_refused(void **state)
{
    (void)state;
    static const char hint[] = "select the municipalities, not only the totals";
    refused(STATBANK TOTAL("000", "1"), "a.csv:1:1", "the file holds no figure of a municipality or other party", hint);
    refused("code,users,as_of\n", "a.csv:1:1", "the file holds no figure of a municipality or other party", hint);
}

static void another_encoding_is_refused(void **state)
{
    (void)state;
    refused("OMR\xC5"
            "DE;TID;INDHOLD\n",
            "a.csv:1:4", "the file is not UTF-8: the byte 0xC5 cannot stand here",
            "save the file as UTF-8; it is probably ISO 8859-1 (Windows-1252)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_statbank_file_gives_every_municipality_and_its_totals),
        cmocka_unit_test(codes_names_and_plain_files_give_the_same_figures),
        cmocka_unit_test(a_plain_file_says_where_its_figures_come_from),
        cmocka_unit_test(columns_may_stand_in_any_order_and_some_be_absent),
        cmocka_unit_test(an_english_file_is_read_too),
        cmocka_unit_test(a_time_is_the_first_day_of_its_quarter_or_year),
        cmocka_unit_test(rows_broken_down_are_passed_over),
        cmocka_unit_test(christiansoe_counts_into_country_and_region),
        cmocka_unit_test(totals_of_each_time_foot_by_themselves),
        cmocka_unit_test(the_total_of_a_region_that_nothing_is_known_of_is_not_checked),
        cmocka_unit_test(a_plain_file_may_hold_any_measures_of_any_parties),
        cmocka_unit_test(a_plain_file_may_name_parties_without_codes),
        cmocka_unit_test(the_caller_may_name_measure_and_origin),
        cmocka_unit_test(a_header_of_neither_form_is_refused),
        cmocka_unit_test(a_missing_column_is_named_with_what_was_found),
        cmocka_unit_test(an_unknown_column_is_refused),
        cmocka_unit_test(a_statbank_file_must_say_what_it_counts),
        cmocka_unit_test(an_unknown_area_is_refused_with_the_nearest_name),
        cmocka_unit_test(a_code_that_lost_its_zero_is_told_how_to_write_it),
        cmocka_unit_test(a_region_is_not_a_municipality),
        cmocka_unit_test(an_association_is_no_area_of_statbank),
        cmocka_unit_test(a_code_and_a_name_that_disagree_are_refused),
        cmocka_unit_test(a_name_of_two_parties_needs_a_code),
        cmocka_unit_test(a_missing_value_is_refused_with_area_and_date),
        cmocka_unit_test(an_ambiguous_number_is_refused_with_both_readings),
        cmocka_unit_test(people_are_counted_whole),
        cmocka_unit_test(an_unknown_time_is_refused),
        cmocka_unit_test(a_figure_twice_is_refused_and_the_first_line_named),
        cmocka_unit_test(totals_that_do_not_foot_are_refused_with_both_numbers),
        cmocka_unit_test(a_file_of_breakdowns_alone_is_told_what_to_select),
        cmocka_unit_test(a_file_without_figures_is_refused),
        cmocka_unit_test(another_encoding_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
