/* SPDX-License-Identifier: MPL-2.0 */
#include "ubl_order.h"

#include <string.h>

#define UBL "urn:oasis:names:specification:ubl:schema:xsd:"

/* Children in order: `!` exactly one, `?` at most one, `*` any number, `+` one or more. An element that is in no row
 * holds text. */
struct row {
    const char *element, *children;
};

static const struct row rows[] = {
    {"Invoice", "!CustomizationID !ProfileID !ID !IssueDate ?DueDate !InvoiceTypeCode ?Note ?TaxPointDate "
                "!DocumentCurrencyCode ?TaxCurrencyCode ?AccountingCost ?BuyerReference ?InvoicePeriod "
                "?OrderReference *BillingReference ?DespatchDocumentReference ?ReceiptDocumentReference "
                "?OriginatorDocumentReference ?ContractDocumentReference *AdditionalDocumentReference "
                "?ProjectReference !AccountingSupplierParty !AccountingCustomerParty ?PayeeParty "
                "?TaxRepresentativeParty ?Delivery *PaymentMeans ?PaymentTerms *AllowanceCharge +TaxTotal "
                "!LegalMonetaryTotal +InvoiceLine"},
    {"CreditNote", "!CustomizationID !ProfileID !ID !IssueDate ?TaxPointDate !CreditNoteTypeCode ?Note "
                   "!DocumentCurrencyCode ?TaxCurrencyCode ?AccountingCost ?BuyerReference ?InvoicePeriod "
                   "?OrderReference *BillingReference ?DespatchDocumentReference ?ReceiptDocumentReference "
                   "?ContractDocumentReference *AdditionalDocumentReference ?OriginatorDocumentReference "
                   "!AccountingSupplierParty !AccountingCustomerParty ?PayeeParty ?TaxRepresentativeParty ?Delivery "
                   "*PaymentMeans ?PaymentTerms *AllowanceCharge +TaxTotal !LegalMonetaryTotal +CreditNoteLine"},
    {"InvoicePeriod", "?StartDate ?EndDate ?DescriptionCode"},
    {"OrderReference", "!ID ?SalesOrderID"},
    {"BillingReference", "!InvoiceDocumentReference"},
    {"InvoiceDocumentReference", "!ID ?IssueDate"},
    {"AdditionalDocumentReference", "!ID ?DocumentTypeCode ?DocumentDescription ?Attachment"},
    {"Attachment", "?EmbeddedDocumentBinaryObject ?ExternalReference"},
    {"AccountingSupplierParty", "!Party"},
    {"AccountingCustomerParty", "!Party"},
    {"Party", "!EndpointID *PartyIdentification ?PartyName !PostalAddress *PartyTaxScheme !PartyLegalEntity ?Contact"},
    {"PartyName", "!Name"},
    {"PostalAddress",
     "?StreetName ?AdditionalStreetName ?CityName ?PostalZone ?CountrySubentity ?AddressLine !Country"},
    {"AddressLine", "!Line"},
    {"Country", "!IdentificationCode"},
    {"PartyTaxScheme", "!CompanyID !TaxScheme"},
    {"TaxScheme", "!ID"},
    {"PartyLegalEntity", "!RegistrationName ?CompanyID ?CompanyLegalForm"},
    {"PaymentMeans", "!PaymentMeansCode ?PaymentDueDate ?PaymentID ?CardAccount ?PayeeFinancialAccount "
                     "?PaymentMandate"},
    {"PayeeFinancialAccount", "!ID ?Name ?FinancialInstitutionBranch"},
    {"FinancialInstitutionBranch", "!ID"},
    {"PaymentTerms", "!Note"},
    {"AllowanceCharge", "!ChargeIndicator ?AllowanceChargeReasonCode ?AllowanceChargeReason "
                        "?MultiplierFactorNumeric !Amount ?BaseAmount ?TaxCategory"},
    {"TaxTotal", "!TaxAmount *TaxSubtotal"},
    {"TaxSubtotal", "!TaxableAmount !TaxAmount !TaxCategory"},
    {"TaxCategory", "!ID ?Percent ?TaxExemptionReasonCode ?TaxExemptionReason !TaxScheme"},
    {"LegalMonetaryTotal", "!LineExtensionAmount !TaxExclusiveAmount !TaxInclusiveAmount ?AllowanceTotalAmount "
                           "?ChargeTotalAmount ?PrepaidAmount ?PayableRoundingAmount !PayableAmount"},
    {"InvoiceLine", "!ID ?Note !InvoicedQuantity !LineExtensionAmount ?AccountingCost ?InvoicePeriod "
                    "?OrderLineReference ?DocumentReference *AllowanceCharge !Item !Price"},
    {"CreditNoteLine", "!ID ?Note !CreditedQuantity !LineExtensionAmount ?AccountingCost ?InvoicePeriod "
                       "?OrderLineReference ?DocumentReference *AllowanceCharge !Item !Price"},
    {"Item", "?Description !Name ?BuyersItemIdentification ?SellersItemIdentification ?StandardItemIdentification "
             "?OriginCountry *CommodityClassification !ClassifiedTaxCategory *AdditionalItemProperty"},
    {"SellersItemIdentification", "!ID"},
    {"ClassifiedTaxCategory", "!ID ?Percent !TaxScheme"},
    {"Price", "!PriceAmount ?BaseQuantity ?AllowanceCharge"},
};

