package alipay.instore

import kotlinx.coroutines.delay

/** The client's time: wall clock in milliseconds since the epoch, and waiting. */
public interface Clock {
    /** Milliseconds since the epoch. */
    public fun now(): Long

    /**
     * Milliseconds from any origin that stays the same, on a clock that nobody sets: it passes at the pace of [now], and a
     * change of the wall clock does not move it. A clock that is never set while the process runs needs none of its own.
     */
    public fun monotonic(): Long = now()

    /** How many of its milliseconds pass in one of real time: 1, except for a clock of tests and demonstrations. */
    public fun pace(): Int = 1

    /** Waits for a number of milliseconds of this clock. It suspends, and blocks no thread. */
    public suspend fun sleep(milliseconds: Long)

    /** The clock of this machine. */
    public object System : Clock {
        override fun now(): Long = java.lang.System.currentTimeMillis()

        override fun monotonic(): Long = passed()

        override suspend fun sleep(milliseconds: Long): Unit = delay(milliseconds)
    }

    /**
     * A clock that showed real time at [origin] and runs [speed] times faster since, as that of a sandbox does. A speed of 0
     * counts as 1.
     */
    public class Fast(private val origin: Long, speed: Int) : Clock {
        private val speed = speed.coerceAtLeast(1)

        override fun now(): Long = origin + (java.lang.System.currentTimeMillis() - origin) * speed

        override fun monotonic(): Long = passed() * speed

        override fun pace(): Int = speed

        // Rounded up: an early tick would only be fed again.
        override suspend fun sleep(milliseconds: Long): Unit = delay((milliseconds - 1).coerceAtLeast(-1) / speed + 1)
    }
}

private fun passed(): Long = System.nanoTime() / 1_000_000
