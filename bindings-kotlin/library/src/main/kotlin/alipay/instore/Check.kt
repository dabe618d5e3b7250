package alipay.instore

import alipay.instore.ffi.Checking
import alipay.instore.ffi.NoAnswer
import alipay.instore.ffi.PlainPost
import alipay.instore.ffi.RawAnswer

/** Carries out a check: it writes to the store, asks the gateway, and posts to the notify URL. The core judges. */
internal class Checkup(
    private val merchant: Merchant,
    private val exchange: Exchange,
    private val clock: Clock,
    private val hear: (Long?, ClockReading, ClockReading) -> Unit,
    requestTimeout: Long,
) {
    /** In real time: however fast its clock runs, a check waits as long as a network may take. */
    private val patience = requestTimeout * clock.pace()

    suspend fun run(unusedId: String, store: OpenedStore): CheckReport =
        native { Checking(merchant.ffi, unusedId, exchange.byProxy(merchant.baseUrl)) }.use { checking ->
            native { checking.store(store.ffi) }
            inquire(checking)
            native { checking.notification() }?.let { notify(checking, it) }
            CheckReport.of(jsonOf(native { checking.json() }))
        }

    private suspend fun inquire(checking: Checking) {
        val path = merchant.path(Operation.INQUIRY)
        val body = native { checking.inquiry() }.toByteArray()
        val sent = clock.reading()
        try {
            val reply = exchange.post(patience) { merchant.signRequest(path, body, clock.now()) }
            val received = clock.reading()
            val answer = RawAnswer(reply.httpStatus().toUShort(), reply.headers.map { it.ffi() }, reply.body)
            hear(native { checking.answered(path, answer, sent.wall, received.wall) }, sent, received)
        } catch (e: Exchange.Failure) {
            native { checking.unanswered(noAnswer(e)) }
        }
    }

    private suspend fun notify(checking: Checking, post: PlainPost) {
        try {
            val reply = exchange.post(patience) { SignedRequest(post) }
            native { checking.notificationAnswered(reply.httpStatus().toUShort(), reply.body) }
        } catch (e: Exchange.Failure) {
            val tooLong = e.error.code == "transport.timeout"
            native { checking.notificationUnanswered(if (tooLong) null else noAnswer(e)) }
        }
    }

    private fun noAnswer(failure: Exchange.Failure): NoAnswer {
        val error = failure.error
        return NoAnswer(failure.certainty == Certainty.NOT_SENT, error.code, error.reason, error.hint)
    }
}
