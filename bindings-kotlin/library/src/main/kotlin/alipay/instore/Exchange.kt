package alipay.instore

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import java.net.ProtocolException
import java.net.SocketTimeoutException

/** One signed request and the answer as it arrived, within the time that it may take. */
internal class Exchange(
    private val transport: Transport,
    private val clock: Clock,
    /** Without an answer after this time, the next request must not go by a connection that died the same way. */
    private val doubt: Long,
) {
    /** A request without an answer. */
    class Failure(val certainty: Certainty, val error: AlipayException) : Exception(error)

    /** Whether requests to this URL go by a proxy; null where only the transport knows. */
    fun byProxy(url: String): Boolean? = transport.usesProxy(url)

    /** Signs now, and sends once. What came back proves nothing yet. */
    suspend fun post(deadline: Long, sign: () -> SignedRequest): HttpReply {
        val request = try {
            sign()
        } catch (e: AlipayException) {
            throw Failure(Certainty.NOT_SENT, e)
        }
        try {
            return post(request, deadline)
        } catch (e: CancellationException) {
            // Of the transport's own: nobody gave this request up.
            currentCoroutineContext().ensureActive()
            throw unknown("transport.broken", "the transport gave the request up", e)
        }
    }

    private suspend fun post(request: SignedRequest, deadline: Long): HttpReply = coroutineScope {
        val inTime = Job(coroutineContext.job)
        // On no thread while it sleeps: nearly always the answer comes first, and it never needs one.
        val watching = launch(Dispatchers.Unconfined, CoroutineStart.UNDISPATCHED) {
            watch(deadline)
            inTime.cancel()
        }
        val result = try {
            async(inTime, CoroutineStart.UNDISPATCHED) { answer(request) }.await()
        } catch (e: CancellationException) {
            ensureActive()
            if (!inTime.isCancelled) throw e
            Result.failure(unknown("transport.timeout", "the gateway did not answer in the time of a request", null))
        } finally {
            watching.cancel()
            inTime.cancel()
        }
        // What broke off, or was never answered, says something about the connections beside it.
        if ((result.exceptionOrNull() as? Failure)?.certainty == Certainty.UNKNOWN) transport.giveUpIdle()
        result.getOrThrow()
    }

    private suspend fun answer(request: SignedRequest): Result<HttpReply> = try {
        Result.success(transport.post(request))
    } catch (e: CancellationException) {
        throw e
    } catch (e: Exception) {
        Result.failure(failure(e))
    }

    private suspend fun watch(deadline: Long) {
        if (doubt >= deadline) return clock.sleep(deadline)
        clock.sleep(doubt)
        // The transport may be the host's own code.
        withContext(Dispatchers.IO) { transport.giveUpIdle() }
        clock.sleep(deadline - doubt)
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
