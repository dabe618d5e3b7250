package alipay.instore.sample

import alipay.instore.Clock
import android.os.SystemClock
import kotlinx.coroutines.delay

/**
 * The time of the device. [monotonic] goes on while the device sleeps, which `System.nanoTime` does not: after a night in
 * Doze a payment would otherwise seem to have just begun.
 */
// ANCHOR: clock
object AndroidClock : Clock {
    override fun now(): Long = System.currentTimeMillis()

    override fun monotonic(): Long = SystemClock.elapsedRealtime()

    override suspend fun sleep(milliseconds: Long): Unit = delay(milliseconds)
}
// ANCHOR_END: clock
