package alipay.instore

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.selects.select
import java.net.SocketTimeoutException

/** One signed request and its verified answer, within the time a request may take. */
internal class Exchange(
    private val merchant: Merchant,
    private val transport: Transport,
    private val clock: Clock,
    private val requestTimeout: Long,
) {
    /** A request without a usable answer. */
    class Failure(val certainty: Certainty, val error: AlipayException) : Exception(error)

    /** Signs now, sends once, verifies. The HTTP status plays no part: only what is signed is an answer. */
    suspend fun send(path: String, body: String): VerifiedResponse {
        val request = try {
            merchant.signRequest(path, body.toByteArray(), clock.now())
        } catch (e: AlipayException) {
            throw Failure(Certainty.NOT_SENT, e)
        }
        val reply = post(request)
        try {
            return merchant.verifyResponse(path, reply.headers, reply.body)
        } catch (e: AlipayException) {
            throw Failure(Certainty.UNKNOWN, e)
        }
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
        val tooLong = launch { clock.sleep(requestTimeout) }
        val result = select {
            reply.onAwait { it }
            tooLong.onJoin {
                Result.failure(unknown("transport.timeout", "the gateway did not answer in the time of a request", null))
            }
        }
        reply.cancel()
        tooLong.cancel()
        result.getOrThrow()
    }

    /** Only a connection that never came about is known to have carried nothing. */
    private fun failure(e: Exception): Failure = when {
        e is TransportException && e.certainty == Certainty.NOT_SENT ->
            Failure(Certainty.NOT_SENT, AlipayException.of("transport.not_sent", e.reason, null, e))
        e is AlipayException -> Failure(Certainty.UNKNOWN, e)
        e is SocketTimeoutException -> unknown("transport.timeout", "the gateway did not answer in time", e)
        else -> unknown("transport.broken", "the connection broke before the answer was whole", e)
    }

    private fun unknown(code: String, reason: String, cause: Exception?) =
        Failure(Certainty.UNKNOWN, AlipayException.of(code, reason, null, cause))
}
