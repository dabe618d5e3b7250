package alipay.instore.examples

import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.FileStore
import alipay.instore.MemoryStore
import alipay.instore.Outcome
import alipay.instore.PaymentResult
import alipay.instore.Protocol
import alipay.instore.testing.Sandbox
import alipay.instore.testing.payRequest
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.math.BigDecimal
import java.util.concurrent.TimeUnit

/** The examples run against the sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesTest {
    private val sandbox = Sandbox.start(speed = 10)
    private val price = BigDecimal("19.99")

    @AfterAll
    fun end() = sandbox.close()

    private fun client(folder: File) = Client.Builder(sandbox.merchant(Protocol.AMS), FileStore(folder))
        .clock(sandbox.clock).shop(cornerShop("TILL-1")).notifyUrlConfigured(true).build()

    @Test
    fun `the till in Kotlin sells`(@TempDir folder: File) = runBlocking<Unit> {
        client(folder).use { client ->
            val till = Till(client)
            assertEquals("paid", till.words(till.sell(price, "USD", PAID)))
            assertTrue("balance" in till.words(till.sell(price, "USD", BALANCE_TOO_LOW)).lowercase())
            assertEquals(emptyList<String>(), till.finish())
        }
    }

    @Test
    fun `the till in Java sells`(@TempDir folder: File) {
        client(folder).use { client ->
            assertTrue(JavaTill(client).sell(price, "USD", PAID).isSucceeded)
            assertTrue(JavaTill(client).sellLater(price, "USD", PAID).get(60, TimeUnit.SECONDS).isSucceeded)
        }
    }

    @Test
    fun `an app that was killed goes on where it was`(@TempDir folder: File) = runBlocking<Unit> {
        val first = PosApp(client(folder), Dispatchers.Default) {}
        val request = payRequest(Amount.fromMajor(price, "USD"), PAID_AFTER_INQUIRIES, "pos-1")
        first.pay(request)
        while (FileStore(folder).load("pos-1") == null) delay(1)
        first.stop()
        val finished = CompletableDeferred<PaymentResult>()
        PosApp(client(folder), Dispatchers.Default) { finished.complete(it) }.start()
        assertEquals(Outcome.Succeeded, withTimeout(60_000) { finished.await() }.outcome)
    }

    private fun started(vararg words: String): Process {
        val java = File(System.getProperty("java.home"), "bin/java").path
        val command = listOf(java, "-cp", System.getProperty("java.class.path"), "alipay.instore.examples.Workers", *words)
        return ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()
    }

    private fun printed(vararg words: String): String = started(*words).inputStream.bufferedReader().readText().trim()

    @Test
    fun `a sale that one process began is finished by another`(@TempDir folder: File) {
        // The workers go by the clock of the machine.
        Sandbox.start(speed = 1).use { sandbox ->
            val settings = sandbox.settingsFile.path
            val id = printed("sell", settings, folder.path, "19.99 USD", PAID_AFTER_INQUIRIES)
            assertEquals("in progress", printed("status", settings, folder.path, id))
            val worker = started("worker", settings, folder.path)
            try {
                val deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60)
                while (printed("status", settings, folder.path, id) == "in progress") assertTrue(System.nanoTime() < deadline)
                assertEquals("succeeded", printed("status", settings, folder.path, id))
                worker.destroy()
                assertTrue(worker.waitFor(30, TimeUnit.SECONDS), "it goes on after SIGTERM")
            } finally {
                worker.destroyForcibly()
            }
        }
    }

    @Test
    fun `a notification is verified, stored and acknowledged`() = runBlocking<Unit> {
        val client = Client.Builder(sandbox.merchant(Protocol.AMS), MemoryStore()).clock(sandbox.clock).build()
        NotificationServer(client).use { server ->
            val request = payRequest(Amount.fromMajor(price, "USD"), PAID, "notified-1", server.url)
            assertTrue(client.pay(request).isSucceeded)
            withTimeout(60_000) { while (!ACKNOWLEDGED.containsMatchIn(sandbox.ledger()["notifications"].toString())) delay(50) }
        }
    }

    private companion object {
        val ACKNOWLEDGED = Regex("\"acknowledged_ms\":[0-9]")
        const val PAID = "281006020000000000125733"
        const val PAID_AFTER_INQUIRIES = "281006029000000000000002"
        const val BALANCE_TOO_LOW = "281006029000000000000004"
    }
}
