//! The field tables against the documents: every JSON path with its length and the cases in which a request
//! must carry it, written down here from the pages and not from the code.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by a panic")]

use std::collections::BTreeMap;

use alipay_instore::api::model::{Case, Field, Need};
use alipay_instore::api::{
    CancelRequest, CancelResponse, InquiryRefundRequest, InquiryRefundResponse, InquiryRequest,
    InquiryResponse, Notification, PayRequest, PayResponse, RefundNotification, RefundRequest,
    RefundResponse, Scenario,
};
use alipay_instore::gateway::Protocol;
use alipay_instore::json::{Json, Object};

/// In which cases a field is required: `AP` is AMS with a payment code, `+E` Alipay+ with an entry code.
const ALWAYS: &str = "AP AO AE +P +O +E";
const AMS: &str = "AP AO AE";
const PLUS: &str = "+P +O +E";
const NO: &str = "";

/// Alipay, pay (consumer-presented mode), and Alipay+, pay, request parameters. A length of 0: none is stated.
const PAY_REQUEST: &[(&str, usize, &str)] = &[
    ("productCode", 0, AMS),
    ("paymentRequestId", 64, ALWAYS),
    // Required by AMS unless it is configured at the gateway, which is tested with the request.
    ("paymentNotifyUrl", 2048, NO),
    ("paymentRedirectUrl", 2048, NO),
    ("paymentExpiryTime", 0, NO),
    ("paymentFactor", 0, ALWAYS),
    ("paymentFactor.inStorePaymentScenario", 0, ALWAYS),
    ("paymentFactor.isInStorePayment", 0, PLUS),
    ("paymentFactor.isCashierPayment", 0, NO),
    ("paymentFactor.presentmentMode", 0, NO),
    ("paymentAmount", 0, ALWAYS),
    ("paymentMethod", 0, ALWAYS),
    ("paymentMethod.paymentMethodType", 64, ALWAYS),
    ("paymentMethod.paymentMethodId", 128, "AP +P"),
    ("paymentMethod.customerId", 0, NO),
    ("paymentMethod.paymentMethodMetaData", 0, NO),
    ("paymentMethod.paymentMethodMetaData.authClientId", 0, NO),
    ("payToMethod", 0, NO),
    ("payToMethod.paymentMethodType", 64, NO),
    ("payToMethod.paymentMethodId", 128, NO),
    ("paymentVerificationData", 0, NO),
    ("paymentVerificationData.verifyRequestId", 0, NO),
    ("paymentVerificationData.authenticationCode", 0, NO),
    ("settlementStrategy", 0, PLUS),
    ("settlementStrategy.settlementCurrency", 3, PLUS),
    ("merchantRegion", 2, NO),
    ("allowedPspRegions[]", 0, NO),
    ("userRegion", 2, NO),
    ("order", 0, ALWAYS),
    ("order.referenceOrderId", 64, PLUS),
    ("order.orderDescription", 256, PLUS),
    ("order.orderAmount", 0, ALWAYS),
    ("order.merchant", 0, ALWAYS),
    ("order.merchant.referenceMerchantId", 32, ALWAYS),
    ("order.merchant.merchantMCC", 32, ALWAYS),
    ("order.merchant.merchantName", 256, PLUS),
    ("order.merchant.merchantDisplayName", 64, NO),
    ("order.merchant.merchantAddress", 0, NO),
    ("order.merchant.merchantAddress.region", 2, ALWAYS),
    ("order.merchant.merchantAddress.state", 8, NO),
    ("order.merchant.merchantAddress.city", 32, NO),
    ("order.merchant.merchantAddress.address1", 256, NO),
    ("order.merchant.merchantAddress.address2", 256, NO),
    ("order.merchant.merchantAddress.zipCode", 32, NO),
    ("order.merchant.merchantRegisterDate", 0, NO),
    ("order.merchant.store", 0, "AP AO AE +P +E"),
    ("order.merchant.store.referenceStoreId", 0, ALWAYS),
    ("order.merchant.store.storeName", 0, PLUS),
    ("order.merchant.store.storeMCC", 32, ALWAYS),
    ("order.merchant.store.storeDisplayName", 0, NO),
    ("order.merchant.store.storeTerminalId", 0, NO),
    ("order.merchant.store.storeOperatorId", 0, NO),
    ("order.merchant.store.storePhoneNo", 0, NO),
    ("order.merchant.store.storeAddress", 0, NO),
    ("order.merchant.store.storeAddress.region", 2, ALWAYS),
    ("order.merchant.store.storeAddress.state", 8, NO),
    ("order.merchant.store.storeAddress.city", 32, NO),
    ("order.merchant.store.storeAddress.address1", 256, NO),
    ("order.merchant.store.storeAddress.address2", 256, NO),
    ("order.merchant.store.storeAddress.zipCode", 32, NO),
    ("order.goods[]", 0, NO),
    ("order.goods[].referenceGoodsId", 64, ALWAYS),
    ("order.goods[].goodsName", 256, ALWAYS),
    ("order.goods[].goodsCategory", 64, NO),
    ("order.goods[].goodsBrand", 0, NO),
    ("order.goods[].goodsUnitAmount", 0, NO),
    ("order.goods[].goodsQuantity", 0, NO),
    ("order.shipping", 0, NO),
    ("order.shipping.shippingName", 0, NO),
    ("order.shipping.shippingName.firstName", 32, NO),
    ("order.shipping.shippingName.middleName", 32, NO),
    ("order.shipping.shippingName.lastName", 32, NO),
    ("order.shipping.shippingName.fullName", 128, NO),
    ("order.shipping.shippingAddress", 0, NO),
    ("order.shipping.shippingAddress.region", 2, ALWAYS),
    ("order.shipping.shippingAddress.state", 8, NO),
    ("order.shipping.shippingAddress.city", 32, NO),
    ("order.shipping.shippingAddress.address1", 256, NO),
    ("order.shipping.shippingAddress.address2", 256, NO),
    ("order.shipping.shippingAddress.zipCode", 32, NO),
    ("order.shipping.shippingCarrier", 128, NO),
    ("order.shipping.shippingPhoneNo", 16, NO),
    ("order.buyer", 0, NO),
    ("order.buyer.referenceBuyerId", 64, NO),
    ("order.buyer.buyerName", 0, NO),
    ("order.buyer.buyerName.firstName", 32, NO),
    ("order.buyer.buyerName.middleName", 32, NO),
    ("order.buyer.buyerName.lastName", 32, NO),
    ("order.buyer.buyerName.fullName", 128, NO),
    ("order.buyer.buyerPhoneNo", 24, NO),
    ("order.buyer.buyerEmail", 64, NO),
    ("order.env", 0, "AP AO AE +E"),
    ("order.env.terminalType", 0, NO),
    ("order.env.osType", 0, NO),
    ("order.env.userAgent", 0, "AE +E"),
    ("order.env.deviceTokenId", 64, NO),
    ("order.env.clientIp", 64, NO),
    ("order.env.cookieId", 0, NO),
    ("order.env.storeTerminalId", 0, "AP AO"),
    ("order.env.storeTerminalRequestTime", 0, "AP AO"),
    ("order.env.extendInfo", 2048, NO),
    ("order.env.extendInfo.chinaExtraTransInfo", 0, NO),
    ("order.env.extendInfo.chinaExtraTransInfo.businessType", 16, ALWAYS),
    // Required with their business type, which is tested with the request.
    ("order.env.extendInfo.chinaExtraTransInfo.flightNumber", 1000, NO),
    ("order.env.extendInfo.chinaExtraTransInfo.departureTime", 0, NO),
    ("order.env.extendInfo.chinaExtraTransInfo.hotelName", 1000, NO),
    ("order.env.extendInfo.chinaExtraTransInfo.checkinTime", 0, NO),
    ("order.env.extendInfo.chinaExtraTransInfo.checkoutTime", 0, NO),
    ("order.env.extendInfo.chinaExtraTransInfo.admissionNoticeUrl", 1000, NO),
    ("order.env.extendInfo.chinaExtraTransInfo.goodsInfo", 2000, NO),
    ("order.env.extendInfo.chinaExtraTransInfo.totalQuantity", 0, NO),
];

