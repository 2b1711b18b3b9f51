# SPDX-License-Identifier: MPL-2.0
# Reads sources and prints what breaks the order of floors; see floors.sh. A path is src/FLOOR/NAME or
# include/tilslut/FLOOR/NAME, relative to the project's root.

function complain(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what
    found = 1
}

# The line without comments, and without what stands in quotes (but for includes).
function plain(line,    out, i, two, one, quote) {
    out = ""
    for (i = 1; i <= length(line); i++) {
        two = substr(line, i, 2)
        one = substr(line, i, 1)
        if (in_comment) {
            if (two == "*/") {
                in_comment = 0
                i++
            }
        } else if (two == "/*") {
            in_comment = 1
            i++
        } else if (two == "//") {
            break
        } else if (quote != "") {
            if (one == "\\")
                i++
            else if (one == quote) {
                quote = ""
                out = out one
            }
        } else {
            if (one == "\"" || one == "'")
                quote = one
            out = out one
        }
    }
    return out
}

function check_include(line,    name, part) {
    match(line, /[<"][^>"]*[>"]/)
    name = substr(line, RSTART + 1, RLENGTH - 2)
    if (substr(line, RSTART, 1) == "\"") {
        if (name ~ /^tilslut\//) {
            split(name, part, "/")
            if (!(part[2] in rank))
                complain("'" name "' lies on no floor")
            else if (rank[part[2]] > rank[floor])
                complain(floor " includes '" name "', which lies higher")
        } else if (is_public)
            complain("a public header includes '" name "', which is private")
        else if (name ~ /\// || (getline ignored < ("src/" floor "/" name)) < 0)
            complain("'" name "' is neither public nor a private header of " floor)
        else
            close("src/" floor "/" name)
        return
    }
    if (name in only_in && FILENAME !~ only_in[name])
        complain("<" name "> is for " only_for[name] " only")
}

function reserve(header, pattern, whom) {
    only_in[header] = "^(" pattern ")$"
    only_for[header] = whom
}

BEGIN {
    count = split("base money key exchange store ledger agreement report cli", floors, " ")
    for (i = 1; i <= count; i++)
        rank[floors[i]] = i
    reserve("sqlite3.h", "src/store/[^/]*", "the store")
    reserve("yaml.h", "src/exchange/yaml\\.c", "src/exchange/yaml.c")
    reserve("md4c.h", "src/report/markdown\\.c", "src/report/markdown.c")
    reserve("sodium.h", "src/base/digest\\.c", "src/base/digest.c")
    reserve("gmp.h", "include/tilslut/money/frac\\.h|src/key/numbers\\.h", "fractions")
    reserve("xlsxwriter.h", "src/report/workbook_parts\\.h", "the workbook files of report")
    reserve("zip.h", "src/(store/zip|exchange/workbook_zip)\\.c", "the zip archives of store, and what reads workbooks")
    reserve("libxml/xmlwriter.h", "src/report/einvoice_xml\\.c", "the e-invoices of report")
    reserve("zlib.h", "src/report/pdf_file\\.c", "src/report/pdf_file.c")
    reserve("hyphen.h", "src/report/hyphenation\\.c", "src/report/hyphenation.c")
    reserve("fontconfig/fontconfig.h", "src/report/pdf_fonts\\.c", "src/report/pdf_fonts.c")
    reserve("time.h", "src/cli/[^/]*", "cli")
    reserve("pwd.h", "src/cli/[^/]*", "cli")
    reserve("locale.h", "nowhere", "nobody: no output follows the locale")
    reserve("math.h", "nowhere", "nobody: no floating point touches money")
    # what only the program itself may do: print, read the environment, ask the clock, end
    worldly = "(^|[^A-Za-z0-9_>.])(printf|fprintf|vprintf|vfprintf|puts|fputs|putchar|putc|fputc|perror|" \
              "getenv|secure_getenv|setenv|putenv|time|clock|clock_gettime|gettimeofday|localtime|localtime_r|" \
              "exit|_exit|_Exit|quick_exit|abort|system|popen|setlocale|signal|isatty)[ ]*\\("
    streams = "(^|[^A-Za-z0-9_])(stdout|stderr|stdin)([^A-Za-z0-9_]|$)"
    unknown_length = "(^|[^A-Za-z0-9_])(sprintf|vsprintf|gets|atoi|atol|atof|strtok|alloca)[ ]*\\("
    floating = "(^|[^A-Za-z0-9_])(double|float)([^A-Za-z0-9_]|$)"
}

# Public headers are guarded by their path: TILSLUT_BASE_TEXT_H.
function check_guard() {
    if (guard != "")
        printf "%s: its guard is not %s\n", guarded, guard
    if (guard != "")
        found = 1
    guard = ""
}

FNR == 1 {
    check_guard()
    in_comment = 0
    is_public = FILENAME ~ /^include\//
    split(FILENAME, path, "/")
    floor = is_public ? path[3] : path[2]
    if (is_public) {
        guarded = FILENAME
        guard = toupper(substr(FILENAME, length("include/") + 1))
        gsub(/[\/.]/, "_", guard)
    }
    if (!(floor in rank))
        complain("'" floor "' is no floor")
    if ($0 != "/* SPDX-License-Identifier: MPL-2.0 */")
        complain("the first line is not the licence's")
}

$1 == "#ifndef" && $2 == guard {
    guard = ""
}

/TODO|FIXME|(^|[^X])XXX([^X]|$)/ {
    complain("something is left to do")
}

/^[ \t]*#[ \t]*include/ {
    check_include($0)
    next
}

{
    line = plain($0)
    if (floor != "cli" && match(line, worldly))
        complain("only cli prints, reads the environment, asks the clock or ends the program")
    if (floor != "cli" && line ~ streams)
        complain("only cli knows the standard streams")
    if (line ~ unknown_length)
        complain("a function that cannot be told how much room there is, or cannot tell an error")
    if (floor != "report" && line ~ floating)
        complain("floating point outside report")
}

END {
    check_guard()
    exit found
}
