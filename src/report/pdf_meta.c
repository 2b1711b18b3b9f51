/* SPDX-License-Identifier: MPL-2.0 */
/* What a file says of itself: XMP (ISO 16684-1) and the document information dictionary, which must agree. */
#include "pdf_parts.h"

static const char producer[] = "tilslut";

static void put_xml(struct tl_buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '&')
            tl_buf_text(out, "&amp;");
        else if (*text == '<')
            tl_buf_text(out, "&lt;");
        else if (*text == '>')
            tl_buf_text(out, "&gt;");
        else if (*text == '"')
            tl_buf_text(out, "&quot;");
        else
            tl_buf_add(out, text, 1);
    }
}

static void put_default_text(struct tl_buf *out, const char *element, const char *text)
{
    tl_buf_format(out, "<%s><rdf:Alt><rdf:li xml:lang=\"x-default\">", element);
    put_xml(out, text);
    tl_buf_format(out, "</rdf:li></rdf:Alt></%s>\n", element);
}

/* PDF/A wants every schema that is not its own described; that of PDF/UA's mark is not. */
static const char ua_schema[] =
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name>\n"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n";

void pdf_meta_xmp(struct tl_buf *out, const struct tl_doc_face *face)
{
    char date[TL_DATE_TEXT_SIZE];
    tl_date_iso(face->issued, date);
    tl_buf_text(out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                     "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                     "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                     "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                     "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" "
                     "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" "
                     "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" "
                     "xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
                     "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
                     "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
                     "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>\n"
                     "<pdfuaid:part>1</pdfuaid:part>\n"
                     "<dc:format>application/pdf</dc:format>\n");
    put_default_text(out, "dc:title", face->title);
    tl_buf_text(out, "<dc:creator><rdf:Seq><rdf:li>");
    put_xml(out, face->author);
    tl_buf_text(out, "</rdf:li></rdf:Seq></dc:creator>\n");
    if (face->subject[0] != '\0')
        put_default_text(out, "dc:description", face->subject);
    tl_buf_format(out, "<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>\n", face->language);
    tl_buf_format(out, "<xmp:CreateDate>%sT00:00:00+00:00</xmp:CreateDate>\n", date);
    tl_buf_format(out, "<xmp:ModifyDate>%sT00:00:00+00:00</xmp:ModifyDate>\n", date);
    tl_buf_format(out, "<xmp:CreatorTool>%s</xmp:CreatorTool><pdf:Producer>%s</pdf:Producer>\n", producer, producer);
    tl_buf_text(out, ua_schema);
    tl_buf_text(out, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
}

void pdf_meta_string(struct tl_buf *out, const char *text)
{
    tl_buf_text(out, "<FEFF");
    for (uint32_t c = tl_text_next(&text); c != 0; c = tl_text_next(&text)) {
        if (c > 0xFFFF)
            tl_buf_format(out, "%04X%04X", (unsigned)(0xD800 + ((c - 0x10000) >> 10)),
                          (unsigned)(0xDC00 + ((c - 0x10000) & 0x3FF)));
        else
            tl_buf_format(out, "%04X", (unsigned)c);
    }
    tl_buf_text(out, ">");
}

void pdf_meta_info(struct tl_buf *out, const struct tl_doc_face *face)
{
    tl_buf_text(out, "/Title ");
    pdf_meta_string(out, face->title);
    tl_buf_text(out, " /Author ");
    pdf_meta_string(out, face->author);
    if (face->subject[0] != '\0') {
        tl_buf_text(out, " /Subject ");
        pdf_meta_string(out, face->subject);
    }
    int year = tl_date_year(face->issued), month = tl_date_month(face->issued), day = tl_date_day(face->issued);
    tl_buf_format(out, " /CreationDate (D:%04d%02d%02d000000+00'00') /ModDate (D:%04d%02d%02d000000+00'00')", year,
                  month, day, year, month, day);
    tl_buf_format(out, " /Creator (%s) /Producer (%s)", producer, producer);
}
