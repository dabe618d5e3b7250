//! The customer's code, account, balance and limits.

use super::{payment_refused, text};
use crate::result_code::ResultCode;

pub(super) static ROWS: [ResultCode; 18] = [
    payment_refused(
            "INVALID_CODE",
            text(
                "Ask the customer to open the payment code again and scan it, or to pay in another way.",
                "付款码无效，请顾客重新打开付款码后再扫码，或更换支付方式。",
            ),
            text(
                "The gateway does not accept the code: check that the scanner passes all of its digits.",
                "网关不接受该付款码：请检查扫码设备是否完整传递了全部数字。",
            ),
        )
        .with_aliases(&["INVALID_PAYMENT_CODE"]),
    payment_refused(
        "EXPIRED_CODE",
        text(
            "Ask the customer to refresh the payment code and scan the new one.",
            "付款码已过期，请顾客刷新付款码后重新扫码。",
        ),
        text(
            "Scan a fresh code and pay with a new paymentRequestId; send pay as soon as the code is scanned.",
            "请扫描新的付款码，并使用新的 paymentRequestId 发起支付；扫码后应立即发送 pay 请求。",
        ),
    ),
    payment_refused(
        "INVALID_ACCESS_TOKEN",
        text("Ask the customer to pay in another way.", "授权已失效，请顾客更换支付方式。"),
        text(
            "The access token is invalid; a payment code needs none, so check what paymentMethodId holds.",
            "访问令牌无效；付款码支付不需要访问令牌，请检查 paymentMethodId 的取值。",
        ),
    ),
    payment_refused(
        "USER_NOT_EXIST",
        text(
            "The wallet does not know this customer; ask for another way to pay.",
            "用户不存在，请顾客更换支付方式。",
        ),
        text(
            "The wallet found no account for the code; ask the gateway's support if it happens often.",
            "钱包未找到付款码对应的账户；如频繁出现，请联系网关技术支持。",
        ),
    ),
    payment_refused(
        "USER_BALANCE_NOT_ENOUGH",
        text(
            "The customer's balance is too low: top up, or pay in another way.",
            "余额不足，请顾客充值或更换支付方式。",
        ),
        text(
            "Nothing was charged; pay again with a new paymentRequestId after the customer has topped up.",
            "未扣款；顾客充值后，请使用新的 paymentRequestId 重新发起支付。",
        ),
    ),
    payment_refused(
        "USER_STATUS_ABNORMAL",
        text(
            "The customer's wallet is restricted; ask for another way to pay.",
            "顾客账户状态异常，请顾客联系钱包客服或更换支付方式。",
        ),
        text(
            "The account is frozen or restricted; only the customer can settle this with the wallet.",
            "用户账户被冻结或受限，须由顾客自行联系钱包处理。",
        ),
    ),
    payment_refused(
        "USER_KYC_NOT_QUALIFIED",
        text(
            "The customer must verify the identity in the wallet first, or pay in another way.",
            "顾客尚未完成实名认证，请完成认证后再支付或更换支付方式。",
        ),
        text(
            "The wallet's identity check of the customer is not complete; nothing to change in the request.",
            "用户实名认证未达到要求；请求本身无需修改。",
        ),
    ),
    payment_refused(
        "USER_PAYMENT_VERIFICATION_FAILED",
        text(
            "The customer did not pass the wallet's verification; start again with a new code.",
            "顾客支付验证未通过，请使用新的付款码重新支付。",
        ),
        text(
            "The password or one-time password was wrong; a new attempt is a new order with a new id.",
            "支付密码或验证码校验失败；再次支付须新建订单并使用新的 paymentRequestId。",
        ),
    ),
    payment_refused(
        "NO_PAY_OPTION",
        text(
            "The customer's wallet offers no way to pay this; ask for another one.",
            "顾客的钱包没有可用的付款方式，请更换支付方式。",
        ),
        text(
            "No payment option fits this user, amount and currency; ask the gateway's support if it persists.",
            "该用户在此金额和币种下没有可用的支付选项；如持续出现，请联系网关技术支持。",
        ),
    )
    .with_aliases(&["NO_PAY_OPTIONS"]),
    payment_refused(
        "UNAVAILABLE_PAYMENT_METHOD",
        text(
            "This wallet can't be used at the moment; ask for another way to pay.",
            "该支付方式暂不可用，请顾客更换支付方式。",
        ),
        text(
            "The wallet is not available for this payment; check which wallets the contract covers.",
            "该钱包当前不可用于此笔支付；请核对合同所包含的钱包。",
        ),
    ),
    payment_refused(
        "USER_AMOUNT_EXCEED_LIMIT",
        text(
            "The customer's own limit is exceeded; pay less, or in another way.",
            "超出顾客的支付限额，请降低金额或更换支付方式。",
        ),
        text(
            "The limit belongs to the user's wallet; nothing to change in the request.",
            "限额由用户的钱包设定；请求本身无需修改。",
        ),
    ),
    payment_refused(
        "PAYMENT_AMOUNT_EXCEED_LIMIT",
        text(
            "The amount is too high for this way to pay; pay less, or in another way.",
            "支付金额超出限额，请降低金额或更换支付方式。",
        ),
        text(
            "Check the amount's minor units first, then the limits of the contract.",
            "请先核对金额的最小货币单位是否正确，再核对合同约定的限额。",
        ),
    ),
    payment_refused(
        "PAYMENT_COUNT_EXCEED_LIMIT",
        text(
            "Too many payments were made; ask for another way to pay.",
            "支付次数超出限制，请更换支付方式。",
        ),
        text(
            "The number of payments of the user or the contract is used up; ask the gateway's support.",
            "用户或合同的支付次数已达上限，请联系网关技术支持。",
        ),
    ),
    payment_refused(
        "RISK_REJECT",
        text(
            "The wallet refused the payment for safety; ask for another way to pay and do not try again.",
            "该笔支付因风险控制被拒绝，请勿重试，请顾客更换支付方式。",
        ),
        text(
            "Risk control refused it; check that order, store and terminal are described truthfully.",
            "风控拒绝；请检查订单、门店和终端信息是否填写真实完整。",
        ),
    ),
    payment_refused(
        "FRAUD_REJECT",
        text(
            "The wallet refused the payment for safety; do not try again.",
            "该笔支付因欺诈风险被拒绝，请勿重试。",
        ),
        text(
            "Refused as suspected fraud; do not retry.",
            "因涉嫌欺诈被拒绝，请勿重试。",
        ),
    ),
    payment_refused(
        "SUSPECTED_RISK",
        text(
            "The wallet refused the payment for safety; ask for another way to pay.",
            "该笔支付存在风险被拒绝，请顾客更换支付方式。",
        ),
        text(
            "Risk control suspects this payment; do not retry it as it is.",
            "风控判定该笔支付存在风险，请勿原样重试。",
        ),
    ),
    payment_refused(
        "PAYMENT_PROHIBITED",
        text(
            "This payment is not allowed; ask for another way to pay.",
            "该笔支付被禁止，请顾客更换支付方式。",
        ),
        text(
            "The payment is prohibited for this user or these goods; do not retry.",
            "该用户或商品禁止支付，请勿重试。",
        ),
    ),
    payment_refused(
        "PROCESS_FAIL",
        text(
            "The payment failed; ask for another way to pay.",
            "支付失败，请顾客更换支付方式。",
        ),
        text(
            "A general business failure: do not send this request again.",
            "一般业务失败：请勿重发该请求。",
        ),
    ),
];
