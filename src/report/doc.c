/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/doc.h"

#include <string.h>

#include "tilslut/base/text.h"

void tl_doc_release(struct tl_doc *doc)
{
    tl_arena_release(&doc->arena);
    *doc = (struct tl_doc)TL_DOC_EMPTY;
}

struct tl_block *tl_blocks_add(struct tl_blocks *blocks, struct tl_arena *arena, tl_block_kind kind)
{
    void *items = tl_arena_grow(arena, blocks->items, blocks->count, &blocks->capacity, sizeof *blocks->items);
    if (items == NULL)
        return NULL;
    blocks->items = items;
    struct tl_block *block = &blocks->items[blocks->count++];
    *block = (struct tl_block){.kind = kind};
    return block;
}

/* Joins `text` to the span's text. */
static bool extend(struct tl_span *span, struct tl_arena *arena, const char *text, size_t length)
{
    size_t before = strlen(span->text);
    char *joined = tl_arena_alloc(arena, before + length + 1, 1);
    if (joined == NULL)
        return false;
    memcpy(joined, span->text, before);
    memcpy(joined + before, text, length);
    span->text = joined;
    return true;
}

bool tl_spans_add(struct tl_spans *spans, struct tl_arena *arena, const char *text, size_t length, unsigned style)
{
    struct tl_span *last = spans->count == 0 ? NULL : &spans->items[spans->count - 1];
    if (last != NULL && last->style == style && (style & TL_SPAN_BREAK) == 0)
        return extend(last, arena, text, length);
    void *items = tl_arena_grow(arena, spans->items, spans->count, &spans->capacity, sizeof *spans->items);
    char *copy = items == NULL ? NULL : tl_arena_copy(arena, text, length);
    if (copy == NULL)
        return false;
    spans->items = items;
    spans->items[spans->count++] = (struct tl_span){.text = copy, .style = style};
    return true;
}

const char *tl_spans_text(const struct tl_spans *spans, struct tl_arena *arena)
{
    struct tl_buf text = TL_BUF_EMPTY;
    for (size_t i = 0; i < spans->count; i++) {
        tl_buf_text(&text, spans->items[i].text);
        if ((spans->items[i].style & TL_SPAN_BREAK) != 0)
            tl_buf_text(&text, " ");
    }
    const char *copy = text.failed ? NULL : tl_arena_text(arena, tl_buf_string(&text));
    tl_buf_release(&text);
    return copy;
}
