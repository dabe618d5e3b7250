package alipay.instore

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.selects.select
import kotlinx.coroutines.yield
import kotlinx.serialization.json.JsonPrimitive
import java.util.concurrent.ConcurrentHashMap

/** The record that holds a refund. */
internal sealed class RefundHolder(val paymentRequestId: String) {
    /** The refunds of this payment. */
    class OfLedger(paymentRequestId: String) : RefundHolder(paymentRequestId)

    /** The payment itself: the refund is the payment machine's own. */
    class OfPayment(paymentRequestId: String) : RefundHolder(paymentRequestId)
}

/**
 * Refunds by the merchant: entered in the payment's ledger, then driven like a payment.
 *
 * Several refunds of one payment share a record. Each step reads the record, feeds the one refund and writes it back if
 * nobody else has written in between; a refund's own state is changed by its own driver only, so a step that lost that race
 * is simply taken again.
 */
internal class Refunds(private val client: ClientParts) {
    /** Those who drive a refund at this moment: a notification may have changed it. */
    private val listeners: MutableSet<Channel<Unit>> = ConcurrentHashMap.newKeySet()

    suspend fun refund(payment: String, request: String): RefundResult {
        val entered = change(payment) { ledger ->
            ledger.enter(request, client.merchant).let { it to ledger.snapshot() }
        }
        return drive(payment, entered.refundRequestId, firstEvent(entered.state))
    }

    suspend fun resume(payment: String, refund: String): RefundResult {
        val state = change(payment) { ledger ->
            ledger.refunds.find { it.refundRequestId == refund }?.state to ledger.snapshot()
        }
        return drive(payment, refund, firstEvent(state))
    }

    suspend fun resumeAll(record: String) {
        val stored = client.store.get(record) ?: return
        val (payment, open) = RefundLedger.restore(stored.snapshot).use { ledger ->
            ledger.paymentRequestId to ledger.refunds.filter { it.outcome == null }
        }
        for (refund in open) resume(payment, refund.refundRequestId)
    }

    private fun firstEvent(state: String?) = if (state == "ready") RefundEvent.Begin else RefundEvent.Resumed

    private suspend fun drive(payment: String, refund: String, first: RefundEvent): RefundResult = coroutineScope {
        val news = Channel<Unit>(Channel.CONFLATED)
        listeners.add(news)
        try {
            drive(payment, refund, first, news)
        } finally {
            listeners.remove(news)
        }
    }

    private suspend fun CoroutineScope.drive(
        payment: String,
        refund: String,
        first: RefundEvent,
        news: Channel<Unit>,
    ): RefundResult {
        val answers = Channel<RefundEvent>(Channel.UNLIMITED)
        var event = first
        while (true) {
            val now = client.clock.now()
            val step = change(payment) { ledger -> ledger.handle(refund, event, now).let { it to it.snapshot } }
            for (action in step.actions) carryOut(payment, refund, action, answers)
            val outcome = step.standing.outcome
            if (outcome != null) {
                coroutineContext.cancelChildren()
                val standing = step.standing
                return RefundResult(payment, refund, outcome, standing.refundId, standing.alerts, step.left)
            }
            val wakeup = step.standing.nextWakeup ?: Long.MAX_VALUE
            val alarm: Job = launch { client.clock.sleep(wakeup - client.clock.now()) }
            event = select {
                answers.onReceive { it }
                alarm.onJoin { RefundEvent.Tick }
                news.onReceive { RefundEvent.Tick }
            }
            alarm.cancel()
        }
    }

    /** What a person found out about an unresolved refund. */
    suspend fun resolve(payment: String, resolve: (RefundLedger) -> RefundStanding): RefundStanding =
        change(payment) { ledger -> resolve(ledger) to ledger.snapshot() }

