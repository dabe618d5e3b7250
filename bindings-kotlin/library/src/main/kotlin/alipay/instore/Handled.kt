package alipay.instore

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject

/** An alert that nobody has acknowledged. */
public class PaymentAlert internal constructor(
    /** The payment. */
    public val paymentRequestId: String,
    /** The alert. */
    public val alert: Alert,
) {
    override fun toString(): String = "PaymentAlert($paymentRequestId, $alert)"
}

/** A record that can't be read. */
public class Unreadable internal constructor(
    /** Its id, as far as it is known. */
    public val paymentRequestId: String,
    /** What is wrong with it. */
    public val error: AlipayException,
) {
    override fun toString(): String = "Unreadable($paymentRequestId: ${error.code})"

    internal companion object {
        fun of(json: JsonObject): Unreadable =
            Unreadable(json.text("payment_request_id"), AlipayException.of(json.getValue("error").jsonObject))
    }
}

/** The open alerts of a store. */
public class Alerts internal constructor(json: JsonObject) {
    /** Every open alert, in the order in which the payments began. */
    public val alerts: List<PaymentAlert> = json.objects("alerts").map {
        PaymentAlert(it.text("payment_request_id"), Alert.of(it.getValue("alert").jsonObject))
    }

    /** Records that can't be read. They may have alerts too. */
    public val unreadable: List<Unreadable> = json.objects("unreadable").map { Unreadable.of(it) }

    override fun toString(): String = "Alerts($alerts, unreadable $unreadable)"
}

/** A notification that was handled. */
public class HandledNotification internal constructor(
    /** What to answer: status, headers and body, to be sent as they are. */
    public val answer: Acknowledgement,
    /** What the notification was; null if it could not be verified. */
    public val notification: VerifiedNotification?,
    /** What it changed; null if it was refused. */
    public val result: Notified?,
    /** Why it was refused. The gateway sends it again. */
    public val error: AlipayException?,
) {
    override fun toString(): String = "HandledNotification($answer, ${error?.code ?: result})"
}

/** One payment that was to be taken up: how it stands, or the [error] that was met. */
public class Resumption internal constructor(
    /** The id of the payment. */
    public val paymentRequestId: String,
    /** How it stands. This process drives it from now on; [Client.resume] waits for it. */
    public val result: PaymentResult?,
    /** What went wrong. */
    public val error: AlipayException?,
) {
    override fun toString(): String = "Resumption(${result ?: "$paymentRequestId: ${error?.code}"})"
}

/** What [Client.resumeAll] took up. */
public class Recovery internal constructor(
    /** The payments that this process drives from now on, and those that could not be taken up, each with its error. */
    public val payments: List<Resumption>,
    /** How many open payments other processes drive. */
    public val drivenElsewhere: Int,
) {
    override fun toString(): String = "Recovery($payments, $drivenElsewhere driven elsewhere)"
}
