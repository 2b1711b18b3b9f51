/* SPDX-License-Identifier: MPL-2.0 */
/* The names of the fields of agreements and price lists, for checking templates. Tests compare them with what is
 * filled in. */
#include "tilslut/report/agreement_doc.h"
#include "tilslut/report/letter_doc.h"
#include "tilslut/report/notice_doc.h"
#include "tilslut/report/pledge_doc.h"
#include "tilslut/report/pricelist_doc.h"

/* What every row about a line of the terms holds: agreement_line_fill. */
#define LINE_NAMES(row)                                                                                                \
    row ".id", row ".line", row ".covers", row ".account", row ".option", row ".group", row ".waived_for",             \
        row ".known", row ".passive", row ".rounding", row ".by_days", row ".by_months", row ".by_quarters",           \
        row ".by_half_year", row ".is_annual", row ".is_joining_fee", row ".is_one_off", row ".has_budget",            \
        row ".has_class_prices", row ".has_flat_price", row ".has_unit_price", row ".has_brackets",                    \
        row ".not_yet_known", row ".has_price_steps", row ".has_markup", row ".markup_member", row ".markup_other",    \
        row ".rebates.tag", row ".rebates.rebate", row ".index", row ".index_base_value", row ".index_now_value",      \
        row ".index_base_date", row ".index_now_date", row ".budget", row ".period_budget", row ".key", row ".floor",  \
        row ".cap", row ".published_decimals", row ".floor_share", row ".cap_share", row ".price_tables.signed_until", \
        row ".price_tables.is_last_step", row ".price_tables.per_class", row ".price_tables.flat",                     \
        row ".price_tables.per_unit", row ".price_tables.per_bracket", row ".price_tables.unknown",                    \
        row ".price_tables.quantity", row ".price_tables.unit_price", row ".price_tables.rows.class",                  \
        row ".price_tables.rows.from", row ".price_tables.rows.above", row ".price_tables.rows.below",                 \
        row ".price_tables.rows.up_to", row ".price_tables.rows.price", row ".price_tables.rows.price_member",         \
        row ".price_tables.rows.price_other", row ".price_tables.rows.base_price", row ".price_tables.base_price",     \
        row ".price_tables.price", row ".price_tables.price_member", row ".price_tables.price_other",                  \
        row ".agreed_amounts.member", row ".agreed_amounts.amount", row ".agreed_amounts.reason",                      \
        row ".first_shares.member", row ".first_shares.account", row ".first_shares.amount"

/* clang-format off */
/* What every document can print of itself, its owner, the product and the terms. */
#define COMMON_NAMES \
    "document.number", \
    "document.version", \
    "document.date", \
    "document.replaces", \
    "document.head", \
    "document.head_entry", \
    "document.translates", \
    "owner.code", \
    "owner.short_name", \
    "owner.name", \
    "owner.address", \
    "owner.cvr", \
    "owner.ean", \
    "product.code", \
    "product.name", \
    "product.psp", \
    "product.level", \
    "product.purpose", \
    "terms.version", \
    "terms.valid_from", \
    "terms.payment_days", \
    "terms.notice_months", \
    "terms.notice_is_one_month", \
    "terms.ends_with_month", \
    "terms.ends_with_quarter", \
    "terms.ends_with_half_year", \
    "terms.ends_with_year", \
    "terms.measure", \
    "terms.measure_heading", \
    "terms.reference_date", \
    "terms.decided_by", \
    "terms.decided_on", \
    "terms.decision_reference", \
    "vat_groups.lines", \
    "vat_groups.vat_stated", \
    "vat_groups.vat_taxed", \
    "vat_groups.vat_outside", \
    "vat_groups.vat_exempt", \
    "vat_groups.vat_reason", \
    "vat_groups.vat_rate", \
    "year"

/* What every document to a member can print of it and of what it pays. */
#define MEMBER_NAMES \
    "party.code", \
    "party.short_name", \
    "party.name", \
    "party.address", \
    "party.cvr", \
    "party.ean", \
    "membership.signed_on", \
    "membership.first", \
    "membership.last", \
    "membership.in_association", "membership.is_passive", \
    LINE_NAMES("lines"), \
    "lines.taken", \
    "lines.chosen", \
    "lines.waived", \
    "lines.amount", \
    "options.line", \
    "options.covers", \
    "options.chosen", \
    "options.known", \
    "total", \
    "any_unknown", "has_prices", \
    "signed.version", \
    "signed.is_other", \
    "signed.decided_by", \
    "signed.decided_on", \
    "signed.decision_reference", \
    "signed.prices_need_signature", \
    "signed.text_needs_signature", \
    "signed.days", \
    "waivers.tag", \
    "waivers.evidence", \
    "waivers.pledged", \
    "waivers.pledged_on"

