/* SPDX-License-Identifier: MPL-2.0 */
#include "compose.h"

#include <string.h>

#include "tilslut/base/text.h"

/* A combining mark, and letters in pairs: without it and with it. */
struct mark {
    uint32_t mark;
    const char *pairs;
};

static const struct mark marks[] = {
    {0x300, "AÀEÈIÌNǸOÒUÙWẀYỲaàeèiìnǹoòuùwẁyỳ"},
    {0x301, "AÁCĆEÉGǴIÍKḰLĹMḾNŃOÓPṔRŔSŚUÚWẂYÝZŹaácćeégǵiíkḱlĺmḿnńoópṕrŕsśuúwẃyýzźÅǺÆǼØǾåǻæǽøǿ"},
    {0x302, "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷ"},
    {0x303, "AÃEẼIĨNÑOÕUŨYỸaãeẽiĩnñoõuũyỹ"},
    {0x304, "AĀEĒIĪOŌUŪYȲaāeēiīoōuūyȳ"},
    {0x306, "AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭ"},
    {0x307, "AȦCĊEĖGĠIİZŻaȧcċeėgġzż"},
    {0x308, "AÄEËIÏOÖUÜWẄYŸaäeëiïoöuüwẅyÿ"},
    {0x30A, "AÅUŮaåuů"},
    {0x30B, "OŐUŰoőuű"},
    {0x30C, "AǍCČDĎEĚGǦIǏKǨLĽNŇOǑRŘSŠTŤUǓZŽaǎcčdďeěgǧiǐkǩlľnňoǒrřsštťuǔzž"},
    {0x326, "SȘTȚsștț"},
    {0x327, "CÇGĢKĶLĻNŅRŖSŞTŢcçgģkķlļnņrŗsştţ"},
    {0x328, "AĄEĘIĮOǪUŲaąeęiįoǫuų"},
};

/* The letter with the mark, or 0. */
static uint32_t composed(uint32_t letter, uint32_t mark)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (marks[i].mark != mark)
            continue;
        for (const char *at = marks[i].pairs; *at != '\0';) {
            uint32_t plain = tl_text_next(&at), with = tl_text_next(&at);
            if (plain == letter)
                return with;
        }
    }
    return 0;
}

uint32_t compose_next(const char **at)
{
    uint32_t character = tl_text_next(at);
    while (character != 0) {
        const char *behind = *at;
        uint32_t mark = tl_text_next(&behind);
        uint32_t both = mark >= 0x300 && mark < 0x370 ? composed(character, mark) : 0;
        if (both == 0)
            break;
        character = both;
        *at = behind;
    }
    return character;
}

size_t compose_printable(const char *text)
{
    size_t valid = tl_text_valid_utf8(text, strlen(text));
    for (size_t i = 0; i < valid; i++) {
        unsigned char byte = (unsigned char)text[i];
        bool is_space = byte == '\t' || byte == '\n' || byte == '\r';
        if ((byte < 0x20U && !is_space) || byte == 0x7FU || (byte == 0xC2U && (unsigned char)text[i + 1] < 0xA0U))
            return i;
    }
    return valid;
}

bool compose_is_invisible(uint32_t character)
{
    return (character >= 0x200B && character <= 0x200F) || (character >= 0x2028 && character <= 0x202E) ||
           (character >= 0x2060 && character <= 0x206F) || character == 0xFEFF;
}
