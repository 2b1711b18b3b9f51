/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/ledger/check.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

tl_status tl_check_found(struct tl_check_work *work, struct tl_err *err, const char *format, ...)
{
    char text[640];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return tl_findings_add(work->findings, err, work->check->name, "%s", text);
}

void tl_check_counted(struct tl_check_work *work, int64_t count, const char *one, const char *many)
{
    if (work->counted_count == TL_CHECK_COUNTED_MAX)
        return;
    size_t at = work->counted_count++;
    work->counted[at].count = count;
    work->counted[at].one = one;
    work->counted[at].many = many;
}

void tl_check_remark(struct tl_check_work *work, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(work->remark, sizeof work->remark, format, arguments);
    va_end(arguments);
}

void tl_check_write_counted(struct tl_buf *out, const struct tl_check_work *work)
{
    if (work->counted_count == 0 || work->counted[0].count == 0)
        return;
    for (size_t i = 0; i < work->counted_count; i++) {
        int64_t count = work->counted[i].count;
        tl_buf_format(out, "%s%" PRId64 " %s", i == 0 ? "" : " with ", count,
                      count == 1 ? work->counted[i].one : work->counted[i].many);
    }
}
