package alipay.instore.sample

import alipay.instore.AlipayException
import alipay.instore.Client
import android.content.Context
import androidx.work.BackoffPolicy
import androidx.work.Constraints
import androidx.work.CoroutineWorker
import androidx.work.ExistingPeriodicWorkPolicy
import androidx.work.ExistingWorkPolicy
import androidx.work.NetworkType
import androidx.work.OneTimeWorkRequestBuilder
import androidx.work.PeriodicWorkRequestBuilder
import androidx.work.WorkManager
import androidx.work.WorkerParameters
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.withTimeoutOrNull
import java.util.concurrent.TimeUnit

// ANCHOR: worker
/**
 * Finishes payments whose process has died: once when the app starts, and every quarter of an hour, which is the shortest
 * period that Android allows. It works for a few minutes and ends; what is still open then waits for the next time.
 */
class FinishWorker(context: Context, parameters: WorkerParameters) : CoroutineWorker(context, parameters) {
    override suspend fun doWork(): Result {
        val client = (applicationContext as SampleApp).client
        val finished = try {
            withTimeoutOrNull(LONGEST) { finish(client) }
        } catch (_: AlipayException) {
            null
        }
        return if (finished == null) Result.retry() else Result.success()
    }

    /** Returns when nothing is open: payments, refunds and reverses. */
    private suspend fun finish(client: Client): Unit = coroutineScope {
        do {
            val found = client.resumeAll()
            found.payments.filter { it.error == null }
                .map { payment -> async { client.finish(payment.paymentRequestId, Client.UNLIMITED) } }.awaitAll()
            // A process that died a moment ago still counts as alive.
            if (found.drivenElsewhere > 0) delay(AGAIN)
        } while (found.drivenElsewhere > 0)
    }

    companion object {
        // Android ends a worker after ten minutes.
        private const val LONGEST = 4 * 60_000L
        private const val AGAIN = 5_000L

        /** Asks for both; again is the same as once. */
        fun schedule(context: Context) {
            val online = Constraints.Builder().setRequiredNetworkType(NetworkType.CONNECTED).build()
            val once = OneTimeWorkRequestBuilder<FinishWorker>().setConstraints(online)
                .setBackoffCriteria(BackoffPolicy.EXPONENTIAL, 30, TimeUnit.SECONDS).build()
            val often = PeriodicWorkRequestBuilder<FinishWorker>(15, TimeUnit.MINUTES).setConstraints(online).build()
            WorkManager.getInstance(context).apply {
                enqueueUniqueWork("finish-now", ExistingWorkPolicy.KEEP, once)
                enqueueUniquePeriodicWork("finish", ExistingPeriodicWorkPolicy.KEEP, often)
            }
        }
    }
}
// ANCHOR_END: worker
