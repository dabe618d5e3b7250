// Generated from schema/dialect/actions.toml by `make generate`; do not edit.

package alipay.instore

import kotlinx.serialization.json.JsonObject

/** What a payment asks of its host. Store the snapshot first. */
public sealed class PaymentAction(
    /** Counts up from 1 over the life of the machine. What is asked again after a restart has the same number. */
    public val sequence: Long,
) {
    /** Sign this body, freshly, and post it; feed back what came of it. */
    public class Send internal constructor(
        sequence: Long,
        /** The number of the send, to be fed back with what came of it. */
        public val sendId: Int,
        /** The operation, to be fed back too. */
        public val operation: Operation,
        /** The path of the API. */
        public val path: String,
        /** The body as JSON text, to be sent as it stands. That of pay holds the payment code: it is a secret. */
        public val body: String,
    ) : PaymentAction(sequence) {
        override fun toString(): String = shown(
            "send",
            "sequence" to sequence,
            "sendId" to sendId,
            "operation" to operation.word,
            "path" to path,
        )
    }

    /** It needs manual review. Each kind comes at most once. */
    public class Alert internal constructor(
        sequence: Long,
        /** Why. */
        public val kind: AlertKind,
        /** What was found, without secrets. */
        public val detail: String,
    ) : PaymentAction(sequence) {
        override fun toString(): String = shown("alert", "sequence" to sequence, "kind" to kind.word, "detail" to detail)
    }

    /** Show the order code, or redirect the customer's wallet. */
    public class Present internal constructor(
        sequence: Long,
        /** The members of the answer that say what to show, as JSON text: `PayResponse.fromJson` reads it. */
        public val form: String,
    ) : PaymentAction(sequence) {
        override fun toString(): String = shown("present", "sequence" to sequence)
    }

    /** The payment has its result. Comes once. */
    public class Conclude internal constructor(
        sequence: Long,
        /** The result. */
        public val outcome: Outcome,
    ) : PaymentAction(sequence) {
        override fun toString(): String = shown("conclude", "sequence" to sequence, "outcome" to outcome)
    }

    internal companion object {
        fun of(json: JsonObject): PaymentAction = when (val found = json.text("type")) {
            "send" -> Send(
                json.number("sequence"),
                json.number("send_id").toInt(),
                Operation.of(json.text("operation")),
                json.text("path"),
                json.text("body"),
            )
            "alert" -> Alert(json.number("sequence"), AlertKind.of(json.text("kind")), json.text("detail"))
            "present" -> Present(json.number("sequence"), json.getValue("form").toString())
            "conclude" -> Conclude(json.number("sequence"), Outcome.of(json))
            else -> error("there is no PaymentAction $found")
        }
    }
}

/** What a refund asks of its host. Store the ledger's snapshot first. */
public sealed class RefundAction(
    /** Counts up from 1 over the life of the machine. What is asked again after a restart has the same number. */
    public val sequence: Long,
) {
    /** Sign this body, freshly, and post it; feed back what came of it. */
    public class Send internal constructor(
        sequence: Long,
        /** The number of the send, to be fed back with what came of it. */
        public val sendId: Int,
        /** The operation, to be fed back too. */
        public val operation: Operation,
        /** The path of the API. */
        public val path: String,
        /** The body as JSON text, to be sent as it stands. That of pay holds the payment code: it is a secret. */
        public val body: String,
    ) : RefundAction(sequence) {
        override fun toString(): String = shown(
            "send",
            "sequence" to sequence,
            "sendId" to sendId,
            "operation" to operation.word,
            "path" to path,
        )
    }

    /** It needs manual review. Each kind comes at most once. */
    public class Alert internal constructor(
        sequence: Long,
        /** Why. */
        public val kind: AlertKind,
        /** What was found, without secrets. */
        public val detail: String,
    ) : RefundAction(sequence) {
        override fun toString(): String = shown("alert", "sequence" to sequence, "kind" to kind.word, "detail" to detail)
    }

    /** The refund has its result. Comes once. */
    public class Conclude internal constructor(
        sequence: Long,
        /** The result. */
        public val outcome: RefundOutcome,
    ) : RefundAction(sequence) {
        override fun toString(): String = shown("conclude", "sequence" to sequence, "outcome" to outcome)
    }

    internal companion object {
        fun of(json: JsonObject): RefundAction = when (val found = json.text("type")) {
            "send" -> Send(
                json.number("sequence"),
                json.number("send_id").toInt(),
                Operation.of(json.text("operation")),
                json.text("path"),
                json.text("body"),
            )
            "alert" -> Alert(json.number("sequence"), AlertKind.of(json.text("kind")), json.text("detail"))
            "conclude" -> Conclude(json.number("sequence"), RefundOutcome.of(json))
            else -> error("there is no RefundAction $found")
        }
    }
}

/** What a reverse asks of its host. Store the ledger's snapshot first. */
public sealed class ReverseAction(
    /** Counts up from 1 over the life of the machine. What is asked again after a restart has the same number. */
    public val sequence: Long,
) {
    /** Sign this body, freshly, and post it; feed back what came of it. */
    public class Send internal constructor(
        sequence: Long,
        /** The number of the send, to be fed back with what came of it. */
        public val sendId: Int,
        /** The operation, to be fed back too. */
        public val operation: Operation,
        /** The path of the API. */
        public val path: String,
        /** The body as JSON text, to be sent as it stands. That of pay holds the payment code: it is a secret. */
        public val body: String,
    ) : ReverseAction(sequence) {
        override fun toString(): String = shown(
            "send",
            "sequence" to sequence,
            "sendId" to sendId,
            "operation" to operation.word,
            "path" to path,
        )
    }

    /** It needs manual review. Each kind comes at most once. */
    public class Alert internal constructor(
        sequence: Long,
        /** Why. */
        public val kind: AlertKind,
        /** What was found, without secrets. */
        public val detail: String,
    ) : ReverseAction(sequence) {
        override fun toString(): String = shown("alert", "sequence" to sequence, "kind" to kind.word, "detail" to detail)
    }

    /** The reverse has its result. Comes once. */
    public class Conclude internal constructor(
        sequence: Long,
        /** The result. */
        public val outcome: ReverseOutcome,
    ) : ReverseAction(sequence) {
        override fun toString(): String = shown("conclude", "sequence" to sequence, "outcome" to outcome)
    }

    internal companion object {
        fun of(json: JsonObject): ReverseAction = when (val found = json.text("type")) {
            "send" -> Send(
                json.number("sequence"),
                json.number("send_id").toInt(),
                Operation.of(json.text("operation")),
                json.text("path"),
                json.text("body"),
            )
            "alert" -> Alert(json.number("sequence"), AlertKind.of(json.text("kind")), json.text("detail"))
            "conclude" -> Conclude(json.number("sequence"), ReverseOutcome.of(json))
            else -> error("there is no ReverseAction $found")
        }
    }
}
