//! What the host must show or do for the customer to pay: order codes, redirects, challenges.
//!
//! Source: Alipay, pay (consumer-presented mode), response parameters.

use crate::api::declare::{model, words};
use crate::api::time::Time;

words! {
    /// What the customer is asked for.
    pub enum ChallengeType {
        /// A one-time password by text message.
        SmsOtp = "SMS_OTP",
        /// The number of the card.
        PlaintextCardNo = "PLAINTEXT_CARD_NO",
        /// The expiry date of the card.
        CardExpireDate = "CARD_EXPIRE_DATE",
    }

    /// Who asks.
    pub enum ChallengeTrigger {
        /// Alipay.
        Ams = "AMS",
        /// Somebody else.
        Channel = "CHANNEL",
    }

    /// How the customer gets to the redirect URL.
    pub enum RedirectMethod {
        /// By a form that is posted, with the form's parameters.
        Post = "POST",
        /// By opening the URL.
        Get = "GET",
        /// By scanning the URL as a code.
        Scan = "SCAN",
    }

    /// The kind of a code.
    pub enum CodeValueType {
        /// A bar code.
        Barcode = "BARCODE",
        /// A QR code.
        Qrcode = "QRCODE",
    }

    /// How a code is shown.
    pub enum DisplayType {
        /// As text.
        Text = "TEXT",
        /// As an image of middle size.
        MiddleImage = "MIDDLEIMAGE",
        /// As a small image.
        SmallImage = "SMALLIMAGE",
        /// As a big image.
        BigImage = "BIGIMAGE",
    }
}

model! {
    /// A challenge.
    pub struct ChallengeActionForm {
        /// What the customer is asked for.
        challenge_type: ChallengeType = "challengeType" {},
        /// What is shown.
        challenge_render_value: String = "challengeRenderValue" {},
        /// Who asks.
        trigger_source: ChallengeTrigger = "triggerSource" {},
        /// More, as text.
        extend_info: String = "extendInfo" {},
    }

    /// A redirect of the customer's wallet.
    pub struct RedirectActionForm {
        /// How.
        method: RedirectMethod = "method" {},
        /// Where to.
        redirect_url: String = "redirectUrl" { max: 2048 },
        /// The parameters of the form, for POST.
        parameters: String = "parameters" { max: 2048 },
        /// The kind of the form.
        action_form_type: String = "actionFormType" { max: 32 },
    }

    /// The code of an order, for the customer to scan.
    pub struct OrderCodeForm {
        /// The wallet that can pay it.
        payment_method_type: String = "paymentMethodType" { shown: true },
        /// Until when it can be paid.
        expire_time: Time = "expireTime" {},
        /// The same code in several forms.
        code_details: [CodeDetail] = "codeDetails" { max: 4 },
        /// More, as text.
        extend_info: String = "extendInfo" { max: 2048 },
    }

    /// One form of a code.
    pub struct CodeDetail {
        /// The kind of the code.
        code_value_type: CodeValueType = "codeValueType" {},
        /// What the code holds.
        code_value: String = "codeValue" { max: 2048 },
        /// How it is shown.
        display_type: DisplayType = "displayType" {},
    }
}
