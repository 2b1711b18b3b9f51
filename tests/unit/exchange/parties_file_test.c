/* SPDX-License-Identifier: MPL-2.0 */
#include "sample.h"

static void refused(const char *text, const char *where, const char *message, const char *hint)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_parties_file file;
    struct tl_source source = sample_text("parties.csv", text);
    assert_refused(tl_parties_file_read(&file, &source, &arena, &err), TL_ERR_INPUT, &err, message, hint);
    assert_string_equal(err.where, where);
    tl_arena_release(&arena);
}

static void the_real_parties_are_read(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_parties_file file;
    struct tl_source source = sample_file("tests/data/parties.csv", &arena);
    assert_ok(tl_parties_file_read(&file, &source, &arena, &err), &err);
    assert_int_equal(file.row_count, 99);
    size_t municipalities = 0;
    for (size_t i = 0; i < file.row_count; i++) {
        municipalities += strcmp(file.rows[i].kind, "municipality") == 0 ? 1 : 0;
        assert_int_equal(file.rows[i].line, i + 2);
    }
    assert_int_equal(municipalities, 98);
    const struct tl_parties_row *first = &file.rows[0];
    assert_string_equal(first->code, "0101");
    assert_string_equal(first->name, "København");
    assert_string_equal(first->official_name, "Københavns Kommune");
    assert_string_equal(first->region, "Region Hovedstaden");
    assert_string_equal(first->cvr, "64942212");
    assert_string_equal(first->ean, "");
    assert_string_equal(first->address, "");
    assert_int_equal(first->association, TL_ASSOCIATION_NOT_RECORDED);
    tl_arena_release(&arena);
}

static void every_column_may_stand_anywhere_and_most_may_be_absent(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_parties_file file;
    struct tl_source source =
        sample_text("p.csv", "association_member;kind;ean;name;address;code\n"
                             "yes;association;5790002750595;OS2;\"Hack Kampmanns Plads 2, 8000 Aarhus C\";os2\n"
                             "no;state;;Styrelsen;;STY-1\n"
                             ";municipality;;Aarhus;;0751\n");
    assert_ok(tl_parties_file_read(&file, &source, &arena, &err), &err);
    assert_int_equal(file.row_count, 3);
    assert_string_equal(file.rows[0].official_name, "OS2");
    assert_string_equal(file.rows[0].ean, "5790002750595");
    assert_string_equal(file.rows[0].address, "Hack Kampmanns Plads 2, 8000 Aarhus C");
    assert_int_equal(file.rows[0].association, TL_ASSOCIATION_MEMBER);
    assert_int_equal(file.rows[1].association, TL_ASSOCIATION_OTHER);
    assert_int_equal(file.rows[2].association, TL_ASSOCIATION_NOT_RECORDED);
    tl_arena_release(&arena);
}

static void an_unknown_column_is_refused_with_the_nearest(void **state)
{
    (void)state;
    refused("code,name,kind,cvrr\n", "parties.csv:1:16", "a file of parties has no column 'cvrr'",
            "did you mean 'cvr'?");
    refused("code,name,kind,population\n", "parties.csv:1:16", "a file of parties has no column 'population'",
            "the columns are code, name, kind, official_name, region, cvr, ean, address, association_member");
}

static void a_missing_column_is_named_with_what_was_found(void **state)
{
    (void)state;
    refused("code,name,cvr\n", "parties.csv:1:1", "the column 'kind' is missing; found 'code', 'name', 'cvr'",
            "a file of parties has at least the columns code, name and kind");
}

static void what_must_be_filled_in_is_refused_when_empty(void **state)
{
    (void)state;
    refused("code,name,kind\n,Aarhus,municipality\n", "parties.csv:2:1", "the code is empty", "");
    refused("code,name,kind\n0751,,municipality\n", "parties.csv:2:6", "the name is empty", "");
    refused("code,name,kind\n0751,Aarhus,\n", "parties.csv:2:13", "the kind is empty", "");
}

static void an_unknown_kind_is_refused(void **state)
{
    (void)state;
    refused("code,name,kind\n0751,Aarhus,municpality\n", "parties.csv:2:13", "'municpality' is not a kind of party",
            "did you mean 'municipality'?");
    refused("code,name,kind\n0751,Aarhus,kommune\n", "parties.csv:2:13", "'kommune' is not a kind of party",
            "the kinds are municipality, region, state, association and other");
}

static void a_wrong_identifier_is_refused_where_it_stands(void **state)
{
    (void)state;
    refused("code,name,kind\n751,Aarhus,municipality\n", "parties.csv:2:1",
            "'751' is not a municipality code: it has 3 digits, not 4",
            "spreadsheets drop a leading 0: write 0101, not 101");
    refused("code,name,kind\na/b,Styrelsen,state\n", "parties.csv:2:1", "'a/b' is not a code",
            "a code has 1 to 40 of A-Z a-z 0-9 - and _");
    refused("code,name,kind,cvr\n0101,København,municipality,64942213\n", "parties.csv:2:29",
            "'64942213' is not a CVR number: its check digit does not fit", "");
    refused("code,name,kind,ean\n0101,København,municipality,5790002750596\n", "parties.csv:2:29",
            "'5790002750596' is not an EAN number: its check digit does not fit", "");
}

static void association_member_is_yes_no_or_empty(void **state)
{
    (void)state;
    refused("code,name,kind,association_member\n0101,København,municipality,ja\n", "parties.csv:2:29",
            "'ja' is neither yes nor no", "association_member is yes, no or empty");
}

static void a_party_twice_is_refused_and_the_first_line_named(void **state)
{
    (void)state;
    refused("code,name,kind\n0101,København,municipality\n0751,Aarhus,municipality\n0101,Aalborg,municipality\n",
            "parties.csv:4:1", "the code '0101' is there twice, first on line 2", "remove one of the rows");
    refused("code,name,kind\n0101,København,municipality\n0751,Aarhus,municipality\n0851,København,municipality\n",
            "parties.csv:4:1", "the name 'København' is there twice, first on line 2", "remove one of the rows");
}

static void a_file_without_parties_is_refused(void **state)
{
    (void)state;
    refused("code,name,kind\n", "parties.csv:1:1", "the file holds no party", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_real_parties_are_read),
        cmocka_unit_test(every_column_may_stand_anywhere_and_most_may_be_absent),
        cmocka_unit_test(an_unknown_column_is_refused_with_the_nearest),
        cmocka_unit_test(a_missing_column_is_named_with_what_was_found),
        cmocka_unit_test(what_must_be_filled_in_is_refused_when_empty),
        cmocka_unit_test(an_unknown_kind_is_refused),
        cmocka_unit_test(a_wrong_identifier_is_refused_where_it_stands),
        cmocka_unit_test(association_member_is_yes_no_or_empty),
        cmocka_unit_test(a_party_twice_is_refused_and_the_first_line_named),
        cmocka_unit_test(a_file_without_parties_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