/// Withdrawn, or of unpublished form: readable and writable only through `extra`.
const PAY_REQUEST_EXTRA: &[&str] =
    &["isAuthorization", "paymentFactor.isAuthorization", "order.indirectAcquirer"];

/// Alipay, pay (consumer-presented mode), and Alipay+, pay, response parameters.
const PAY_RESPONSE: &[(&str, usize)] = &[
    ("result", 0),
    ("result.resultStatus", 0),
    ("result.resultCode", 64),
    ("result.resultMessage", 256),
    ("paymentRequestId", 64),
    ("paymentId", 64),
    ("paymentAmount", 0),
    ("paymentTime", 0),
    ("paymentCreateTime", 0),
    ("authExpiryTime", 0),
    ("pspCustomerInfo", 0),
    ("pspCustomerInfo.pspName", 64),
    ("pspCustomerInfo.pspCustomerId", 64),
    ("pspCustomerInfo.displayCustomerId", 64),
    ("challengeActionForm", 0),
    ("challengeActionForm.challengeType", 0),
    ("challengeActionForm.challengeRenderValue", 0),
    ("challengeActionForm.triggerSource", 0),
    ("challengeActionForm.extendInfo", 0),
    ("redirectActionForm", 0),
    ("redirectActionForm.method", 0),
    ("redirectActionForm.redirectUrl", 2048),
    ("redirectActionForm.parameters", 2048),
    ("redirectActionForm.actionFormType", 32),
    ("orderCodeForm", 0),
    ("orderCodeForm.paymentMethodType", 0),
    ("orderCodeForm.expireTime", 0),
    ("orderCodeForm.codeDetails[]", 4),
    ("orderCodeForm.codeDetails[].codeValueType", 0),
    ("orderCodeForm.codeDetails[].codeValue", 2048),
    ("orderCodeForm.codeDetails[].displayType", 0),
    ("orderCodeForm.extendInfo", 2048),
    ("grossSettlementAmount", 0),
    ("settlementQuote", 0),
    ("settlementQuote.quoteId", 64),
    ("settlementQuote.quoteCurrencyPair", 16),
    ("settlementQuote.quotePrice", 0),
    ("settlementQuote.quoteStartTime", 0),
    ("settlementQuote.quoteExpiryTime", 0),
    ("settlementQuote.guaranteed", 0),
    ("settlementQuote.baseCurrency", 0),
    ("settlementQuote.quoteUnit", 0),
    ("acquirerId", 64),
    ("pspId", 0),
    ("customerId", 0),
    ("walletBrandName", 0),
    ("paymentUrl", 0),
    ("settlementAmount", 0),
];

