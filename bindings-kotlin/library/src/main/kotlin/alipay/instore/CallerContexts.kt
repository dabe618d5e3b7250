package alipay.instore

import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.Job
import kotlinx.coroutines.currentCoroutineContext
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext

/**
 * In whose coroutine context a host's code runs: that of the call about the same payment which began last, so that its own
 * elements, such as a tenant or a trace, are there. While nobody waits there are none.
 */
internal class CallerContexts {
    private val calls = HashMap<String, List<CoroutineContext>>()

    /** The context for code about this payment or refund. */
    fun of(id: String?): CoroutineContext = synchronized(calls) { calls[id]?.last() } ?: EmptyCoroutineContext

    /** Makes a call about these payments or refunds. */
    suspend fun <T> during(vararg ids: String?, call: suspend () -> T): T {
        val context = callerElements()
        val known = ids.filterNotNull()
        synchronized(calls) { for (id in known) calls[id] = calls[id].orEmpty() + context }
        try {
            return call()
        } finally {
            synchronized(calls) { for (id in known) leave(id, context) }
        }
    }

    private fun leave(id: String, context: CoroutineContext) {
        val left = calls.getValue(id) - context
        if (left.isEmpty()) calls.remove(id) else calls[id] = left
    }
}

/** What a caller's context holds of its own. On which threads the client runs, and when that ends, is its own matter. */
internal suspend fun callerElements(): CoroutineContext =
    currentCoroutineContext().minusKey(Job).minusKey(ContinuationInterceptor).minusKey(CoroutineExceptionHandler)
