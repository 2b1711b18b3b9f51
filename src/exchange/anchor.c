/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/anchor.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SOURCE_MAX = 16 * 1024 * 1024, VALUE_MAX = 160 };

enum {
    KEY_OWNER,
    KEY_CURRENCY,
    KEY_ACT,
    KEY_RECORDED,
    KEY_ACT_SEAL,
    KEY_ENTRY,
    KEY_DATED,
    KEY_ENTRY_SEAL,
    KEY_POSTINGS,
    KEY_DEBIT,
    KEY_PROGRAM,
    KEY_CONTROL,
    KEY_COUNT
};

static const char *const keys[KEY_COUNT] = {
    [KEY_OWNER] = "owner",       [KEY_CURRENCY] = "currency",     [KEY_ACT] = "act",
    [KEY_RECORDED] = "recorded", [KEY_ACT_SEAL] = "act seal",     [KEY_ENTRY] = "entry",
    [KEY_DATED] = "dated",       [KEY_ENTRY_SEAL] = "entry seal", [KEY_POSTINGS] = "postings",
    [KEY_DEBIT] = "debit",       [KEY_PROGRAM] = "program",       [KEY_CONTROL] = "control",
};

static const char opening[] = "tilslut anchor";

/* The lines that the control number is of. */
static void write_lines(struct tl_buf *out, const struct tl_anchor *anchor)
{
    char act_seal[TL_DIGEST_HEX_SIZE], entry_seal[TL_DIGEST_HEX_SIZE], dated[TL_DATE_TEXT_SIZE];
    char debit[TL_MONEY_TEXT_SIZE];
    tl_buf_format(out, "%s: 1\nowner: %s\ncurrency: %s\n", opening, anchor->owner, anchor->currency);
    tl_buf_format(out, "act: %" PRId64 "\nrecorded: %s\nact seal: %s\n", anchor->act, anchor->recorded,
                  tl_digest_hex(&anchor->act_seal, act_seal));
    tl_buf_format(out, "entry: %" PRId64 "\ndated: %s\nentry seal: %s\n", anchor->entry,
                  tl_date_is_none(anchor->dated) ? "none" : tl_date_iso(anchor->dated, dated),
                  tl_digest_hex(&anchor->entry_seal, entry_seal));
    tl_buf_format(out, "postings: %" PRId64 "\ndebit: %s\nprogram: %s\n", anchor->postings,
                  tl_money_plain(anchor->debit, debit), anchor->program);
}

/* Sixteen digits: enough to tell a slip of the pen, which is all it is for. */
static tl_status control_of(char out[17], const struct tl_anchor *anchor, struct tl_err *err)
{
    struct tl_buf lines = TL_BUF_EMPTY;
    char hex[TL_DIGEST_HEX_SIZE];
    write_lines(&lines, anchor);
    tl_status status = tl_buf_status(&lines, err);
    if (status == TL_OK) {
        struct tl_digest digest = tl_digest_of(lines.bytes, lines.length);
        snprintf(out, 17, "%.16s", tl_digest_hex(&digest, hex));
    }
    tl_buf_release(&lines);
    return status;
}

void tl_anchor_write(struct tl_buf *out, const struct tl_anchor *anchor)
{
    char control[17] = "", debit[TL_MONEY_TEXT_SIZE];
    struct tl_err ignored = TL_ERR_NONE;
    tl_buf_text(out, "SEGL PÅ KONTOBOGEN\n\n");
    tl_buf_format(out,
                  "Kontobogen, der føres af %s i %s, indeholdt, da dette blev skrevet, %" PRId64 " handlinger og\n"
                  "%" PRId64 " regnskabsposter med %" PRId64 " posteringer; debet og kredit er hver %s.\n"
                  "De to segl nedenfor dækker det hele. Sættes teksten uændret ind i et referat, kan det senere\n"
                  "efterprøves, om noget af det er ændret, fjernet eller lavet om:\n\n"
                  "    tilslut verify --anchor FIL\n\n",
                  anchor->owner, anchor->currency, anchor->act, anchor->entry, anchor->postings,
                  tl_money_da(anchor->debit, debit));
    tl_buf_text(out, "SEAL OF THE LEDGER\n\n");
    tl_buf_format(
        out,
        "The ledger kept by %s in %s held, when this was written, %" PRId64 " acts and %" PRId64
        " entries\nwith %" PRId64 " postings; debit and credit are %s each. The two seals below cover all of "
        "it.\nPut unchanged into the minutes of a meeting, this text shows years later whether any of it was\n"
        "changed, removed or made anew, by the same command.\n\n",
        anchor->owner, anchor->currency, anchor->act, anchor->entry, anchor->postings,
        tl_money_plain(anchor->debit, debit));
    write_lines(out, anchor);
    if (control_of(control, anchor, &ignored) != TL_OK)
        out->failed = true;
    tl_buf_format(out, "control: %s\n", control);
}

