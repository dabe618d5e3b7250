package alipay.instore.model

/** The code of an order, for the customer to scan. */
public class OrderCodeForm : Model() {
    /** The wallet that can pay it. */
    public var paymentMethodType: String? by text()

    /** Until when it can be paid, in milliseconds since the epoch. */
    public var expireTime: Long? by time()

    /** The same code in several forms. */
    public var codeDetails: List<CodeDetail>? by models(::CodeDetail)

    /** More, as text. */
    public var extendInfo: String? by text()
}

/** One form of a code. */
public class CodeDetail : Model() {
    /** The kind of the code. */
    public var codeValueType: String? by text()

    /** What the code holds. */
    public var codeValue: String? by text()

    /** How it is shown. */
    public var displayType: String? by text()
}

/** A redirect of the customer's wallet. */
public class RedirectActionForm : Model() {
    /** How. */
    public var method: String? by text()

    /** Where to. */
    public var redirectUrl: String? by text()

    /** The parameters of the form, for POST. */
    public var parameters: String? by text()

    /** The kind of the form. */
    public var actionFormType: String? by text()
}

/** A challenge for the customer. */
public class ChallengeActionForm : Model() {
    /** What the customer is asked for. */
    public var challengeType: String? by text()

    /** What is shown. */
    public var challengeRenderValue: String? by text()

    /** Who asks. */
    public var triggerSource: String? by text()

    /** More, as text. */
    public var extendInfo: String? by text()
}
