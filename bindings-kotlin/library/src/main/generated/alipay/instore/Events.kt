// Generated from schema/dialect/events.toml by `make generate`; do not edit.

package alipay.instore

/**
 * What a host tells a payment. Replies and notifications are verified ones; anything else that arrived is `no_reply`.
 */
public sealed class PaymentEvent(private val type: String, internal val json: String) {
    /** Send it: the payment, the refund, or what gives the money back. */
    public object Begin : PaymentEvent("begin", event("begin"))

    /** The gateway answered, and the answer was verified. */
    public class Reply @JvmOverloads constructor(
        /** The number of the send that is answered. */
        public val sendId: Int,
        /** The operation of that send. */
        public val operation: Operation,
        /** The verified body, as JSON text. */
        public val body: String,
        /** When the gateway signed it, by its `Response-Time`, in milliseconds since the epoch. */
        public val signedAt: Long? = null,
        /** Whether it was signed more than a minute before its request was sent, so that it may answer another one. */
        public val stale: Boolean = false,
    ) : PaymentEvent(
        "reply",
        event(
            "reply",
            "send_id" to sendId,
            "operation" to operation.word,
            "body" to body,
            "signed_at" to signedAt,
            "stale" to stale,
        ),
    ) {
        override fun toString(): String = shown(
            "reply",
            "sendId" to sendId,
            "operation" to operation.word,
            "signedAt" to signedAt,
            "stale" to stale,
        )
    }

    /** No usable answer arrived. */
    public class NoReply @JvmOverloads constructor(
        /** The number of the send. */
        public val sendId: Int,
        /** The operation of that send. */
        public val operation: Operation,
        /** `not_sent` only on evidence that not one byte of the request left this machine. */
        public val certainty: Certainty = Certainty.UNKNOWN,
        /**
         * The result code of an answer without a signature, such as `SIGNATURE_INVALID`. It settles nothing. Only a payment
         * takes it.
         */
        public val unsignedCode: String? = null,
        /**
         * Whether the answer was signed, but with none of the configured keys; then there is no `unsignedCode`. Only a
         * payment takes it.
         */
        public val wrongKey: Boolean = false,
    ) : PaymentEvent(
        "no_reply",
        event(
            "no_reply",
            "send_id" to sendId,
            "operation" to operation.word,
            "certainty" to certainty.word,
            "unsigned_code" to unsignedCode,
            "wrong_key" to wrongKey,
        ),
    ) {
        override fun toString(): String = shown(
            "no_reply",
            "sendId" to sendId,
            "operation" to operation.word,
            "certainty" to certainty.word,
            "unsignedCode" to unsignedCode,
            "wrongKey" to wrongKey,
        )
    }

    /** The gateway's notification arrived, and it was verified. */
    public class Notified(
        /** The verified body, as JSON text. */
        public val body: String,
    ) : PaymentEvent(
        "notified",
        event("notified", "body" to body),
    ) {
        override fun toString(): String = shown("notified")
    }

    /** The machine was restored from a snapshot. */
    public object Resumed : PaymentEvent("resumed", event("resumed"))

    /** Time passed: due at the next wakeup, harmless at any other time. */
    public object Tick : PaymentEvent("tick", event("tick"))

    /** The cashier or the merchant cancels. */
    public object CancelRequested : PaymentEvent("cancel_requested", event("cancel_requested"))

    override fun toString(): String = type
}

/** What a host tells a refund. Replies and notifications are verified ones; anything else that arrived is `no_reply`. */
public sealed class RefundEvent(private val type: String, internal val json: String) {
    /** Send it: the payment, the refund, or what gives the money back. */
    public object Begin : RefundEvent("begin", event("begin"))

