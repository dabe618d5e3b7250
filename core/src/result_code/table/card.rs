//! Cards and verifications. The documents name these codes for online payments, whose inquiries and
//! notifications a merchant with both kinds of business also reads.

use super::{payment_refused, text};
use crate::result_code::ResultCode;

pub(super) static ROWS: [ResultCode; 11] = [
    payment_refused(
        "AUTHENTICATION_REQUIRED",
        text(
            "The customer must confirm the payment once more; start again.",
            "该笔支付需要身份验证，请重新发起支付并由顾客完成验证。",
        ),
        text(
            "The issuer asks for authentication (3-D Secure); pay again with it under a new id.",
            "发卡行要求身份验证（3-D Secure）；请使用新的 paymentRequestId 重新支付并完成验证。",
        ),
    ),
    payment_refused(
        "CARD_NOT_SUPPORTED",
        text("This card is not accepted; ask for another one.", "不支持该卡，请顾客更换银行卡。"),
        text("The card's brand or type is not in the contract.", "该卡的卡组织或卡种不在合同范围内。"),
    ),
    payment_refused(
        "DO_NOT_HONOR",
        text(
            "The bank refused the card; ask for another way to pay.",
            "发卡行拒绝交易，请顾客联系发卡行或更换支付方式。",
        ),
        text(
            "The issuer refused without a reason; only the customer can settle this with the bank.",
            "发卡行拒绝且未说明原因，须由顾客自行联系发卡行。",
        ),
    ),
    payment_refused(
        "INVALID_CARD",
        text("The card is not valid; ask for another one.", "银行卡无效，请顾客更换银行卡。"),
        text("The issuer does not accept the card.", "发卡行不接受该卡。"),
    ),
    payment_refused(
        "INVALID_CARD_NUMBER",
        text("The card number is wrong; enter it again.", "卡号有误，请重新输入。"),
        text("Check the card number before sending it.", "请在提交前校验卡号。"),
    ),
    payment_refused(
        "INVALID_EXPIRATION_DATE",
        text("The card's expiry date is wrong; enter it again.", "银行卡有效期有误，请重新输入。"),
        text(
            "The expiry date does not belong to the card, or has passed.",
            "有效期与该卡不符，或该卡已过期。",
        ),
    ),
    payment_refused(
        "INVALID_EXPIRY_DATE_FORMAT",
        text("The card's expiry date is wrong; enter it again.", "银行卡有效期格式有误，请重新输入。"),
        text("Send the expiry date in the documented format.", "请按文档规定的格式传递有效期。"),
    ),
    payment_refused(
        "ISSUER_REJECTS_TRANSACTION",
        text(
            "The bank refused the payment; ask for another way to pay.",
            "发卡行拒绝该笔交易，请顾客更换支付方式。",
        ),
        text(
            "The issuer refused the transaction; only the customer can settle this with the bank.",
            "发卡行拒绝该笔交易，须由顾客自行联系发卡行。",
        ),
    ),
    payment_refused(
        "SUSPECTED_CARD",
        text(
            "The card was refused for safety; ask for another way to pay.",
            "该卡存在风险被拒绝，请顾客更换支付方式。",
        ),
        text("The card is under suspicion; do not retry with it.", "该卡存在风险，请勿使用该卡重试。"),
    ),
    payment_refused(
        "VERIFY_TIMES_EXCEED_LIMIT",
        text(
            "Too many wrong verifications; try later, or pay in another way.",
            "验证次数超出限制，请稍后再试或更换支付方式。",
        ),
        text(
            "The customer used up the tries to verify; a new attempt is a new payment.",
            "用户的验证次数已用完；再次尝试须新建支付。",
        ),
    ),
    payment_refused(
        "VERIFY_UNMATCHED",
        text("The verification did not match; start again.", "验证信息不匹配，请重新支付。"),
        text(
            "What the customer entered does not match the record; a new attempt is a new payment.",
            "用户输入的验证信息与记录不符；再次尝试须新建支付。",
        ),
    ),
];