static const char *children_of(const xmlNode *node)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].element, (const char *)node->name) == 0)
            return rows[i].children;
    return NULL;
}

static const xmlNode *next_element(const xmlNode *node)
{
    while (node != NULL && node->type != XML_ELEMENT_NODE)
        node = node->next;
    return node;
}

/* What holds elements is an aggregate, what holds text is basic; a root has the namespace of its own name. */
static void check_namespace(struct tl_buf *violations, const xmlNode *node, bool holds_text)
{
    const char *wanted = holds_text ? UBL "CommonBasicComponents-2" : UBL "CommonAggregateComponents-2";
    if (node->parent->type == XML_DOCUMENT_NODE)
        wanted = strcmp((const char *)node->name, "Invoice") == 0 ? UBL "Invoice-2" : UBL "CreditNote-2";
    if (node->ns == NULL || strcmp((const char *)node->ns->href, wanted) != 0)
        tl_buf_format(violations, "%s is not of %s\n", (const char *)node->name, wanted);
}

static void check_node(struct tl_buf *violations, const xmlNode *node)
{
    const char *children = children_of(node);
    const xmlNode *child = next_element(node->children);
    check_namespace(violations, node, children == NULL);
    if (children == NULL) {
        if (child != NULL)
            tl_buf_format(violations, "%s in %s\n", (const char *)child->name, (const char *)node->name);
        if (node->children == NULL)
            tl_buf_format(violations, "%s is empty\n", (const char *)node->name);
        return;
    }
    for (const char *at = children; *at != '\0';) {
        size_t length = strcspn(at + 1, " "), count = 0;
        for (; child != NULL && strlen((const char *)child->name) == length &&
               strncmp((const char *)child->name, at + 1, length) == 0;
             child = next_element(child->next)) {
            check_node(violations, child);
            count++;
        }
        if ((count == 0 && (*at == '!' || *at == '+')) || (count > 1 && (*at == '!' || *at == '?')))
            tl_buf_format(violations, "%zu x %.*s in %s\n", count, (int)length, at + 1, (const char *)node->name);
        at += 1 + length;
        at += strspn(at, " ");
    }
    if (child != NULL)
        tl_buf_format(violations, "%s out of place in %s\n", (const char *)child->name, (const char *)node->name);
}

void ubl_order_check(struct tl_buf *violations, xmlDoc *doc)
{
    check_node(violations, xmlDocGetRootElement(doc));
}
