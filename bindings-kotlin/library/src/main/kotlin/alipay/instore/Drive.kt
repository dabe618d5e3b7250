package alipay.instore

import alipay.instore.ffi.answerWords
import alipay.instore.ffi.warningOfAnswer
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.selects.select

/** What reaches a payment from elsewhere in the process while it is driven. */
internal sealed class Command {
    /** A verified notification; [stored] is true once it is stored, false where the payment ended before. */
    class Notification(val body: String, val stored: CompletableDeferred<Boolean>) : Command()

    object Cancel : Command()

    /** The client was closed. */
    object Close : Command()
}

/** A payment that is driven at this moment. */
internal class Running {
    val commands = Channel<Command>(Channel.UNLIMITED) { (it as? Command.Notification)?.stored?.complete(false) }

    /** The result, or nothing where the driver was stopped before. */
    val finished = CompletableDeferred<PaymentResult?>()
}

/**
 * Drives one payment: feeds the machine, stores, carries out, waits, until there is a result.
 *
 * Everything happens inside the coroutine of the host. Cancelling it stops the payment where it is; what was stored is
 * enough to resume it.
 */
internal class Drive(
    private val client: ClientParts,
    private val payment: Payment,
    private var revision: Long,
    private val running: Running,
    warnings: List<PaymentWarning>,
) {
    private class Answer(
        val sendId: Int,
        val operation: Operation,
        val sentAt: Long,
        val answered: Exchange.Answered?,
        val failure: Exchange.Failure?,
    )

    private val id = payment.paymentRequestId
    private val answers = Channel<Answer>(Channel.UNLIMITED)
    private val warnings = warnings.toMutableList()
    private val timeline = mutableListOf<TimelineEntry>()
    private val attempts = HashMap<Operation, Int>()

    /** From the first event to the result. */
    suspend fun run(first: PaymentEvent): PaymentResult = coroutineScope {
        feed(first)
        while (payment.outcome == null) await()
        // Answers that are still out can't change a result.
        coroutineContext.cancelChildren()
        PaymentResult.of(payment, timeline.toList(), warnings.toList())
    }

    /** Waits for whatever comes first and feeds it. Answers come before commands, and both before deadlines. */
    private suspend fun CoroutineScope.await() {
        val wakeup = payment.nextWakeup
        val alarm: Job = launch { client.clock.sleep((wakeup ?: Long.MAX_VALUE) - client.clock.now()) }
        val next: suspend () -> Unit = select {
            answers.onReceive { answer -> { answered(answer) } }
            running.commands.onReceive { command -> { told(command) } }
            alarm.onJoin { { feed(PaymentEvent.Tick) } }
        }
        alarm.cancel()
        next()
    }

    private suspend fun CoroutineScope.told(command: Command) = when (command) {
        Command.Cancel -> feed(PaymentEvent.CancelRequested)
        Command.Close -> throw clientClosed()
        is Command.Notification -> try {
            feed(PaymentEvent.Notified(command.body))
            command.stored.complete(true)
            Unit
        } catch (e: AlipayException) {
            command.stored.completeExceptionally(e)
            throw e
        } finally {
            // Only a cancelled driver comes here without an answer: the store decides.
            command.stored.complete(false)
        }
    }

    private suspend fun CoroutineScope.answered(answer: Answer) {
        val took = client.clock.now() - answer.sentAt
        if (answer.answered != null) {
            val (response, timing) = answer.answered.response to answer.answered.timing
            note(answered(client.merchant.protocol, response, answer.sendId, answer.operation, took))
            if (answer.operation == Operation.PAY) noteWallet(response)
            feed(PaymentEvent.Reply(answer.sendId, answer.operation, response.bodyText, timing.signedAt, timing.stale))
        } else if (answer.failure != null) {
            val failure = answer.failure
            note(TimelineEvent.Unanswered(answer.operation, answer.sendId, took, failure.certainty, failure.error))
            val (code, wrongKey) = failure.unverified?.unsignedCode to (failure.unverified?.wrongKey ?: false)
            feed(PaymentEvent.NoReply(answer.sendId, answer.operation, failure.certainty, code, wrongKey))
        }
    }

    /** Where the wallet is known from the answer only, what it may have against the amount is told with the result. */
    private fun noteWallet(response: VerifiedResponse) {
        val note = native { warningOfAnswer(response.bodyText, payment.amount.ffi()) }?.let { PaymentWarning.of(it) }
        if (note != null && note !in warnings) warnings.add(note)
    }

    /** Persist before act: the snapshot is stored, and only then are the actions carried out. */
    private suspend fun CoroutineScope.feed(event: PaymentEvent) {
        when (event) {
            is PaymentEvent.Notified -> note(TimelineEvent.Notified)
            PaymentEvent.CancelRequested -> note(TimelineEvent.CancelRequested)
            PaymentEvent.Resumed -> note(TimelineEvent.Resumed)
            PaymentEvent.Begin, is PaymentEvent.Reply, is PaymentEvent.NoReply, PaymentEvent.Tick -> {}
        }
        val actions = payment.handle(event, client.clock.now())
        client.store.put(id, revision, payment.snapshot())
        revision += 1
        for (action in actions) carryOut(action)
    }

    private fun CoroutineScope.carryOut(action: PaymentAction) {
        when (action) {
            is PaymentAction.Send -> {
                val attempt = (attempts[action.operation] ?: 0) + 1
                attempts[action.operation] = attempt
                note(TimelineEvent.Sent(action.operation, action.sendId, attempt))
                val sentAt = client.clock.now()
                launch {
                    val answer = try {
                        Answer(action.sendId, action.operation, sentAt, client.exchange.send(action.path, action.body), null)
                    } catch (e: Exchange.Failure) {
                        Answer(action.sendId, action.operation, sentAt, null, e)
                    }
                    answers.send(answer)
                }
            }
            is PaymentAction.Present -> note(TimelineEvent.Presented(action.form))
            is PaymentAction.Alert -> note(TimelineEvent.Alerted(action.kind, action.detail))
            is PaymentAction.Conclude -> note(TimelineEvent.Concluded(action.outcome))
        }
    }

    private fun note(event: TimelineEvent) {
        val at = client.clock.now()
        val step = TimelineEntry(at, payment.begunAt?.let { at - it } ?: 0, event)
        client.observer?.step(id, step)
        timeline.add(step)
    }
}

internal fun answered(
    protocol: Protocol,
    response: VerifiedResponse,
    sendId: Int,
    operation: Operation,
    took: Long,
): TimelineEvent.Answered {
    val words = native { answerWords(protocol.ffi(), operation.ffi(), response.bodyText) }
    return TimelineEvent.Answered(
        operation, sendId, took, words.resultStatus, words.resultCode, words.paymentStatus, response.tracerId,
        response.textReplaced,
    )
}

internal fun clientClosed(): AlipayException = AlipayException.of("client.closed", "the client was closed", null, null)
