/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/pdf_fonts.h"

#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>

#include "pdf_fonts_faces.h"

static const char typeface[] = "Open Sans";

/* Faces in the order of layout.h. */
static const struct {
    const char *style;
    int weight, slant;
} wanted_faces[LY_FACE_COUNT] = {{"Regular", FC_WEIGHT_REGULAR, FC_SLANT_ROMAN},
                                 {"Bold", FC_WEIGHT_BOLD, FC_SLANT_ROMAN},
                                 {"Italic", FC_WEIGHT_REGULAR, FC_SLANT_ITALIC},
                                 {"Bold Italic", FC_WEIGHT_BOLD, FC_SLANT_ITALIC}};

/* True when fontconfig's best match is the face asked for, and not what it falls back to. */
static bool is_wanted(const FcPattern *match, size_t face)
{
    FcChar8 *family = NULL;
    int weight = 0, slant = 0;
    return FcPatternGetString(match, FC_FAMILY, 0, &family) == FcResultMatch &&
           strcmp((const char *)family, typeface) == 0 &&
           FcPatternGetInteger(match, FC_WEIGHT, 0, &weight) == FcResultMatch && weight == wanted_faces[face].weight &&
           FcPatternGetInteger(match, FC_SLANT, 0, &slant) == FcResultMatch && slant == wanted_faces[face].slant;
}

static tl_status open_face(struct tl_pdf_fonts *fonts, size_t face, FcConfig *config, struct tl_err *err)
{
    FcPattern *pattern = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, typeface, FC_WEIGHT, FcTypeInteger,
                                        wanted_faces[face].weight, FC_SLANT, FcTypeInteger, wanted_faces[face].slant,
                                        FC_WIDTH, FcTypeInteger, FC_WIDTH_NORMAL, NULL);
    if (pattern == NULL || !FcConfigSubstitute(config, pattern, FcMatchPattern)) {
        if (pattern != NULL)
            FcPatternDestroy(pattern);
        return tl_err_memory(err);
    }
    FcDefaultSubstitute(pattern);
    FcResult result = FcResultNoMatch;
    FcPattern *match = FcFontMatch(config, pattern, &result);
    FcChar8 *path = NULL;
    tl_status status;
    if (match != NULL && is_wanted(match, face) && FcPatternGetString(match, FC_FILE, 0, &path) == FcResultMatch)
        status = tt_font_open(&fonts->faces[face], (const char *)path, err);
    else {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "the typeface '%s %s' is not installed", typeface,
                            wanted_faces[face].style);
        tl_err_hint(err, "install the package 'fonts-open-sans'");
    }
    if (match != NULL)
        FcPatternDestroy(match);
    FcPatternDestroy(pattern);
    return status;
}

tl_status tl_pdf_fonts_open(struct tl_pdf_fonts **out, struct tl_err *err)
{
    *out = NULL;
    struct tl_pdf_fonts *fonts = calloc(1, sizeof *fonts);
    if (fonts != NULL)
        fonts->kept = calloc(1, sizeof *fonts->kept);
    FcConfig *config = fonts == NULL || fonts->kept == NULL ? NULL : FcInitLoadConfigAndFonts();
    tl_status status = config == NULL ? tl_err_memory(err) : TL_OK;
    for (size_t face = 0; face < LY_FACE_COUNT && status == TL_OK; face++)
        status = open_face(fonts, face, config, err);
    if (config != NULL)
        FcConfigDestroy(config);
    if (status == TL_OK)
        *out = fonts;
    else
        tl_pdf_fonts_close(fonts);
    return status;
}

tl_status pdf_fonts_hyphenation(const struct tl_pdf_fonts *fonts, const char *language, const struct hyphenation **out,
                                struct tl_err *err)
{
    static const char *const known[PDF_LANGUAGES] = {"da", "en"};
    tl_status status = TL_OK;
    *out = NULL;
    for (size_t i = 0; i < PDF_LANGUAGES && status == TL_OK; i++) {
        if (language == NULL || strcmp(language, known[i]) != 0)
            continue;
        if (fonts->kept->hyphenations[i] == NULL)
            status = hyphenation_open(&fonts->kept->hyphenations[i], language, err);
        *out = fonts->kept->hyphenations[i];
    }
    return status;
}

static void release_kept(struct pdf_kept *kept)
{
    for (size_t face = 0; kept != NULL && face < LY_FACE_COUNT; face++)
        for (size_t i = 0; i < PDF_SUBSETS_KEPT; i++) {
            tl_buf_release(&kept->subsets[face][i].program);
            tl_buf_release(&kept->subsets[face][i].map);
            tl_buf_release(&kept->subsets[face][i].widths);
        }
    for (size_t i = 0; kept != NULL && i < PDF_LANGUAGES; i++)
        hyphenation_close(kept->hyphenations[i]);
    free(kept);
}

void tl_pdf_fonts_close(struct tl_pdf_fonts *fonts)
{
    if (fonts == NULL)
        return;
    for (size_t face = 0; face < LY_FACE_COUNT; face++)
        tt_font_close(&fonts->faces[face]);
    release_kept(fonts->kept);
    free(fonts);
}