/// Withdrawn, and still seen in answers.
const PAY_RESPONSE_EXTRA: &[&str] = &["actualPaymentAmount", "paymentQuote"];

/// Greatest length and need, by path.
type Table = BTreeMap<String, (Option<usize>, Need)>;

fn flatten(prefix: &str, fields: &[Field], out: &mut Table) {
    for field in fields {
        let path = format!("{prefix}{}{}", field.name, if field.list { "[]" } else { "" });
        flatten(&format!("{path}."), field.fields, out);
        out.insert(path, (field.max, field.need));
    }
}

fn table(fields: &[Field]) -> Table {
    let mut out = BTreeMap::new();
    flatten("", fields, &mut out);
    out
}

fn cases(need: Need) -> String {
    let mut cases = Vec::new();
    for (protocol, p) in [(Protocol::Ams, 'A'), (Protocol::AlipayPlus, '+')] {
        for (scenario, s) in
            [(Scenario::PaymentCode, 'P'), (Scenario::OrderCode, 'O'), (Scenario::EntryCode, 'E')]
        {
            if need.holds(Case { protocol, scenario }) {
                cases.push(format!("{p}{s}"));
            }
        }
    }
    cases.join(" ")
}

fn limit(max: usize) -> Option<usize> {
    (max > 0).then_some(max)
}

#[test]
fn the_request_to_pay_has_every_documented_field_and_no_other() {
    let mut found = table(PayRequest::FIELDS);
    for (path, max, need) in PAY_REQUEST {
        let (found_max, found_need) = found.remove(*path).unwrap_or_else(|| panic!("{path} is not typed"));
        assert_eq!((found_max, cases(found_need).as_str()), (limit(*max), *need), "{path}");
    }
    assert!(found.is_empty(), "typed, and not documented: {:?}", found.keys());
}

#[test]
fn the_answer_to_pay_has_every_documented_field_and_no_other() {
    let mut found = table(PayResponse::FIELDS);
    for (path, max) in PAY_RESPONSE {
        let (found_max, _) = found.remove(*path).unwrap_or_else(|| panic!("{path} is not typed"));
        assert_eq!(found_max, limit(*max), "{path}");
    }
    assert!(found.is_empty(), "typed, and not documented: {:?}", found.keys());
}

/// An object with a value at a dotted path.
fn nested(path: &str, value: Json) -> Object {
    match path.split_once('.') {
        Some((first, rest)) => Object::new().with(first.to_owned(), nested(rest, value)),
        None => Object::new().with(path.to_owned(), value),
    }
}

#[test]
fn withdrawn_fields_go_through_extra_unchanged() {
    let value = || Object::new().with("kept", Json::Number("1.50".to_owned())).into();
    for path in PAY_REQUEST_EXTRA {
        assert!(!table(PayRequest::FIELDS).contains_key(*path), "{path} is typed");
        let object = nested(path, value());
        assert_eq!(PayRequest::from_json(object.clone()).to_json(), object, "{path}");
    }
    for path in PAY_RESPONSE_EXTRA {
        assert!(!table(PayResponse::FIELDS).contains_key(*path), "{path} is typed");
        let object = nested(path, value());
        assert_eq!(PayResponse::from_json(object.clone()).to_json(), object, "{path}");
    }
}

