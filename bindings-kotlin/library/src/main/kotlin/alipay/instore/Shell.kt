package alipay.instore

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.job
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.selects.select
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.serialization.json.JsonObject
import java.lang.ref.WeakReference
import java.util.concurrent.ConcurrentLinkedQueue

/**
 * The shell around the engine: it hands in what happened, and does what the engine asks for. It decides nothing about payments.
 *
 * Everything runs on threads of the client's own, few for the engine and its store: one coroutine that wakes the engine, and one
 * for each store operation and each request, which has a thread for itself. Who cancels the coroutine of a call stops waiting; the payment goes on.
 */
internal class Shell(
    private val engine: Driver,
    private val exchange: Exchange,
    private val clock: Clock,
    private val told: Told,
    private val contexts: CallerContexts,
    /** What the host's own store raised about a payment. */
    private val failureOf: (String?) -> Throwable?,
) {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.IO.limitedParallelism(THREADS))

    /** The requests that are under way are its children. */
    private val posts = SupervisorJob(scope.coroutineContext.job)

    /** Held while something is handed in and what comes of it is begun, so that outputs are carried out in their order. */
    private val lock = Any()
    private val waiting = HashMap<Long, Waiting>()
    private var calls = 0L
    private val changed = Channel<Unit>(Channel.CONFLATED)
    private val closed = CompletableDeferred<Unit>()

    // Holds the shell only while it hands time in, so that a client that nobody uses any more ends.
    private val waker: Job by lazy { waking(scope, WeakReference(this), changed, clock) }

    /** Whether it was told to close. */
    @Volatile
    var isClosing: Boolean = false
        private set

    /** Store operations that are not begun yet. */
    private val asked = ConcurrentLinkedQueue<Long>()

    /** Requests that are not begun yet. To wake a thread takes longer than to hand something in, so nothing is locked meanwhile. */
    private val requests = ConcurrentLinkedQueue<Job>()

    /** When the engine asks for time, by the monotonic clock. */
    private var due = 0L

    /** Until when the waker sleeps. */
    private var alarm = Long.MIN_VALUE

    /** Asks for something about a payment, and waits for the result, which is JSON. */
    suspend fun call(paymentRequestId: String, request: Request, wait: Long? = null): JsonObject =
        jsonOf(checkNotNull(answer(paymentRequestId, request, wait)) { "the engine answers each call with a result of its own" })

    /** The same for a call that may have nothing to tell. */
    suspend fun answer(paymentRequestId: String, request: Request, wait: Long? = null): String? =
        ask(paymentRequestId) { call, now -> engine.call(call, paymentRequestId, request, wait, now) }

    /** Hands in a verified notification, and waits until it is stored. */
    suspend fun notify(paymentRequestId: String?, refundRequestId: String?, body: String): JsonObject {
        val answer = contexts.during(refundRequestId) {
            ask(paymentRequestId) { call, now -> engine.notified(call, paymentRequestId, refundRequestId, body, now) }
        }
        return jsonOf(checkNotNull(answer) { "a notification has a result" })
    }

    private suspend fun ask(about: String?, input: (Long, ClockReading) -> Outputs): String? {
        begin()
        val caller = Waiting(about, !told.isTelling(about), failureOf)
        val call = synchronized(lock) { (++calls).also { waiting[it] = caller } }
        try {
            return contexts.during(about) {
                handIn { now -> input(call, now) }
                caller.result.await()
            }
        } finally {
            // Nobody waits any more; the call itself goes on.
            synchronized(lock) { waiting.remove(call) }
        }
    }

    /** Begins to wake the engine; nothing if that is done already. */
    fun begin() {
        waker
    }

    /** Works until the client is closed. */
    suspend fun work() {
        begin()
        closed.await()
    }

    /** Every step of a payment that this process sees, until the channel is cancelled. */
    fun watch(paymentRequestId: String): ReceiveChannel<TimelineEntry> = told.watch(paymentRequestId)

    /**
     * Waits for a payment in the background, so that this process learns of its steps: from now on, and not from when a thread
     * gets to it.
     */
    suspend fun follow(paymentRequestId: String): Job = scope.launch(callerElements(), CoroutineStart.UNDISPATCHED) {
        try {
            answer(paymentRequestId, Request.Resume, Long.MAX_VALUE)
        } catch (_: AlipayException) {
            // The steps have told it.
        }
    }

    /**
     * Gives everything back that this client drives. Whoever waits is told that the result is not known. A request that is under
     * way may reach the gateway first: a customer who was just scanned pays, if another process goes on.
     */
    suspend fun close() {
        isClosing = true
        handIn { now -> engine.stop(now) }
        try {
            // A store or a gateway that does not answer keeps nobody: this owner counts as dead after a while.
            withTimeoutOrNull(CLOSING) {
                closed.await()
                posts.children.toList().joinAll()
            }
        } finally {
            closed.complete(Unit)
            told.end()
            scope.cancel()
        }
    }

    /** Hands something in, and whatever the store answers at once. */
    private fun handIn(input: (ClockReading) -> Outputs) {
        handle(input)
        while (true) store(asked.poll() ?: return)
    }

    private fun handle(input: (ClockReading) -> Outputs) {
        synchronized(lock) {
            val now = clock.reading()
            val outputs = input(now)
            outputs.list.forEach { carryOut(it) }
            due = now.monotonic + outputs.sleep
            // Most inputs ask for no time before the waker wakes by itself, and waking it costs more than they do.
            if (due < alarm) {
                alarm = due
                changed.trySend(Unit)
            }
        }
        while (true) (requests.poll() ?: break).start()
        told.tell()
    }

    private fun carryOut(output: Output) {
        when (output) {
            is Output.Store -> asked.add(output.job)
            is Output.Post -> requests.add(request(output))
            is Output.Observed -> told.observed(output.paymentRequestId, output.entry)
            is Output.Answer -> waiting.remove(output.call)?.let { told.answered(it, output) }
            is Output.Closed -> closed.complete(Unit)
        }
    }

    private fun request(of: Output.Post): Job =
        scope.launch(RequestThread() + posts, CoroutineStart.LAZY) { post(of.post, of.deadline) }

    private fun store(job: Long) {
        val over = try {
            engine.begin(job)
        } catch (_: AlipayException) {
            // Without an answer the engine takes it that something may be written.
            true
        }
        if (over) handle { now -> engine.performed(job, now) } else scope.launch { finish(job) }
    }

    private suspend fun finish(job: Long) {
        try {
            engine.perform(job)
        } catch (e: CancellationException) {
            throw e
        } catch (_: Exception) {
            // As above.
        }
        handIn { now -> engine.performed(job, now) }
    }

    private suspend fun post(post: Long, deadline: Long) {
        try {
            val reply = exchange.post(deadline) { engine.sign(post, clock.now()) }
            handIn { now -> engine.answered(post, reply, now) }
        } catch (e: Exchange.Failure) {
            handIn { now -> engine.unanswered(post, e, now) }
        }
    }

    /** Hands the time in, and says how long to sleep at most; nothing once it closes. */
    private fun woken(): Long? {
        if (isClosing) return null
        val failed = try {
            handIn { now -> engine.time(now) }
            false
        } catch (_: AlipayException) {
            true
        }
        return synchronized(lock) {
            val now = clock.monotonic()
            alarm = if (failed) now + AGAIN else due
            (alarm - now).coerceAtLeast(0)
        }
    }

    private companion object {
        /** So many threads a client uses at most for the engine and its store. */
        const val THREADS = 4

        /** So long a client that closes waits for its store and for the requests that are under way, in milliseconds. */
        const val CLOSING = 5_000L

        /** After a defect the engine is woken again after this time, in milliseconds. */
        const val AGAIN = 1_000L

        /** Hands time in whenever the engine asks for it. */
        fun waking(scope: CoroutineScope, shell: WeakReference<Shell>, changed: ReceiveChannel<Unit>, clock: Clock): Job =
            scope.launch {
                while (true) {
                    val sleep = shell.get()?.woken() ?: break
                    val alarm = launch { clock.sleep(sleep) }
                    select {
                        changed.onReceive {}
                        alarm.onJoin {}
                    }
                    alarm.cancel()
                }
            }
    }
}

internal fun Clock.reading() = ClockReading(now(), monotonic())

/** Who waits for a call. */
internal class Waiting(
    /** The payment that the call is about. */
    val about: String?,
    /** The result comes after the steps before it. */
    val ordered: Boolean,
    private val failureOf: (String?) -> Throwable?,
) {
    val result = CompletableDeferred<String?>()

    fun tell(answer: Output.Answer) {
        val error = answer.error
        if (error == null) {
            result.complete(answer.result.takeIf { it != "null" })
        } else {
            val json = jsonOf(error)
            val ofStore = json.text("category") == "store" || json.text("code") == "payment.interrupted"
            result.completeExceptionally(AlipayException.of(json, about, if (ofStore) failureOf(about) else null))
        }
    }
}