    /** The gateway answered, and the answer was verified. */
    public class Reply @JvmOverloads constructor(
        /** The number of the send that is answered. */
        public val sendId: Int,
        /** The operation of that send. */
        public val operation: Operation,
        /** The verified body, as JSON text. */
        public val body: String,
        /** When the gateway signed it, by its `Response-Time`, in milliseconds since the epoch. */
        public val signedAt: Long? = null,
        /** Whether it was signed more than a minute before its request was sent, so that it may answer another one. */
        public val stale: Boolean = false,
    ) : RefundEvent(
        "reply",
        event(
            "reply",
            "send_id" to sendId,
            "operation" to operation.word,
            "body" to body,
            "signed_at" to signedAt,
            "stale" to stale,
        ),
    ) {
        override fun toString(): String = shown(
            "reply",
            "sendId" to sendId,
            "operation" to operation.word,
            "signedAt" to signedAt,
            "stale" to stale,
        )
    }

    /** No usable answer arrived. */
    public class NoReply @JvmOverloads constructor(
        /** The number of the send. */
        public val sendId: Int,
        /** The operation of that send. */
        public val operation: Operation,
        /** `not_sent` only on evidence that not one byte of the request left this machine. */
        public val certainty: Certainty = Certainty.UNKNOWN,
    ) : RefundEvent(
        "no_reply",
        event("no_reply", "send_id" to sendId, "operation" to operation.word, "certainty" to certainty.word),
    ) {
        override fun toString(): String = shown("no_reply", "sendId" to sendId, "operation" to operation.word, "certainty" to certainty.word)
    }

    /** The gateway's notification arrived, and it was verified. */
    public class Notified(
        /** The verified body, as JSON text. */
        public val body: String,
    ) : RefundEvent(
        "notified",
        event("notified", "body" to body),
    ) {
        override fun toString(): String = shown("notified")
    }

    /** The machine was restored from a snapshot. */
    public object Resumed : RefundEvent("resumed", event("resumed"))

    /** Time passed: due at the next wakeup, harmless at any other time. */
    public object Tick : RefundEvent("tick", event("tick"))

    override fun toString(): String = type
}

/**
 * What a host tells a reverse. Replies and notifications are verified ones; anything else that arrived is `no_reply`.
 */
public sealed class ReverseEvent(private val type: String, internal val json: String) {
    /** Send it: the payment, the refund, or what gives the money back. */
    public object Begin : ReverseEvent("begin", event("begin"))

    /** The gateway answered, and the answer was verified. */
    public class Reply @JvmOverloads constructor(
        /** The number of the send that is answered. */
        public val sendId: Int,
        /** The operation of that send. */
        public val operation: Operation,
        /** The verified body, as JSON text. */
        public val body: String,
        /** When the gateway signed it, by its `Response-Time`, in milliseconds since the epoch. */
        public val signedAt: Long? = null,
        /** Whether it was signed more than a minute before its request was sent, so that it may answer another one. */
        public val stale: Boolean = false,
    ) : ReverseEvent(
        "reply",
        event(
            "reply",
            "send_id" to sendId,
            "operation" to operation.word,
            "body" to body,
            "signed_at" to signedAt,
            "stale" to stale,
        ),
    ) {
        override fun toString(): String = shown(
            "reply",
            "sendId" to sendId,
            "operation" to operation.word,
            "signedAt" to signedAt,
            "stale" to stale,
        )
    }

    /** No usable answer arrived. */
    public class NoReply @JvmOverloads constructor(
        /** The number of the send. */
        public val sendId: Int,
        /** The operation of that send. */
        public val operation: Operation,
        /** `not_sent` only on evidence that not one byte of the request left this machine. */
        public val certainty: Certainty = Certainty.UNKNOWN,
    ) : ReverseEvent(
        "no_reply",
        event("no_reply", "send_id" to sendId, "operation" to operation.word, "certainty" to certainty.word),
    ) {
        override fun toString(): String = shown("no_reply", "sendId" to sendId, "operation" to operation.word, "certainty" to certainty.word)
    }

    /** The gateway's notification arrived, and it was verified. */
    public class Notified(
        /** The verified body, as JSON text. */
        public val body: String,
    ) : ReverseEvent(
        "notified",
        event("notified", "body" to body),
    ) {
        override fun toString(): String = shown("notified")
    }

    /** The machine was restored from a snapshot. */
    public object Resumed : ReverseEvent("resumed", event("resumed"))

    /** Time passed: due at the next wakeup, harmless at any other time. */
    public object Tick : ReverseEvent("tick", event("tick"))

    override fun toString(): String = type
}
