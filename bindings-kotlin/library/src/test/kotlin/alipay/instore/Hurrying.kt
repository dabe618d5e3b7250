package alipay.instore

import kotlinx.coroutines.delay

/** A clock that shows real time, and from some moment on runs 5,000 times faster. */
internal class Hurrying : Clock {
    @Volatile
    private var since: Long? = null

    fun hurry() {
        if (since == null) since = real()
    }

    private fun real() = System.nanoTime() / 1_000_000

    private fun gained() = since?.let { (real() - it) * (SPEED - 1) } ?: 0

    override fun now(): Long = System.currentTimeMillis() + gained()

    override fun monotonic(): Long = real() + gained()

    // Asked once, when a client is made.
    override fun pace(): Int = SPEED.toInt()

    override suspend fun sleep(milliseconds: Long) {
        val end = monotonic() + milliseconds
        while (monotonic() < end) delay(1)
    }

    private companion object {
        const val SPEED = 5_000L
    }
}
