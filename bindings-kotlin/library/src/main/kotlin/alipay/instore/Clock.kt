package alipay.instore

import kotlinx.coroutines.delay

/** The client's time: wall clock in milliseconds since the epoch, and waiting. */
public interface Clock {
    /** Milliseconds since the epoch. */
    public fun now(): Long

    /** Waits so many milliseconds of this clock. */
    public suspend fun sleep(milliseconds: Long)

    /** The clock of this machine. */
    public object System : Clock {
        override fun now(): Long = java.lang.System.currentTimeMillis()

        override suspend fun sleep(milliseconds: Long): Unit = delay(milliseconds)
    }

    /**
     * A clock that showed real time at [origin] and runs [speed] times faster since, as that of a sandbox does. A speed of 0
     * counts as 1.
     */
    public class Fast(private val origin: Long, speed: Int) : Clock {
        private val speed = speed.coerceAtLeast(1)

        override fun now(): Long = origin + (java.lang.System.currentTimeMillis() - origin) * speed

        // Rounded up: an early tick would only be fed again.
        override suspend fun sleep(milliseconds: Long): Unit = delay((milliseconds - 1).coerceAtLeast(-1) / speed + 1)
    }
}
