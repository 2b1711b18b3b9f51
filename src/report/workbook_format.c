/* SPDX-License-Identifier: MPL-2.0 */
#include "workbook_parts.h"

/* OS2's colours: the tints are for surfaces and rules, never for text. */
enum {
    GREEN = 0x3A7F3B,
    GREEN_TINT = 0xB0CCB1,
    GREEN_LIGHT = 0xD8E5D8,
    GREY = 0x727272,
    BLUE = 0x284B7B,
    BLACK = 0x000001, /* libxlsxwriter takes 0 for "not set" */
    WHITE = 0xFFFFFF
};

enum { FONT_FAMILY_SWISS = 2 }; /* what a reader without Open Sans falls back to: another sans serif */

struct look {
    double size;
    bool bold, centred;
    lxw_color_t text, surface;
    uint8_t top, bottom;
    lxw_color_t rule;
};

static const struct look looks[TL_LOOK_COUNT] = {
    [TL_LOOK_PLAIN] = {.size = 10, .text = BLACK},
    [TL_LOOK_TITLE] = {.size = 20, .bold = true, .text = GREEN},
    [TL_LOOK_SUBTITLE] = {.size = 10, .text = GREY},
    [TL_LOOK_LABEL] = {.size = 10, .text = GREY},
    [TL_LOOK_STRONG] = {.size = 10, .bold = true, .text = BLACK},
    [TL_LOOK_SECTION] = {.size = 12, .bold = true, .text = GREEN, .bottom = LXW_BORDER_MEDIUM, .rule = GREEN},
    [TL_LOOK_HEAD] = {.size = 10, .bold = true, .text = WHITE, .surface = GREEN, .centred = true},
    [TL_LOOK_ROW] = {.size = 10, .text = BLACK, .bottom = LXW_BORDER_THIN, .rule = GREEN_TINT},
    [TL_LOOK_TOTAL] =
        {.size = 10, .bold = true, .text = BLACK, .surface = GREEN_LIGHT, .top = LXW_BORDER_THIN, .rule = GREEN},
    [TL_LOOK_NOTE] = {.size = 9, .text = GREY},
    [TL_LOOK_TILE_IN] =
        {.size = 9, .bold = true, .text = BLACK, .surface = GREEN_TINT, .bottom = LXW_BORDER_THIN, .rule = WHITE},
    [TL_LOOK_TILE_OUT] = {.size = 9, .text = GREY, .bottom = LXW_BORDER_THIN, .rule = GREEN_LIGHT},
    [TL_LOOK_INPUT] = {.size = 10, .text = BLUE, .bottom = LXW_BORDER_DOTTED, .rule = BLUE},
};

/* `_0` leaves the width of a digit free on the right, which keeps a number apart from text that begins in the next
 * column; an indent would do the same, but LibreOffice 7.4 prints it only now and then. */
static const char *const number_formats[TL_FORM_COUNT] = {
    [TL_FORM_TEXT] = NULL,
    [TL_FORM_RIGHT] = "@_0",
    [TL_FORM_CODE] = "@",
    [TL_FORM_DATE] = "dd\\.mm\\.yyyy",
    [TL_FORM_MONEY] = "[$-406]#,##0.00_0",
    [TL_FORM_KRONER] = "[$-406]#,##0_0",
    [TL_FORM_DUE] = "[$-406]#,##0.00_0;[$-406]-#,##0.00_0;\"–\"_0;@_0",
    [TL_FORM_EXACT] = "[$-406]#,##0.000000_0",
    [TL_FORM_NUMBER] = "0_0",
    [TL_FORM_WHOLE] = "[$-406]#,##0_0",
    [TL_FORM_DECIMAL] = "[$-406]#,##0.0#####_0",
    [TL_FORM_PERCENT] = "0%_0",
    [TL_FORM_PERCENT_FINE] = "[$-406]0.0#%_0",
    [TL_FORM_PERCENT_EXACT] = "[$-406]0.000000%_0",
};

bool tl_workbook_is_broken(tl_look look, tl_form form)
{
    if (look == TL_LOOK_HEAD)
        return true;
    return form == TL_FORM_TEXT &&
           (look == TL_LOOK_ROW || look == TL_LOOK_NOTE || look == TL_LOOK_TILE_IN || look == TL_LOOK_TILE_OUT);
}

static bool is_on_the_right(tl_form form)
{
    return form != TL_FORM_TEXT && form != TL_FORM_CODE && form != TL_FORM_DATE;
}

static void set_rules(lxw_format *format, const struct look *look)
{
    if (look->top != LXW_BORDER_NONE) {
        format_set_top(format, look->top);
        format_set_top_color(format, look->rule);
    }
    if (look->bottom != LXW_BORDER_NONE) {
        format_set_bottom(format, look->bottom);
        format_set_bottom_color(format, look->rule);
    }
}

lxw_format *tl_workbook_format(lxw_workbook *workbook, tl_look look, tl_form form)
{
    const struct look *chosen = &looks[look];
    lxw_format *format = workbook_add_format(workbook);
    if (format == NULL)
        return NULL;
    format_set_font_name(format, "Open Sans");
    format_set_font_family(format, FONT_FAMILY_SWISS);
    format_set_font_size(format, chosen->size);
    format_set_font_color(format, chosen->text);
    if (chosen->bold)
        format_set_bold(format);
    if (chosen->surface != 0) {
        format_set_pattern(format, LXW_PATTERN_SOLID);
        format_set_fg_color(format, chosen->surface);
    }
    set_rules(format, chosen);
    if (number_formats[form] != NULL)
        format_set_num_format(format, number_formats[form]);
    if (tl_workbook_is_broken(look, form))
        format_set_text_wrap(format);
    format_set_align(format, is_on_the_right(form) ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
    format_set_align(format, chosen->centred ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP);
    return format;
}
