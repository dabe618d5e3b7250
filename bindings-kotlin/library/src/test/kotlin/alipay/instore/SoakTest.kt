package alipay.instore

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.concurrent.thread

class SoakTest {
    private val content = Content("POST", "/ams/api/v1/payments/pay", "T_1", "1685599933871", ByteArray(400) { 'x'.code.toByte() })

    @Test
    fun `64 threads sign with one key while the collector runs`() {
        val key = SigningKey.load(Fixture.privateKey)
        val expected = key.sign(content)
        val threads = Executors.newFixedThreadPool(64)
        val signing = Callable {
            val first = List(10) { key.sign(content) }
            System.gc()
            (first + List(10) { key.sign(content) }).toSet()
        }
        val results = threads.invokeAll(List(64) { signing })
        assertEquals(setOf(expected), results.flatMap { it.get() }.toSet())
        threads.shutdown()
    }

    @Test
    fun `an object that is used for the last time is not collected before that call ends`() {
        val public = SigningKey.load(Fixture.privateKey).use { it.verifyingKey().toPem() }
        val collecting = AtomicBoolean(true)
        val collector = thread {
            while (collecting.get()) {
                System.gc()
                Thread.sleep(1)
            }
        }
        val threads = Executors.newFixedThreadPool(4)
        // Nothing holds the key but the call itself.
        val results = threads.submitAll(4) { (0 until 25).map { SigningKey.load(Fixture.privateKey).sign(content) to VerifyingKey.load(public).bits } }
        assertEquals(1, results.flatMap { it.get() }.toSet().size)
        collecting.set(false)
        collector.join()
        threads.shutdown()
    }

    @Test
    fun `an object that was closed says so, whichever it is`() {
        val merchant = Fixture.merchant()
        val router = Router()
        val merchants = Merchants(listOf(merchant))
        for (closed in listOf(merchants, merchant, router)) closed.close()
        for (work in listOf(
            { merchant.path(Operation.PAY) }, { merchant.signRequest("/x", ByteArray(0)) }, { "$merchant" },
            { router.route("281006020000000000125733") }, { merchants.verifyNotification(emptyList(), ByteArray(0), url = "/n") },
        )) {
            assertEquals("client.closed", Fixture.code { work() })
        }
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
        val calls = Integer.getInteger("alipay.instore.soak", 1_000)
        // A process of its own, whose heap has all its pages from the start: what changes is outside the heap.
        val lines = Fixture.java(
            listOf("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"), "alipay.instore.MemoryProbe", "$calls",
        )
        val resident = lines.single().split(" ").map { it.toLong() }
        println("resident at every tenth of $calls signatures and ${2 * calls} dropped objects, in KiB: ${resident.joinToString(" ")}")
        // What the JVM compiles and caches of this it has after the first half; what calls leave behind goes on growing.
        val (middle, end) = resident[5] to resident.last()
        assertTrue(end - middle < 6_000, "grew from $middle to $end KiB")
    }
}

/** Signs, and makes objects that nobody closes; says what the process holds after each tenth. */
internal object MemoryProbe {
    private fun settled(): Long {
        repeat(5) {
            System.gc()
            Thread.sleep(100)
        }
        return File("/proc/self/status").readLines().first { it.startsWith("VmRSS") }.filter { it.isDigit() }.toLong()
    }

    @JvmStatic
    fun main(arguments: Array<String>) {
        val calls = arguments[0].toInt()
        val content = Content("POST", "/ams/api/v1/payments/pay", "T_1", "1685599933871", ByteArray(400) { 'x'.code.toByte() })
        val key = SigningKey.load(Fixture.privateKey)
        val public = key.verifyingKey().toPem()
        fun work(count: Int) = repeat(count) {
            key.sign(content)
            // Dropped, not closed: the collector has to find them.
            VerifyingKey.load(public)
            Router(direct = listOf(DirectWallet("MPAY", "003"))).route("281003020000000000125733")
        }
        work(1_000)
        val resident = mutableListOf(settled())
        repeat(10) {
            work(calls / 10)
            resident += settled()
        }
        println(resident.joinToString(" "))
    }
}