/* An anchor while its lines are read. */
struct reading {
    char values[KEY_COUNT][VALUE_MAX];
    bool seen[KEY_COUNT];
    int last;        /* key whose value may go on */
    size_t line;     /* being read */
    size_t begun_at; /* line of its opening; 0 outside of an anchor */
    const struct tl_source *source;
};

static tl_status refuse(const struct reading *reading, size_t line, struct tl_err *err, const char *message,
                        const char *hint)
{
    (void)tl_err_set(err, TL_ERR_INPUT, "%s", message);
    if (hint != NULL)
        tl_err_hint(err, "%s", hint);
    tl_err_at(err, reading->source->name, line, 0);
    return TL_ERR_INPUT;
}

/* Blanks as they come out of a word processor: the space that does not break too. */
static size_t blank_at(const char *at)
{
    if (*at == ' ' || *at == '\t' || *at == '\r')
        return 1;
    return strncmp(at, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

/* Copies a line with blanks as single spaces and without quoting marks in front. */
static void tidy(char *out, size_t size, const char *line, const char *end)
{
    size_t used = 0;
    bool pending = false;
    while (line < end && (*line == '>' || blank_at(line) > 0))
        line += *line == '>' ? 1 : blank_at(line);
    while (line < end && used + 2 < size) {
        size_t blank = blank_at(line);
        if (blank == 0) {
            if (pending)
                out[used++] = ' ';
            out[used++] = *line++;
        }
        pending = blank > 0;
        line += blank;
    }
    out[used] = '\0';
}

static bool is_hex(const char *text)
{
    return text[0] != '\0' && text[strspn(text, "0123456789abcdefABCDEF ")] == '\0';
}

static void append_hex(char *value, const char *text)
{
    size_t used = strlen(value);
    for (; *text != '\0' && used + 1 < VALUE_MAX; text++)
        if (*text != ' ')
            value[used++] = *text;
    value[used] = '\0';
}

/* The key that a line begins with, and its value; KEY_COUNT when there is none. */
static int key_of(const char *line, const char **value)
{
    size_t length = strcspn(line, ":");
    if (line[length] == '\0')
        return KEY_COUNT;
    *value = line + length + 1 + strspn(line + length + 1, " ");
    while (length > 0 && line[length - 1] == ' ')
        length--;
    for (int key = 0; key < KEY_COUNT; key++)
        if (strlen(keys[key]) == length && strncasecmp(line, keys[key], length) == 0)
            return key;
    return KEY_COUNT;
}

static bool takes_hex(int key)
{
    return key == KEY_ACT_SEAL || key == KEY_ENTRY_SEAL || key == KEY_CONTROL;
}

static tl_status take_line(struct reading *reading, const char *line, struct tl_err *err)
{
    const char *value = "";
    int key = key_of(line, &value);
    if (key == KEY_COUNT && reading->last < KEY_COUNT && takes_hex(reading->last) && is_hex(line)) {
        append_hex(reading->values[reading->last], line);
        return TL_OK;
    }
    if (key == KEY_COUNT)
        return refuse(reading, reading->line, err, "this line does not belong to the anchor that it stands in",
                      "take the lines from 'tilslut anchor' to 'control' as they were written");
    if (reading->seen[key])
        return refuse(reading, reading->line, err, "this line of the anchor stands there twice", NULL);
    reading->seen[key] = true;
    reading->last = key;
    if (takes_hex(key))
        append_hex(reading->values[key], value);
    else
        snprintf(reading->values[key], VALUE_MAX, "%s", value);
    return TL_OK;
}

static bool read_number(int64_t *out, const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 18 || text[digits] != '\0')
        return false;
    *out = strtoll(text, NULL, 10);
    return true;
}

static bool copy_text(char out[TL_ANCHOR_TEXT_SIZE], const char *value)
{
    return value[0] != '\0' && snprintf(out, TL_ANCHOR_TEXT_SIZE, "%s", value) < TL_ANCHOR_TEXT_SIZE;
}

static bool read_values(struct tl_anchor *out, struct reading *reading)
{
    char(*values)[VALUE_MAX] = reading->values;
    struct tl_err ignored = TL_ERR_NONE;
    *out = (struct tl_anchor){0};
    return copy_text(out->owner, values[KEY_OWNER]) && copy_text(out->currency, values[KEY_CURRENCY]) &&
           copy_text(out->recorded, values[KEY_RECORDED]) && copy_text(out->program, values[KEY_PROGRAM]) &&
           read_number(&out->act, values[KEY_ACT]) && read_number(&out->entry, values[KEY_ENTRY]) &&
           read_number(&out->postings, values[KEY_POSTINGS]) && tl_digest_parse(&out->act_seal, values[KEY_ACT_SEAL]) &&
           tl_digest_parse(&out->entry_seal, values[KEY_ENTRY_SEAL]) &&
           tl_money_parse(&out->debit, values[KEY_DEBIT], &ignored) == TL_OK &&
           (tl_text_equal(values[KEY_DATED], "none") ||
            tl_date_parse(&out->dated, values[KEY_DATED], &ignored) == TL_OK);
}

/* All lines are there: makes the anchor, unless what was copied is not what was written. */
static tl_status finish(struct tl_anchor *out, struct reading *reading, struct tl_err *err)
{
    char message[120], control[17];
    for (int key = 0; key < KEY_COUNT; key++)
        if (!reading->seen[key]) {
            snprintf(message, sizeof message, "the anchor that begins here has no line '%s'", keys[key]);
            return refuse(reading, reading->begun_at, err, message,
                          "take the lines from 'tilslut anchor' to 'control' as they were written");
        }
    bool fits = read_values(out, reading);
    tl_status status = fits ? control_of(control, out, err) : TL_OK;
    if (status == TL_OK && (!fits || strcasecmp(control, reading->values[KEY_CONTROL]) != 0))
        status = refuse(reading, reading->begun_at, err,
                        "the anchor that begins here was miscopied: its control number does not fit",
                        "compare it with the minutes letter by letter; this says nothing of the ledger");
    return status;
}

/* Begins an anchor at its first line. */
static tl_status begin(struct reading *reading, const char *line, struct tl_err *err)
{
    const char *form = line + sizeof opening - 1;
    form += strspn(form, ": ");
    *reading = (struct reading){
        .last = KEY_COUNT, .line = reading->line, .begun_at = reading->line, .source = reading->source};
    return tl_text_equal(form, "1") ? TL_OK
                                    : refuse(reading, reading->line, err, "the anchor is of a form that is not known",
                                             "use the tilslut that wrote it, or a newer one");
}

/* Reads one line; *whole when it was the last of an anchor. */
static tl_status read_line(struct reading *reading, bool *whole, const char *line, struct tl_err *err)
{
    *whole = false;
    if (strncasecmp(line, opening, sizeof opening - 1) == 0 && line[sizeof opening - 1] == ':') {
        if (reading->begun_at != 0)
            return refuse(reading, reading->begun_at, err, "the anchor that begins here has no line 'control'", NULL);
        return begin(reading, line, err);
    }
    if (reading->begun_at == 0 || line[0] == '\0')
        return TL_OK;
    tl_status status = take_line(reading, line, err);
    *whole = status == TL_OK && reading->seen[KEY_CONTROL] && strlen(reading->values[KEY_CONTROL]) >= 16;
    return status;
}

static tl_status add(struct tl_anchor **out, size_t *count, size_t *capacity, struct reading *reading,
                     struct tl_arena *arena, struct tl_err *err)
{
    if (*count == TL_ANCHORS_MAX)
        return tl_err_set(err, TL_ERR_RANGE, "there are more than %d anchors in '%s'", TL_ANCHORS_MAX,
                          reading->source->name);
    *out = tl_arena_grow(arena, *out, *count, capacity, sizeof **out);
    if (*out == NULL)
        return tl_err_memory(err);
    tl_status status = finish(&(*out)[*count], reading, err);
    ++*count;
    reading->begun_at = 0;
    return status;
}

tl_status tl_anchor_read(struct tl_anchor **out, size_t *count, const struct tl_source *source, struct tl_arena *arena,
                         struct tl_err *err)
{
    struct reading reading = {.source = source};
    char *text = NULL, line[VALUE_MAX * 2];
    size_t length = 0, capacity = 0;
    *out = NULL;
    *count = 0;
    tl_status status = tl_source_text(&text, &length, source, SOURCE_MAX, arena, err);
    for (const char *at = text; status == TL_OK && at < text + length;) {
        const char *end = at + strcspn(at, "\n");
        bool whole;
        reading.line++;
        tidy(line, sizeof line, at, end);
        status = read_line(&reading, &whole, line, err);
        if (status == TL_OK && whole)
            status = add(out, count, &capacity, &reading, arena, err);
        at = end + (*end == '\n');
    }
    if (status == TL_OK && reading.begun_at != 0) /* says which line is missing */
        status = add(out, count, &capacity, &reading, arena, err);
    if (status == TL_OK && *count == 0) {
        status = tl_err_set(err, TL_ERR_INPUT, "there is no anchor in '%s'", source->name);
        tl_err_hint(err, "tilslut seal export writes one; it begins with the line 'tilslut anchor: 1'");
    }
    return status;
}