    /** Feeds the body of a verified notification to the refund and stores it; whoever drives it goes on from there. */
    suspend fun notified(payment: String, refund: String, body: String): Notified {
        val now = client.clock.now()
        val step = try {
            change(payment) { ledger -> ledger.handle(refund, RefundEvent.Notified(body), now).let { it to it.snapshot } }
        } catch (e: AlipayException) {
            // It was entered and never sent, so this is about somebody else's refund.
            if (e.code == "refund.not_begun") return Notified.Unknown(null)
            throw e
        }
        note(payment, TimelineEvent.Notified)
        for (action in step.actions) {
            when (action) {
                // The clock repeats what is left out here.
                is RefundAction.Send -> {}
                is RefundAction.Alert -> note(payment, TimelineEvent.Alerted(action.kind, action.detail))
                is RefundAction.Conclude -> note(payment, TimelineEvent.RefundConcluded(refund, action.outcome))
            }
        }
        for (listener in listeners) listener.trySend(Unit)
        return Notified.RefundTaken(refund, step.standing.outcome)
    }

    /**
     * The record that holds a refund: a notification names the refund and not the payment. One that can't be read is not what
     * is looked for; the others are searched all the same.
     */
    suspend fun holder(refund: String): RefundHolder? {
        val named = JsonPrimitive(refund).toString()
        for (id in client.store.ids()) {
            val snapshot = client.store.get(id)?.snapshot?.takeIf { named in it } ?: continue
            val holder = try {
                holderIn(id, snapshot, refund)
            } catch (_: AlipayException) {
                null
            }
            if (holder != null) return holder
        }
        return null
    }

    private fun holderIn(id: String, snapshot: String, refund: String): RefundHolder? = if (paymentOf(id) != null) {
        RefundLedger.restore(snapshot).use { ledger ->
            val holds = ledger.refunds.any { it.refundRequestId == refund }
            if (holds) RefundHolder.OfLedger(ledger.paymentRequestId) else null
        }
    } else {
        Payment.restore(snapshot).use { if (it.refundRequestId == refund) RefundHolder.OfPayment(id) else null }
    }

    private fun CoroutineScope.carryOut(
        payment: String,
        refund: String,
        action: RefundAction,
        answers: Channel<RefundEvent>,
    ) {
        when (action) {
            is RefundAction.Send -> {
                note(payment, TimelineEvent.Sent(action.operation, action.sendId, action.sendId))
                val sentAt = client.clock.now()
                launch {
                    val event = try {
                        val answered = client.exchange.send(action.path, action.body)
                        val (response, timing) = answered.response to answered.timing
                        val took = client.clock.now() - sentAt
                        note(payment, answered(client.merchant.protocol, response, action.sendId, action.operation, took))
                        RefundEvent.Reply(action.sendId, action.operation, response.bodyText, timing.signedAt, timing.stale)
                    } catch (e: Exchange.Failure) {
                        val took = client.clock.now() - sentAt
                        note(payment, TimelineEvent.Unanswered(action.operation, action.sendId, took, e.certainty, e.error))
                        RefundEvent.NoReply(action.sendId, action.operation, e.certainty)
                    }
                    answers.send(event)
                }
            }
            is RefundAction.Alert -> note(payment, TimelineEvent.Alerted(action.kind, action.detail))
            is RefundAction.Conclude -> note(payment, TimelineEvent.RefundConcluded(refund, action.outcome))
        }
    }

    /** Reads the ledger, or opens it, changes it and writes it back; again if somebody else wrote in between. */
    private suspend fun <T> change(payment: String, change: (RefundLedger) -> Pair<T, String>): T {
        val record = PREFIX + payment
        while (true) {
            val stored = client.store.get(record)
            val (value, snapshot) = (if (stored != null) RefundLedger.restore(stored.snapshot) else open(payment)).use(change)
            try {
                client.store.put(record, stored?.revision ?: 0, snapshot)
                return value
            } catch (e: AlipayException) {
                if (e.code != "store.conflict") throw e
            }
            yield()
        }
    }

    private suspend fun open(payment: String): RefundLedger {
        val stored = client.store.get(payment)
            ?: throw AlipayException.of("request.unknown_payment", "no payment of this id is stored", null, null)
        return Payment.restore(stored.snapshot).use { RefundLedger.of(it) }
    }

    private fun note(payment: String, event: TimelineEvent) {
        client.observer?.step(payment, TimelineEntry(client.clock.now(), 0, event))
    }

    companion object {
        private const val PREFIX = "refunds/"

        /** The payment whose refunds a record holds; none where it holds a payment. */
        fun paymentOf(record: String): String? = if (record.startsWith(PREFIX)) record.removePrefix(PREFIX) else null
    }
}