/// Alipay and Alipay+, inquiryPayment, cancel, cancelPayment, refund, inquiryRefund, notifyPayment, notifyRefund.
#[test]
fn the_other_messages_have_every_documented_field() {
    let quote = PAY_RESPONSE.iter().map(|(path, _)| *path).filter(|path| path.starts_with("settlementQuote"));
    let with_quote = |paths: &[&'static str]| -> Vec<&'static str> {
        paths.iter().copied().chain(quote.clone()).collect()
    };
    let result = ["result", "result.resultStatus", "result.resultCode", "result.resultMessage"];
    let documented: [(&[Field], Vec<&str>); 10] = [
        (InquiryRequest::FIELDS, vec!["paymentRequestId", "paymentId"]),
        (CancelRequest::FIELDS, vec!["paymentRequestId", "paymentId"]),
        (CancelResponse::FIELDS, vec!["paymentRequestId", "paymentId", "cancelTime", "acquirerId", "pspId"]),
        (
            RefundRequest::FIELDS,
            vec![
                "refundRequestId",
                "paymentId",
                "paymentRequestId",
                "refundAmount",
                "referenceRefundId",
                "refundReason",
                "refundNotifyUrl",
            ],
        ),
        (
            RefundResponse::FIELDS,
            with_quote(&[
                "refundRequestId",
                "refundId",
                "paymentId",
                "refundAmount",
                "refundTime",
                "grossSettlementAmount",
                "acquirerId",
                "pspId",
                "settlementAmount",
            ]),
        ),
        (InquiryRefundRequest::FIELDS, vec!["refundRequestId", "refundId"]),
        (
            InquiryRefundResponse::FIELDS,
            with_quote(&[
                "refundStatus",
                "refundRequestId",
                "refundId",
                "refundAmount",
                "refundTime",
                "grossSettlementAmount",
            ]),
        ),
        (
            InquiryResponse::FIELDS,
            with_quote(&[
                "paymentStatus",
                "paymentResultCode",
                "paymentResultMessage",
                "paymentResult",
                "paymentResult.resultStatus",
                "paymentResult.resultCode",
                "paymentResult.resultMessage",
                "paymentRequestId",
                "paymentId",
                "paymentAmount",
                "paymentCreateTime",
                "paymentTime",
                "authExpiryTime",
                "pspCustomerInfo",
                "pspCustomerInfo.pspName",
                "pspCustomerInfo.pspCustomerId",
                "pspCustomerInfo.displayCustomerId",
                "redirectActionForm",
                "redirectActionForm.method",
                "redirectActionForm.redirectUrl",
                "redirectActionForm.parameters",
                "redirectActionForm.actionFormType",
                "transactions[]",
                "transactions[].transactionResult",
                "transactions[].transactionResult.resultStatus",
                "transactions[].transactionResult.resultCode",
                "transactions[].transactionResult.resultMessage",
                "transactions[].transactionId",
                "transactions[].transactionType",
                "transactions[].transactionStatus",
                "transactions[].transactionAmount",
                "transactions[].transactionRequestId",
                "transactions[].transactionTime",
                "grossSettlementAmount",
                "acquirerId",
                "pspId",
                "customerId",
                "walletBrandName",
                "settlementAmount",
            ]),
        ),
        (
            RefundNotification::FIELDS,
            with_quote(&[
                "notifyType",
                "refundStatus",
                "refundRequestId",
                "refundId",
                "refundAmount",
                "refundTime",
                "grossSettlementAmount",
            ]),
        ),
        (
            Notification::FIELDS,
            with_quote(&[
                "notifyType",
                "paymentResult",
                "paymentResult.resultStatus",
                "paymentResult.resultCode",
                "paymentResult.resultMessage",
                "paymentRequestId",
                "paymentId",
                "paymentAmount",
                "paymentCreateTime",
                "paymentTime",
                "pspCustomerInfo",
                "pspCustomerInfo.pspName",
                "pspCustomerInfo.pspCustomerId",
                "pspCustomerInfo.displayCustomerId",
                "grossSettlementAmount",
                "acquirerId",
                "pspId",
                "customerId",
                "walletBrandName",
                "settlementAmount",
            ]),
        ),
    ];
    for (fields, mut paths) in documented {
        let mut found = Field::paths(fields);
        if found.iter().any(|path| path == "result") {
            paths.extend(result);
        }
        found.sort_unstable();
        paths.sort_unstable();
        assert_eq!(found, paths);
    }
}
