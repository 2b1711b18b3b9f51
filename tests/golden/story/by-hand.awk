# SPDX-License-Identifier: MPL-2.0
# What the members of the story owe for a year, computed once more beside the program: from the published prices, the
# published inhabitants and a roster. Nothing of the program is used, so what both say is said twice.
#
# usage: awk -v development=KRONER -v hosting=KRONER [-v index_now=N -v index_base=N] [-v carry=FILE] -f by-hand.awk \
#            os2-prices.csv population.csv roster.csv
#
# roster.csv: member,first month,last month,joining|joined|funded,member|other,hosting|-,passive|-,class by hand|-
# Prints line,member,amount in øre's two decimals. carry: what rounding left each member, read and written again.

BEGIN {
    FS = ","
    if (carry != "")
        while ((getline row < carry) > 0) {
            split(row, c, ",")
            carried[c[1], c[2]] = c[3]
        }
    close(carry)
}

FILENAME ~ /os2-prices/ { if ($1 == "os2valghalla-2023") price[$3, $4] = $5; next }
FILENAME ~ /population/ { population[$1] = $3; next }
$1 == "member" { next }

# The roster.
{
    n++
    member[n] = $1; months[n] = $3 - $2 + 1; first[n] = $2; last[n] = $3
    size = $8 != "-" ? $8 : size_class(population[$1])
    if ($4 == "joining")
        say("joining", $1, price["tilslutningsafgift", size] * 100)
    else if ($4 == "funded")
        say("joining", $1, 0)
    markup = $5 == "member" ? 1.09 : 1.35
    year = price["vederlag_" ($5 == "member" ? "member" : "nonmember"), size]
    if (index_now != "")
        year = int(year / markup * index_now / index_base + 0.5) * markup
    part = ($7 == "passive" ? 1 / 3 : 1) * months[n] / 12
    say("maintenance", $1, int(year * 100 * part + 0.5 + 1e-6))
    share[n] = 1
    inhabitants[n] = $6 == "hosting" ? population[$1] : 0
}

END {
    distribute("development", development, share)
    distribute("hosting", hosting, inhabitants)
}

function size_class(count) {
    return count < 25000 ? "Lille" : count < 60000 ? "Mellem" : count < 120000 ? "Stor" : "Meget stor"
}

function say(line, who, amount) {
    printf "%s,%s,%d.%02d\n", line, who, amount / 100, amount % 100
}

# A budget by weights, month by month; months with the same members are one piece, and each piece is whole.
function distribute(line, budget, weight,    from, to, i) {
    for (from = 1; from <= 12; from = to + 1) {
        for (to = from; to < 12 && same(weight, from, to + 1); )
            to++
        piece(line, budget * 100 * to / 12, budget * 100 * (from - 1) / 12, weight, from)
    }
    for (i = 1; i <= n; i++)
        if (weight[i] > 0) {
            say(line, member[i], due[line, i])
            if (carry != "")
                printf "%s,%s,%.9f\n", line, member[i], carried[line, member[i]] > carry
        }
}

function there(i, month) {
    return first[i] <= month && month <= last[i]
}

function same(weight, a, b,    i) {
    for (i = 1; i <= n; i++)
        if (weight[i] > 0 && there(i, a) != there(i, b))
            return 0
    return 1
}

# Largest remainder of what is due by now: the exact share of the piece and what rounding left before; ties go to the
# larger weight, then to the lower code.
function piece(line, upto, before, weight, month,    i, k, sum, left, whole, best) {
    whole = upto - before
    for (i = 1; i <= n; i++)
        sum += there(i, month) ? weight[i] : 0
    left = whole
    for (i = 1; i <= n; i++)
        if (there(i, month) && weight[i] > 0) {
            exact[i] = whole * weight[i] / sum + carried[line, member[i]]
            floor[i] = int(exact[i] + 1e-7)
            left -= floor[i]
        } else
            floor[i] = -1
    for (k = int(left + 0.5); k > 0; k--) {
        best = 0
        for (i = 1; i <= n; i++)
            if (floor[i] >= 0 && !up[line, month, i] && (!best || remainder(i) > remainder(best) + 1e-7 ||
                (remainder(i) > remainder(best) - 1e-7 && weight[i] > weight[best])))
                best = i
        up[line, month, best] = 1
    }
    for (i = 1; i <= n; i++)
        if (floor[i] >= 0) {
            floor[i] += up[line, month, i]
            due[line, i] += floor[i]
            carried[line, member[i]] = exact[i] - floor[i]
        }
}

function remainder(i) {
    return exact[i] - int(exact[i] + 1e-7)
}
