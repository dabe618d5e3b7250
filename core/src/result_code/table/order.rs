//! How an order stands: paid, in process, unknown, closed, not found.

use super::{refused, text};
use crate::result_code::{Meaning, ResultCode, Status};

pub(super) static ROWS: [ResultCode; 10] = [
    ResultCode {
        code: "SUCCESS",
        aliases: &[],
        status: Status::Succeeded,
        meaning: Meaning::Succeeded,
        cashier: text("The scanned code is paid; hand over the goods.", "付款码支付成功，请交付商品。"),
        developer: text(
            "The call succeeded; for entry and order codes an S of pay only means that the code was created.",
            "调用成功；对于 Entry Code 和 Order Code，pay 返回 S 仅表示码已创建，不代表已扣款。",
        ),
    },
    ResultCode {
        code: "PAYMENT_IN_PROCESS",
        aliases: &[],
        status: Status::Unknown,
        meaning: Meaning::InProcess,
        cashier: text(
            "Wait: the customer is asked to confirm on the phone; do not charge again.",
            "支付处理中，请顾客在手机上确认并稍候，请勿重复收款。",
        ),
        developer: text(
            "Call inquiryPayment 10 to 20 times every 3 seconds, or wait for notifyPayment; do not resend pay.",
            "每隔 3 秒调用一次 inquiryPayment，共 10 至 20 次，或等待 notifyPayment 通知；不要重发 pay 请求。",
        ),
    },
    ResultCode {
        code: "REFUND_IN_PROCESS",
        aliases: &[],
        status: Status::Unknown,
        meaning: Meaning::InProcess,
        cashier: text(
            "Wait: the refund is being processed; do not refund again.",
            "退款处理中，请稍候，请勿重复退款。",
        ),
        developer: text(
            "Ask inquiryRefund for the result where the gateway has it; do not send another refund.",
            "网关支持 inquiryRefund 时用它查询退款结果；不要再发起新的退款。",
        ),
    },
    ResultCode {
        code: "UNKNOWN_EXCEPTION",
        aliases: &[],
        status: Status::Unknown,
        meaning: Meaning::Unknown,
        cashier: text(
            "Wait: the result is not known yet; do not charge again.",
            "支付结果未知，请稍候，请勿重复收款。",
        ),
        developer: text(
            "AMS: call inquiryPayment; Alipay+: send the same request again under the same id.",
            "AMS：调用 inquiryPayment 查询结果；Alipay+：使用相同的 paymentRequestId 重发同一请求。",
        ),
    },
    ResultCode {
        code: "REQUEST_TRAFFIC_EXCEED_LIMIT",
        aliases: &[],
        status: Status::Unknown,
        meaning: Meaning::Unknown,
        cashier: text(
            "Wait: the gateway is busy and the result is not known yet; do not charge again.",
            "系统繁忙，支付结果未知，请稍候，请勿重复收款。",
        ),
        developer: text(
            "Treat the result as unknown, lengthen the interval between calls, and ask for a higher limit.",
            "按结果未知处理，加大调用间隔；如经常出现，请申请提高流量上限。",
        ),
    },
    refused(
        "SYSTEM_ERROR",
        Meaning::Unknown,
        text(
            "Wait until the result has been checked; do not charge again before.",
            "系统错误，请等待查询结果，请勿重复收款。",
        ),
        text(
            "The gateway failed inside: call inquiryPayment before anything else, and do not retry pay.",
            "网关内部错误：先调用 inquiryPayment 确认结果，不要重试 pay 请求。",
        ),
    ),
    refused(
        "ORDER_IS_CLOSED",
        Meaning::Closed,
        text(
            "This payment is closed, perhaps because it expired; start a new one if the customer still wants to pay.",
            "该笔订单已关闭（可能已超时），如顾客仍需支付，请重新发起收款。",
        ),
        text(
            "The order is closed, often by expiry; a new attempt needs a new paymentRequestId.",
            "订单已关闭，通常由超时引起；再次支付须使用新的 paymentRequestId。",
        ),
    ),
    refused(
        "ORDER_IS_CANCELED",
        Meaning::Closed,
        text(
            "This payment was cancelled; start a new one if the customer still wants to pay.",
            "该笔订单已撤销，如顾客仍需支付，请重新发起收款。",
        ),
        text(
            "The id belongs to a cancelled order; a new attempt needs a new paymentRequestId.",
            "该 paymentRequestId 对应的订单已撤销；再次支付须使用新的 paymentRequestId。",
        ),
    ),
    refused(
        "REPEAT_REQ_INCONSISTENT",
        Meaning::IdTaken,
        text(
            "Do not charge again; call your supervisor, since this payment number is already in use.",
            "该支付单号已被占用，请勿重复收款，并联系主管处理。",
        ),
        text(
            "Another request was sent under this id with other parameters: find out which, and make ids unique.",
            "同一请求号曾以不同参数提交过：请查明来源，并保证请求号唯一。",
        ),
    ),
    ResultCode {
        code: "ORDER_NOT_EXIST",
        aliases: &[],
        status: Status::Failed,
        meaning: Meaning::NotFound,
        cashier: text(
            "Wait: the gateway does not know this payment yet; do not charge again.",
            "网关暂未查到该笔订单，请稍候，请勿重复收款。",
        ),
        developer: text(
            "Right after pay go on asking, since the order may still be on its way; otherwise check the id.",
            "刚发起支付时订单可能尚未到达，请继续查询；否则请核对请求号是否正确。",
        ),
    },
];
