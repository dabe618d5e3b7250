//! Cancels and refunds.

use super::{refused, text};
use crate::result_code::{Meaning, ResultCode};

pub(super) static ROWS: [ResultCode; 9] = [
    refused(
        "CANCEL_WINDOW_EXCEED",
        Meaning::WindowExceeded,
        text(
            "It is too late to cancel; if the customer has paid, make a refund.",
            "已超过可撤销期限；如顾客已付款，请改为退款。",
        ),
        text(
            "Ask inquiryPayment for the result, and call refund if the payment succeeded.",
            "请调用 inquiryPayment 确认结果；如已支付成功，请调用 refund。",
        ),
    ),
    refused(
        "ORDER_STATUS_INVALID",
        Meaning::StatusConflict,
        text(
            "This can't be done to the payment as it stands; check its result first.",
            "订单当前状态不支持此操作，请先确认支付结果。",
        ),
        text(
            "The order's state does not allow the operation: ask inquiryPayment how it stands.",
            "订单状态不允许该操作：请调用 inquiryPayment 确认订单状态。",
        ),
    ),
    refused(
        "MERCHANT_BALANCE_NOT_ENOUGH",
        Meaning::MerchantBalanceNotEnough,
        text(
            "The money can't be given back at the moment; tell your supervisor.",
            "商户账户余额不足，暂时无法退款，请通知主管。",
        ),
        text(
            "Fund the merchant's account; then cancel with the same call, or refund with a new refundRequestId.",
            "请为商户账户充值；之后以相同请求再次撤销，或使用新的 refundRequestId 退款。",
        ),
    ),
    refused(
        "REFUND_AMOUNT_EXCEED",
        Meaning::RefundRefused,
        text(
            "The refund is higher than what is left of the payment; check the amount.",
            "退款金额超过可退金额，请核对。",
        ),
        text(
            "The sum of the refunds never exceeds the payment; subtract what was refunded before.",
            "累计退款金额不得超过支付金额；请扣除此前已退款的部分。",
        ),
    ),
    refused(
        "REFUND_WINDOW_EXCEED",
        Meaning::RefundRefused,
        text(
            "It is too late to refund through the wallet; tell your supervisor.",
            "已超过可退款期限，请通知主管。",
        ),
        text(
            "The refund period of the contract is over; settle with the customer outside the gateway.",
            "已超过合同约定的退款期限；请在网关之外与顾客协商处理。",
        ),
    ),
    refused(
        "REFUND_NOT_SUPPORTED",
        Meaning::RefundRefused,
        text(
            "This payment can't be refunded through the wallet; tell your supervisor.",
            "该笔支付不支持退款，请通知主管。",
        ),
        text(
            "The payment method or the contract has no refunds; settle outside the gateway.",
            "该支付方式或合同不支持退款；请在网关之外处理。",
        ),
    ),
    refused(
        "PARTIAL_REFUND_NOT_SUPPORTED",
        Meaning::RefundRefused,
        text("Only the whole amount can be refunded.", "该笔支付不支持部分退款，只能全额退款。"),
        text("Refund the whole payment with a new refundRequestId.", "请使用新的 refundRequestId 全额退款。"),
    ),
    refused(
        "MULTIPLE_REFUNDS_NOT_SUPPORTED",
        Meaning::RefundRefused,
        text(
            "This payment was refunded once and can't be refunded again.",
            "该笔支付仅支持一次退款，不能再次退款。",
        ),
        text(
            "The payment method takes one refund a payment; settle the rest outside the gateway.",
            "该支付方式每笔支付仅支持一次退款；剩余部分请在网关之外处理。",
        ),
    ),
    refused(
        "PAYMENT_METHOD_NOT_SUPPORTED",
        Meaning::RefundRefused,
        text(
            "The wallet does not support this operation; tell your supervisor.",
            "该支付方式不支持此操作，请通知主管。",
        ),
        text(
            "The payment method supports neither cancel nor refund in this form; do not retry.",
            "该支付方式不支持此类撤销或退款操作，请勿重试。",
        ),
    ),
];
