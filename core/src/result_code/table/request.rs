//! Requests that the gateway did not take: client, key, signature, path, parameters.

use super::{refused, text};
use crate::result_code::{Meaning, ResultCode, Text};

/// The cashier can do nothing about any of these.
const CASHIER: Text = text(
    "The till is not set up correctly; ask for another way to pay and tell technical support.",
    "收银系统配置有误，请顾客更换支付方式，并联系技术支持。",
);

const fn request_refused(code: &'static str, developer: Text) -> ResultCode {
    refused(code, Meaning::RequestRefused, CASHIER, developer)
}

pub(super) static ROWS: [ResultCode; 10] = [
    request_refused(
        "PARAM_ILLEGAL",
        text(
            "A parameter is missing, too long or of the wrong form; resultMessage often names it.",
            "参数缺失、过长或格式错误；通常可从 resultMessage 中看出是哪个参数。",
        ),
    ),
    request_refused(
        "INVALID_AMOUNT",
        text(
            "The amount is not one that can be charged; send digits in the smallest unit of the currency.",
            "金额无效；请以该币种的最小货币单位传递数字。",
        ),
    ),
    request_refused(
        "KEY_NOT_FOUND",
        text(
            "Upload the merchant's public key to the gateway, and check the key version and the client id.",
            "请将商户公钥上传至网关，并核对 keyVersion 与 Client-Id。",
        ),
    ),
    request_refused(
        "SIGNATURE_INVALID",
        text(
            "Check the private key, the client id, the path and that the signed bytes are the sent ones.",
            "请检查私钥、Client-Id 和路径，并确认签名的字节与实际发送的字节完全一致。",
        ),
    )
    .with_aliases(&["INVALID_SIGNATURE"]),
    request_refused(
        "ACCESS_DENIED",
        text(
            "The client may not use this API; ask the gateway's support to open it.",
            "该客户端无权访问此接口，请联系网关技术支持开通权限。",
        ),
    ),
    request_refused(
        "CLIENT_INVALID",
        text(
            "The client id is unknown or inactive; check it, and whether it is the sandbox's or production's.",
            "Client-Id 不存在或未启用；请核对，并确认属于沙箱还是生产环境。",
        ),
    )
    .with_aliases(&["INVALID_CLIENT"]),
    request_refused(
        "API_INVALID",
        text(
            "The API does not exist or is not active for this client; check the path and its version.",
            "接口不存在或未对该客户端启用；请检查接口路径和版本。",
        ),
    )
    .with_aliases(&["INVALID_API"]),
    request_refused(
        "NO_INTERFACE_DEF",
        text(
            "No API is defined at this path; check the URL.",
            "该路径下没有定义接口，请检查 URL。",
        ),
    ),
    request_refused(
        "METHOD_NOT_SUPPORTED",
        text("Send the request with POST.", "请使用 POST 方法发送请求。"),
    ),
    request_refused(
        "MEDIA_TYPE_NOT_ACCEPTABLE",
        text(
            "Send Content-Type and Accept as application/json.",
            "请将 Content-Type 和 Accept 设为 application/json。",
        ),
    ),
];
