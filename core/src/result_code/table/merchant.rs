//! The merchant's contract and standing.

use super::{payment_refused, text};
use crate::result_code::ResultCode;

pub(super) static ROWS: [ResultCode; 6] = [
    payment_refused(
        "INVALID_CONTRACT",
        text(
            "This way to pay is not set up; ask for another one and tell your supervisor.",
            "商户签约无效，请顾客更换支付方式，并通知主管。",
        ),
        text(
            "The contract does not cover this payment; check product, wallet and merchant with the gateway.",
            "合同无效或不包含该支付产品，请与网关核对签约的产品、钱包和商户信息。",
        ),
    ),
    payment_refused(
        "CURRENCY_NOT_SUPPORT",
        text(
            "This currency can't be paid here; ask for another way to pay and tell your supervisor.",
            "不支持该币种，请顾客更换支付方式，并通知主管。",
        ),
        text(
            "Use a payment or settlement currency that the contract names.",
            "请使用合同约定的支付币种或结算币种。",
        ),
    )
    .with_aliases(&["CURRENCY_NOT_SUPPORTED"]),
    payment_refused(
        "PAYMENT_NOT_QUALIFIED",
        text(
            "The shop may not take this payment; ask for another way to pay and tell your supervisor.",
            "商户暂无该支付权限，请顾客更换支付方式，并通知主管。",
        ),
        text(
            "The merchant is not registered, has no contract, or is barred from paying; ask the gateway's support.",
            "商户未注册、未签约或被禁止支付，请联系网关技术支持。",
        ),
    ),
    payment_refused(
        "INVALID_MERCHANT_STATUS",
        text(
            "The shop's account is restricted; ask for another way to pay and tell your supervisor.",
            "商户状态异常，请顾客更换支付方式，并通知主管。",
        ),
        text(
            "The merchant's status does not allow payments; ask the gateway's support.",
            "商户当前状态不允许收款，请联系网关技术支持。",
        ),
    ),
    payment_refused(
        "MERCHANT_KYB_NOT_QUALIFIED",
        text(
            "The shop's registration is not complete; ask for another way to pay and tell your supervisor.",
            "商户资质审核未通过，请顾客更换支付方式，并通知主管。",
        ),
        text(
            "Complete the verification of the merchant with the gateway.",
            "请在网关完成商户资质（KYB）认证。",
        ),
    ),
    payment_refused(
        "MERCHANT_NOT_REGISTERED",
        text(
            "The shop is not registered for this wallet; ask for another way to pay and tell your supervisor.",
            "商户尚未注册，请顾客更换支付方式，并通知主管。",
        ),
        text(
            "Register the merchant, and check referenceMerchantId and referenceStoreId.",
            "请先注册商户，并核对 referenceMerchantId 和 referenceStoreId。",
        ),
    ),
];
