package alipay.instore.vectors

import alipay.instore.AlipayException
import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.Clock
import alipay.instore.FileStore
import alipay.instore.PaymentCode
import alipay.instore.Protocol
import alipay.instore.SandboxSettings
import kotlinx.coroutines.runBlocking
import java.io.File

/**
 * The till in Kotlin that `crash-test` kills: it begins a payment, or takes one up again, and says how it ended. The words
 * and the line of output are those that `tests/src/bin/crash-till.rs` describes.
 */
internal object CrashTill {
    @JvmStatic
    fun main(words: Array<String>) {
        val line = try {
            obj("outcome" to client(words).use { outcome(it, words) })
        } catch (e: AlipayException) {
            System.err.println(e)
            obj("error" to e.code)
        }
        println(line)
    }

    private fun client(words: Array<String>): Client {
        val settings = SandboxSettings.fromFile(File(words[1]), Protocol.of(words[3]))
        val clock = Clock.Fast(settings.clockOrigin ?: 0, settings.speed)
        // Who was killed counts as dead soon, or the payment would expire before it goes on.
        return Client.Builder(settings.merchant, FileStore(words[2])).clock(clock).ownerTimeout(500).build()
    }

    private fun outcome(client: Client, words: Array<String>): String = runBlocking {
        val id = words[4]
        val result = when (words[0]) {
            "pay" -> {
                val request = sale(client.merchant.protocol, id, PaymentCode.of(words[5]), Amount.fromMinor(words[6], words[7]))
                client.pay(request, wait = Client.UNLIMITED)
            }
            else -> client.resume(id, Client.UNLIMITED)
        }
        checkNotNull(result.outcome) { "the payment is still in progress" }.word
    }
}
