package alipay.instore

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File
import java.util.concurrent.Callable
import java.util.concurrent.Executors

class SoakTest {
    private val content = Content("POST", "/ams/api/v1/payments/pay", "T_1", "1685599933871", ByteArray(400) { 'x'.code.toByte() })

    /** What the process holds of the machine's memory, in KiB. */
    private fun resident(): Long =
        File("/proc/self/status").readLines().first { it.startsWith("VmRSS") }.filter { it.isDigit() }.toLong()

    private fun settled(): Long {
        repeat(5) {
            System.gc()
            Thread.sleep(100)
        }
        return resident()
    }

    @Test
    fun `64 threads sign with one key while the collector runs`() {
        val key = SigningKey.load(Fixture.privateKey)
        val expected = key.sign(content)
        val threads = Executors.newFixedThreadPool(64)
        val results = threads.invokeAll(List(64) { Callable { (0 until 20).map { if (it == 10) System.gc(); key.sign(content) }.toSet() } })
        assertEquals(setOf(expected), results.flatMap { it.get() }.toSet())
        threads.shutdown()
    }

    @Test
    fun `a key that is closed while others sign ends as an error, never as a crash`() {
        repeat(20) {
            val key = SigningKey.load(Fixture.privateKey)
            val threads = Executors.newFixedThreadPool(8)
            val results = threads.submitAll(8) { runCatching { repeat(50) { key.sign(content) } } }
            key.close()
            for (result in results) {
                val error = result.get().exceptionOrNull() ?: continue
                assertEquals("client.closed", (error as AlipayException).code)
            }
            threads.shutdown()
        }
    }

    private fun <T> java.util.concurrent.ExecutorService.submitAll(count: Int, work: () -> T) =
        List(count) { submit(Callable { work() }) }

    @Test
    fun `native memory does not grow with calls and objects`() {
        val calls = Integer.getInteger("alipay.instore.soak", 3_000)
        val key = SigningKey.load(Fixture.privateKey)
        val public = key.verifyingKey().toPem()
        fun work(count: Int) = repeat(count) {
            key.sign(content)
            // Dropped, not closed: the collector has to find them.
            VerifyingKey.load(public)
            Router(direct = listOf(DirectWallet("MPAY", "003"))).route("281003020000000000125733")
        }
        work(calls / 3)
        val before = settled()
        work(calls)
        val after = settled()
        println("resident before and after $calls signatures and ${2 * calls} dropped objects: $before KiB, $after KiB")
        // The heap is bounded by -Xmx; anything a call or an object leaves behind would show many times over.
        assertTrue(after - before < 40_000, "grew from $before to $after KiB")
    }
}
