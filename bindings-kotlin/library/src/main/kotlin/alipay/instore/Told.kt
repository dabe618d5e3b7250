package alipay.instore

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch

/**
 * What is told to the outside: steps to the observer, to the log and to whoever watches, and results to callers.
 *
 * Each payment has a queue of its own, so that its steps come in their order, the result last, and an observer that is slow or
 * never returns holds up only the news of its own payment. A result does not wait for an observer that takes too long, nor does that
 * of a call that the observer itself makes.
 */
internal class Told(private val observer: Observer?, private val contexts: CallerContexts) {
    /** The news of one payment. While somebody tells them, others only add to them. */
    private class Queue {
        val news = ArrayDeque<() -> Unit>()
        var telling = false
    }

    private val queues = HashMap<String, Queue>()

    /** Those with news that nobody tells yet. */
    private val ready = ArrayDeque<String>()

    /** Results that wait for no step. */
    private val due = ArrayDeque<() -> Unit>()
    private val watchers = HashMap<String, MutableList<Channel<TimelineEntry>>>()

    // Not cancelled with the client: what was to be told is told.
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.IO.limitedParallelism(THREADS))

    fun observed(id: String, entry: String): Unit = add(id) { step(id, entry) }

    /** Whether the observer is being told of this payment. A call that begins now may be its own, whose result must not wait. */
    fun isTelling(id: String?): Boolean = observer != null && synchronized(queues) { queues[id]?.telling ?: false }

    /** Tells a result, if it is ordered after the steps that came before. */
    fun answered(waiting: Waiting, answer: Output.Answer) {
        val tell = { waiting.tell(answer) }
        val id = waiting.about
        if (id == null || !waiting.ordered) {
            synchronized(queues) { due.addLast(tell) }
            return
        }
        if (isTelling(id)) {
            scope.launch {
                delay(PATIENCE)
                tell()
            }
        }
        add(id, tell)
    }

    /** Tells what nobody tells yet: here, or where an observer may take its time, on a thread of its own. Nothing is locked meanwhile. */
    fun tell() {
        val (results, ids) = synchronized(queues) { drained(due) to drained(ready) }
        for (result in results) result()
        for (id in ids) {
            if (observer == null) empty(id) else scope.launch(contexts.of(id)) { empty(id) }
        }
    }

    private fun <T> drained(from: ArrayDeque<T>): List<T> = from.toList().also { from.clear() }

    /** Nobody is told of any step any more. */
    fun end() {
        val all = synchronized(queues) { watchers.values.flatten().also { watchers.clear() } }
        for (watcher in all) watcher.close()
    }

    fun watch(id: String): ReceiveChannel<TimelineEntry> {
        val watcher = Channel<TimelineEntry>(Channel.UNLIMITED)
        synchronized(queues) { watchers.getOrPut(id) { mutableListOf() }.add(watcher) }
        watcher.invokeOnClose { synchronized(queues) { forget(id, watcher) } }
        return watcher
    }

    private fun forget(id: String, watcher: Channel<TimelineEntry>) {
        val others = watchers[id] ?: return
        others.remove(watcher)
        if (others.isEmpty()) watchers.remove(id)
    }

    private fun add(id: String, news: () -> Unit): Unit = synchronized(queues) {
        val queue = queues.getOrPut(id) { Queue() }
        queue.news.addLast(news)
        if (!queue.telling) {
            queue.telling = true
            ready.addLast(id)
        }
    }

    private fun empty(id: String) {
        while (true) {
            val news = synchronized(queues) { queues[id]?.news?.removeFirstOrNull().also { if (it == null) queues.remove(id) } }
            (news ?: return)()
        }
    }

    private fun step(id: String, text: String) {
        if (!isWanted(id, text)) return
        val entry = TimelineEntry.of(jsonOf(text))
        val level = level(entry.event)
        if (Log.STEPS.isLoggable(level)) Log.STEPS.log(level, "$id: ${entry.elapsed} ms: ${entry.event}")
        try {
            observer?.step(id, entry)
        } catch (e: Exception) {
            // The payment goes on whatever the host's code does.
            Log.STEPS.log(Log.Level.ERROR, "the observer raised an exception", e)
        }
        val watching = synchronized(queues) { watchers[id]?.toList() }
        watching?.forEach { it.trySend(entry) }
    }

    /** Whether anybody may want this step. Mostly nobody does, and then it is not read. */
    private fun isWanted(id: String, text: String): Boolean =
        observer != null || synchronized(queues) { id in watchers } || Log.STEPS.isLoggable(Log.Level.DEBUG) || LOUD.any { it in text }

    private fun level(event: TimelineEvent): Log.Level = when (event) {
        is TimelineEvent.Alerted -> Log.Level.ERROR
        is TimelineEvent.Unanswered -> Log.Level.WARNING
        else -> Log.Level.DEBUG
    }

    private companion object {
        /** So long a result waits for the steps before it, which an observer holds up, in milliseconds. */
        const val PATIENCE = 1_000L

        /** The words of the steps that are more than debugging. */
        val LOUD = listOf("\"alerted\"", "\"unanswered\"")

        /** So many observers' calls run at once. */
        const val THREADS = 16
    }
}
