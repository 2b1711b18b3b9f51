/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/ledger/findings.h"

#include <stdarg.h>
#include <stdio.h>

void tl_findings_release(struct tl_findings *findings)
{
    tl_arena_release(&findings->arena);
    *findings = (struct tl_findings)TL_FINDINGS_EMPTY;
}

tl_status tl_findings_add(struct tl_findings *findings, struct tl_err *err, const char *check, const char *format, ...)
{
    char text[640];
    if (findings->count == TL_FINDINGS_MAX) {
        findings->left_out++;
        return TL_OK;
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    struct tl_finding *items =
        tl_arena_grow(&findings->arena, findings->items, findings->count, &findings->capacity, sizeof *findings->items);
    const char *copy = tl_arena_text(&findings->arena, text);
    if (items == NULL || copy == NULL)
        return tl_err_memory(err);
    findings->items = items;
    items[findings->count++] = (struct tl_finding){check, copy};
    return TL_OK;
}
