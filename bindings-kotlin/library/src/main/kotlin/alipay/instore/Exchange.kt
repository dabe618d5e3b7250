package alipay.instore

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.selects.select
import java.net.ProtocolException
import java.net.SocketTimeoutException

/** One signed request and its verified answer, within the time a request may take. */
internal class Exchange(
    private val merchant: Merchant,
    private val transport: Transport,
    private val clock: Clock,
    private val requestTimeout: Long,
    /** Without an answer after this time, the next request must not go by a connection that died the same way. */
    private val doubt: Long,
) {
    private val gatewayTime = GatewayTime()

    /** A verified answer, and when the gateway signed it. */
    class Answered(val response: VerifiedResponse, val timing: Timing)

    /** A request without a usable answer. */
    class Failure(val certainty: Certainty, val error: AlipayException, val unverified: Unverified? = null) : Exception(error)

    /**
     * Signs now, sends once, verifies. The HTTP status decides nothing: only what is signed is an answer, and what is not keeps
     * its status for whoever looks for the cause.
     */
    suspend fun send(path: String, body: String): Answered {
        val sent = clock.monotonic()
        val sentByWallClock = clock.now()
        val request = try {
            merchant.signRequest(path, body.toByteArray(), sentByWallClock)
        } catch (e: AlipayException) {
            throw Failure(Certainty.NOT_SENT, e)
        }
        val reply = post(request)
        val received = clock.monotonic()
        val response = try {
            merchant.verifyAnswer(path, reply)
        } catch (e: AlipayException) {
            throw Failure(Certainty.UNKNOWN, e, Unverified.of(e, reply.body))
        }
        return Answered(response, gatewayTime.timing(response.signedAt, sent, received, sentByWallClock))
    }

    private suspend fun post(request: SignedRequest): HttpReply = coroutineScope {
        val reply = async {
            try {
                Result.success(transport.post(request))
            } catch (e: CancellationException) {
                throw e
            } catch (e: Exception) {
                Result.failure(failure(e))
            }
        }
        val doubting = launch {
            clock.sleep(doubt)
            transport.giveUpIdle()
        }
        val tooLong = launch { clock.sleep(requestTimeout) }
        val result = select {
            reply.onAwait { it }
            tooLong.onJoin {
                Result.failure(unknown("transport.timeout", "the gateway did not answer in the time of a request", null))
            }
        }
        for (job in listOf(reply, doubting, tooLong)) job.cancel()
        // What broke off, or was never answered, says something about the connections beside it.
        if ((result.exceptionOrNull() as? Failure)?.certainty == Certainty.UNKNOWN) transport.giveUpIdle()
        result.getOrThrow()
    }

    /** Only evidence that no connection came about says that nothing was sent. */
    private fun failure(e: Exception): Failure = when (e) {
        is TransportException -> Failure(e.certainty, AlipayException.hinted(e.code, e.reason, e.hint, e))
        is AlipayException -> Failure(Certainty.UNKNOWN, e)
        is SocketTimeoutException -> unknown("transport.timeout", "the gateway did not answer in time", e)
        is ProtocolException -> unknown("transport.protocol", "what came back is not HTTP", e)
        else -> unknown("transport.broken", "the connection broke before the answer was whole", e)
    }

    private fun unknown(code: String, reason: String, cause: Exception?) =
        Failure(Certainty.UNKNOWN, AlipayException.of(code, reason, null, cause))
}
