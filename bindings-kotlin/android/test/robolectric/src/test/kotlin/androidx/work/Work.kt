package androidx.work

import android.content.Context
import java.util.concurrent.TimeUnit
import kotlin.reflect.KClass

// Stand-ins for what the sample calls of WorkManager, which is only in Google's repository. They have its names and types, so
// that the sample compiles, and keep what they were asked for; a test runs a worker itself.

class WorkerParameters

abstract class ListenableWorker(val applicationContext: Context, @Suppress("UNUSED_PARAMETER") parameters: WorkerParameters) {
    enum class Result {
        SUCCESS, RETRY;

        companion object {
            fun success() = SUCCESS
            fun retry() = RETRY
        }
    }
}

abstract class CoroutineWorker(context: Context, parameters: WorkerParameters) : ListenableWorker(context, parameters) {
    abstract suspend fun doWork(): Result
}

enum class NetworkType { CONNECTED }

enum class BackoffPolicy { EXPONENTIAL }

enum class ExistingWorkPolicy { KEEP }

enum class ExistingPeriodicWorkPolicy { KEEP }

class Constraints(val network: NetworkType?) {
    class Builder {
        private var network: NetworkType? = null

        fun setRequiredNetworkType(type: NetworkType) = apply { network = type }

        fun build() = Constraints(network)
    }
}

class WorkRequest(val worker: KClass<*>, val everyMinutes: Long?, val constraints: Constraints?) {
    class Builder(private val worker: KClass<*>, private val everyMinutes: Long? = null) {
        private var constraints: Constraints? = null

        fun setConstraints(asked: Constraints) = apply { constraints = asked }

        @Suppress("UNUSED_PARAMETER")
        fun setBackoffCriteria(policy: BackoffPolicy, delay: Long, unit: TimeUnit) = this

        fun build() = WorkRequest(worker, everyMinutes, constraints)
    }
}

inline fun <reified W : ListenableWorker> OneTimeWorkRequestBuilder() = WorkRequest.Builder(W::class)

inline fun <reified W : ListenableWorker> PeriodicWorkRequestBuilder(every: Long, unit: TimeUnit) =
    WorkRequest.Builder(W::class, unit.toMinutes(every))

class WorkManager private constructor() {
    /** By their names. */
    val asked = HashMap<String, WorkRequest>()

    @Suppress("UNUSED_PARAMETER")
    fun enqueueUniqueWork(name: String, policy: ExistingWorkPolicy, work: WorkRequest) {
        asked.putIfAbsent(name, work)
    }

    @Suppress("UNUSED_PARAMETER")
    fun enqueueUniquePeriodicWork(name: String, policy: ExistingPeriodicWorkPolicy, work: WorkRequest) {
        asked.putIfAbsent(name, work)
    }

    companion object {
        private val instance = WorkManager()

        @Suppress("UNUSED_PARAMETER")
        fun getInstance(context: Context) = instance
    }
}
