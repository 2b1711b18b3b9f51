/* SPDX-License-Identifier: MPL-2.0 */
#include "camt_xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "quoted.h"
#include "tilslut/base/text.h"

/* The handles are libxml2's own objects under a name of ours. */
static xmlNode *xml_of(const struct camt_node *node)
{
    return (xmlNode *)(uintptr_t)node;
}

static const struct camt_node *node_of(const xmlNode *node)
{
    return (const struct camt_node *)(uintptr_t)node;
}

static xmlDoc *doc_of(const struct camt_tree *tree)
{
    return (xmlDoc *)(uintptr_t)tree;
}

/* A document type is where entities, and bombs of them, come from; no bank sends one. */
static tl_status refuse_doctype(const struct tl_source *source, const char *text, struct tl_err *err)
{
    const char *found = strstr(text, "<!DOCTYPE");
    if (found == NULL)
        return TL_OK;
    size_t line = 1;
    for (const char *at = text; at < found; at++)
        line += *at == '\n' ? 1 : 0;
    (void)tl_err_set(err, TL_ERR_INPUT, "the file has a document type, which a bank's statement has not");
    tl_err_hint(err, "fetch the file from the bank again");
    tl_err_at(err, source->name, line, 0);
    return TL_ERR_INPUT;
}

/* libxml2's reason, in one line; its messages quote the input. */
static tl_status refuse_xml(const struct tl_source *source, const xmlError *error, struct tl_err *err)
{
    if (error != NULL && error->code == XML_ERR_NO_MEMORY)
        return tl_err_memory(err);
    char reason[200] = "no reason given";
    if (error != NULL && error->message != NULL) {
        size_t length = strcspn(error->message, "\n");
        length = tl_text_valid_utf8(error->message, length < sizeof reason - 1 ? length : sizeof reason - 1);
        memcpy(reason, error->message, length);
        reason[length] = '\0';
    }
    (void)tl_err_set(err, TL_ERR_INPUT, "the file is not XML: %s", reason);
    tl_err_hint(err, "fetch the file from the bank again");
    tl_err_at(err, source->name, error != NULL && error->line > 0 ? (size_t)error->line : 1, 0);
    return TL_ERR_INPUT;
}

/* Keeps libxml2 from telling a lack of memory on standard error; `context` (or NULL) is a bool that then is true. */
static void note_memory(void *context, xmlError *error)
{
    if (context != NULL && error->code == XML_ERR_NO_MEMORY)
        *(bool *)context = true;
}

tl_status camt_tree_open(struct camt_tree **out, const struct tl_source *source, size_t length_max,
                         struct tl_arena *arena, struct tl_err *err)
{
    /* no NOENT: entities are never put in; no HUGE: libxml2's own bounds of depth and names hold */
    enum {
        OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOBLANKS | XML_PARSE_NOCDATA |
                  XML_PARSE_COMPACT | XML_PARSE_BIG_LINES | XML_PARSE_IGNORE_ENC
    };
    char *text;
    size_t length;
    *out = NULL;
    tl_status status = tl_source_text(&text, &length, source, length_max, arena, err);
    if (status == TL_OK)
        status = refuse_doctype(source, text, err);
    if (status != TL_OK)
        return status;
    bool is_memory_gone = false;
    xmlSetStructuredErrorFunc(&is_memory_gone, note_memory);
    xmlParserCtxt *context = xmlNewParserCtxt();
    xmlDoc *doc = context == NULL ? NULL : xmlCtxtReadMemory(context, text, (int)length, NULL, "UTF-8", OPTIONS);
    xmlSetStructuredErrorFunc(NULL, note_memory);
    if (context == NULL || is_memory_gone || doc == NULL || xmlDocGetRootElement(doc) == NULL) {
        status = context == NULL || is_memory_gone ? tl_err_memory(err)
                                                   : refuse_xml(source, xmlCtxtGetLastError(context), err);
        xmlFreeDoc(doc);
    } else
        *out = (struct camt_tree *)(uintptr_t)doc;
    xmlFreeParserCtxt(context);
    return status;
}

void camt_tree_close(struct camt_tree *tree)
{
    if (tree != NULL)
        xmlFreeDoc(doc_of(tree));
}

const struct camt_node *camt_tree_root(const struct camt_tree *tree)
{
    return node_of(xmlDocGetRootElement(doc_of(tree)));
}

const char *camt_node_space(const struct camt_node *node)
{
    const xmlNode *xml = xml_of(node);
    return xml->ns == NULL || xml->ns->href == NULL ? "" : (const char *)xml->ns->href;
}

const char *camt_node_name(const struct camt_node *node)
{
    return (const char *)xml_of(node)->name;
}

size_t camt_node_line(const struct camt_node *node)
{
    long line = xmlGetLineNo(xml_of(node));
    return line > 0 ? (size_t)line : 1;
}

static const xmlNode *next_named(const xmlNode *node, const char *name, size_t length)
{
    for (; node != NULL; node = node->next)
        if (node->type == XML_ELEMENT_NODE && strlen((const char *)node->name) == length &&
            memcmp(node->name, name, length) == 0)
            return node;
    return NULL;
}

const struct camt_node *camt_node_child(const struct camt_node *node, const char *name)
{
    return node == NULL ? NULL : node_of(next_named(xml_of(node)->children, name, strlen(name)));
}

const struct camt_node *camt_node_again(const struct camt_node *node)
{
    const xmlNode *xml = xml_of(node);
    return node_of(next_named(xml->next, (const char *)xml->name, strlen((const char *)xml->name)));
}

const struct camt_node *camt_node_at(const struct camt_node *node, const char *path)
{
    while (node != NULL && *path != '\0') {
        size_t length = strcspn(path, "/");
        node = node_of(next_named(xml_of(node)->children, path, length));
        path += length + (path[length] == '/' ? 1 : 0);
    }
    return node;
}

/* White space made single spaces, in place. */
static void tidy(char *text)
{
    char *to = text;
    for (const char *at = text; *at != '\0';) {
        const char *from = at;
        uint32_t c = tl_text_next(&at);
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            if (to > text && to[-1] != ' ')
                *to++ = ' ';
        } else if (tl_source_accepts(c)) {
            memmove(to, from, (size_t)(at - from));
            to += at - from;
        }
    }
    if (to > text && to[-1] == ' ')
        to--;
    *to = '\0';
}

/* A copy of what libxml2 allocated, which is freed. */
static const char *take(xmlChar *content, struct tl_arena *arena)
{
    if (content == NULL)
        return NULL;
    char *copy = tl_arena_text(arena, (const char *)content);
    xmlFree(content);
    if (copy != NULL)
        tidy(copy);
    return copy;
}

const char *camt_node_text(const struct camt_node *node, struct tl_arena *arena)
{
    return node == NULL ? "" : take(xmlNodeGetContent(xml_of(node)), arena);
}

const char *camt_node_attribute(const struct camt_node *node, const char *name, struct tl_arena *arena)
{
    xmlNode *xml = xml_of(node);
    if (xmlHasProp(xml, (const xmlChar *)name) == NULL)
        return "";
    return take(xmlGetProp(xml, (const xmlChar *)name), arena);
}