const char *const tl_agreement_field_names[] = {
    COMMON_NAMES,
    MEMBER_NAMES,
    LINE_NAMES("budget_lines"),
    "budget_lines.members",
    "budget_lines.total",
    "budget_total",
    "key_words.word",
    "key_words.meaning",
    "has_budgets",
    "rounding_is_remembered",
    "left_out",
    "governance.level",
    "governance.as_of",
    "governance.required",
    "governance.fulfilled",
    "governance.explained",
    "governance.missing",
    "governance.requirements.text",
    "governance.requirements.is_fulfilled",
    "governance.requirements.is_explained",
    "governance.requirements.is_missing",
    "governance.requirements.is_open",
    "governance.requirements.reason",
    "governance.requirements.by",
    "governance.requirements.since",
    "governance.recommendations.text",
    "governance.recommendations.is_fulfilled",
    "governance.recommendations.is_explained",
    "governance.recommendations.is_missing",
    "governance.recommendations.is_open",
    "governance.recommendations.reason",
    "governance.recommendations.by",
    "governance.recommendations.since",
    "allocation.columns.line",
    "allocation.columns.total",
    "allocation.total",
    "allocation.rows.member",
    "allocation.rows.code",
    "allocation.rows.is_own",
    "allocation.rows.cells.amount",
    "allocation.rows.total",
    LINE_NAMES("calculations"),
    "calculations.measure",
    "calculations.value",
    "calculations.date",
    "calculations.source",
    "calculations.first",
    "calculations.last",
    "calculations.time",
    "calculations.class",
    "calculations.class_by_hand",
    "calculations.class_reason",
    "calculations.frozen_until",
    "calculations.base_price",
    "calculations.price_before_index",
    "calculations.rebate_amount",
    "calculations.markup",
    "calculations.passive_share",
    "calculations.fixed_by_signing",
    "calculations.waived",
    "calculations.weight",
    "calculations.weight_sum",
    "calculations.share",
    "calculations.share_percent",
    "calculations.carried_in",
    "calculations.carried_out",
    "calculations.agreed_amount",
    "calculations.agreed_reason",
    "calculations.published",
    "calculations.segment_budget",
    "calculations.is_first_share",
    "calculations.working",
    "calculations.exact",
    "calculations.rounded_by",
    "calculations.is_rounded",
    "calculations.amount",
    "members.member",
    "members.code",
    "members.in_association",
    "members.first",
    "members.last",
    "members.options",
    "member_count",
    "figures.member",
    "figures.code",
    "figures.measure",
    "figures.value",
    "figures.date",
    "figures.source",
    NULL,
};

const char *const tl_letter_field_names[] = {
    COMMON_NAMES,
    MEMBER_NAMES,
    "agreement.number",
    "agreement.version",
    "agreement.date",
    "sign_by",
    NULL,
};

const char *const tl_notice_field_names[] = {
    COMMON_NAMES,
    MEMBER_NAMES,
    "notice.given",
    "account.rows.date",
    "account.rows.line",
    "account.rows.first",
    "account.rows.last",
    "account.rows.is_credit",
    "account.rows.is_set_off",
    "account.rows.amount",
    "account.total",
    "account.charged_until",
    "account.year_is_charged",
    "account.is_complete",
    "account.runs_on",
    "account.balance_on",
    "account.owed",
    "account.in_credit",
    NULL,
};

const char *const tl_pledge_field_names[] = {
    "document.number",
    "document.version",
    "document.date",
    "document.replaces",
    "document.head",
    "document.head_entry",
    "document.translates",
    "owner.code",
    "owner.short_name",
    "owner.name",
    "owner.address",
    "owner.cvr",
    "owner.ean",
    "party.code",
    "party.short_name",
    "party.name",
    "party.address",
    "party.cvr",
    "party.ean",
    "product.code",
    "product.name",
    "product.purpose",
    "project.code",
    "project.target",
    "project.threshold",
    "project.deadline",
    "project.decided_by",
    "project.decided_on",
    "project.decision_reference",
    "pledge.amount",
    "pledge.on",
    "pledge.evidence",
    "pledge.is_open",
    "pledge.is_binding",
    "pledge.is_withdrawn",
    "pledge.is_lapsed",
    "pledge.stands",
    "funding.decided_by",
    "funding.decided_on",
    "funding.decision_reference",
    "funding.pledged",
    "terms.version",
    "terms.decided_by",
    "terms.decided_on",
    "terms.decision_reference",
    "benefits.line",
    "benefits.is_waiver",
    "benefits.rebate",
    "has_benefits",
    NULL,
};

const char *const tl_pricelist_field_names[] = {
    COMMON_NAMES,
    LINE_NAMES("lines"),
    "key_words.word",
    "key_words.meaning",
    "has_budgets",
    "rounding_is_remembered",
    NULL,
};
/* clang-format on */
