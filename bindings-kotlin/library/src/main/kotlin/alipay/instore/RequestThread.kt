package alipay.instore

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Runnable
import kotlinx.coroutines.asExecutor
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.suspendCancellableCoroutine
import java.util.concurrent.Executor
import java.util.concurrent.atomic.AtomicReference
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext

/** Runs blocking work on threads of this library, whatever the host does with those of [Dispatchers.IO]. */
internal class BlockingWork(threads: Int) {
    /** The threads. */
    val executor: Executor = Dispatchers.IO.limitedParallelism(threads).asExecutor()

    /** Work is given up on threads of its own: all others may be at work. */
    private val aborting = Dispatchers.IO.limitedParallelism(ABORTING).asExecutor()

    /**
     * A cancelled coroutine goes on at once, and [abort] ends the work; what was cancelled before it got a thread is not done. [on]
     * is what gives the work its thread.
     */
    suspend fun <T> run(work: () -> T, abort: () -> Unit, on: Executor = executor): T = suspendCancellableCoroutine { continuation ->
        continuation.invokeOnCancellation { aborting.execute(abort) }
        on.execute { if (continuation.isActive) continuation.resumeWith(runCatching(work)) }
    }

    private companion object {
        const val ABORTING = 16
    }
}

/**
 * The engine of each client limits how many requests are under way, and the time of a request begins when the engine asks for
 * it. So none may wait for a thread here: that would count as the gateway's silence.
 */
private val REQUESTS = BlockingWork(Int.MAX_VALUE)

/**
 * The thread of one request: it signs, blocks while the gateway answers, and hands the answer in. To go from one thread to another
 * costs more than to read the answer, so the coroutine goes on where it was blocked. When it is cancelled meanwhile, it goes on
 * elsewhere at once.
 */
internal class RequestThread : CoroutineDispatcher(), Executor {
    private val current = AtomicReference<Thread?>()
    private val afterwards = AtomicReference<Runnable?>()

    override fun isDispatchNeeded(context: CoroutineContext): Boolean = current.get() !== Thread.currentThread()

    override fun dispatch(context: CoroutineContext, block: Runnable): Unit = REQUESTS.executor.execute {
        val here = Thread.currentThread()
        current.set(here)
        try {
            block.run()
            // A host's transport may ask for more than one.
            while (true) (afterwards.getAndSet(null) ?: break).run()
        } finally {
            current.compareAndSet(here, null)
        }
    }

    /** Work that blocks is done when the coroutine waits for it, and no longer takes the thread. */
    override fun execute(work: java.lang.Runnable) {
        if (current.get() !== Thread.currentThread() || !afterwards.compareAndSet(null, work)) REQUESTS.executor.execute(work)
    }
}

/** Runs a request on a thread for HTTP. */
internal suspend fun <T> onIo(work: () -> T, abort: () -> Unit): T {
    val own = currentCoroutineContext()[ContinuationInterceptor] as? RequestThread
    return REQUESTS.run(work, abort, own ?: REQUESTS.executor)
}
