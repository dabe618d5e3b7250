package alipay.instore

import io.micrometer.core.instrument.MeterRegistry
import java.util.concurrent.TimeUnit

/**
 * An [Observer] that counts, for a registry of Micrometer, which the package does not bring; then [next] sees the step, if it is given.
 *
 * | name | tags |
 * |---|---|
 * | `alipay_instore.requests` | `operation`; `answer`: `S`, `F`, `U`, `other` or `none` |
 * | `alipay_instore.request.duration`, a timer | `operation` |
 * | `alipay_instore.payments` | `outcome` |
 * | `alipay_instore.refunds` | `outcome` |
 * | `alipay_instore.reverses` | `outcome` |
 * | `alipay_instore.alerts` | `kind` |
 * | `alipay_instore.notifications` | |
 */
public class MicrometerMetrics @JvmOverloads constructor(
    private val registry: MeterRegistry,
    private val next: Observer? = null,
) : Observer {
    override fun step(paymentRequestId: String, step: TimelineEntry) {
        when (val event = step.event) {
            // What the gateway says is no tag as it is: each other text would be another series.
            is TimelineEvent.Answered ->
                request(event.operation, event.resultStatus.takeIf { it in LETTERS } ?: "other", event.took)
            is TimelineEvent.Unanswered -> request(event.operation, "none", event.took)
            is TimelineEvent.Notified -> count("notifications")
            is TimelineEvent.Alerted -> count("alerts", "kind", event.kind.word)
            is TimelineEvent.Concluded -> count("payments", "outcome", event.outcome.word)
            is TimelineEvent.RefundConcluded -> count("refunds", "outcome", event.outcome.word)
            is TimelineEvent.ReverseConcluded -> count("reverses", "outcome", event.outcome.word)
            else -> Unit
        }
        next?.step(paymentRequestId, step)
    }

    private fun request(operation: Operation, answer: String, took: Long) {
        count("requests", "operation", operation.word, "answer", answer)
        registry.timer("$PREFIX.request.duration", "operation", operation.word).record(took, TimeUnit.MILLISECONDS)
    }

    private fun count(name: String, vararg tags: String) = registry.counter("$PREFIX.$name", *tags).increment()

    private companion object {
        const val PREFIX = "alipay_instore"
        val LETTERS = setOf("S", "F", "U")
    }
}
