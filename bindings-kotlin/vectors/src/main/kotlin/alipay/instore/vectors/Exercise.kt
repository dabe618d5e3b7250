package alipay.instore.vectors

import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.Clock
import alipay.instore.FileStore
import alipay.instore.PaymentCode
import alipay.instore.Protocol
import alipay.instore.SandboxSettings
import alipay.instore.Store
import alipay.instore.StoreKit
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.io.File
import kotlin.system.exitProcess

/**
 * What a native library has to show beside the vectors, one JSON object on standard output:
 *
 * - `kit FOLDER`: every property of the store kit with a file store;
 * - `payments SANDBOX_JSON CODES_JSON FOLDER`: in both protocols a payment with every code of the sandbox.
 */
internal object Exercise {
    private const val AT_ONCE = 16

    @JvmStatic
    fun main(words: Array<String>) {
        val (count, broken) = when (words[0]) {
            "kit" -> kit(File(words[1]))
            "payments" -> payments(File(words[1]), File(words[2]), File(words[3]))
            else -> error("no exercise ${words[0]}")
        }
        println(obj("count" to count, "broken" to broken))
        System.out.flush()
        exitProcess(if (broken.isEmpty()) 0 else 1)
    }

    private fun kit(folder: File): Pair<Int, List<String>> {
        val open = StoreKit.Opener { property -> FileStore(File(folder, property)) as Store }
        return StoreKit.properties().size to StoreKit.checkBlocking(open)
    }

    private fun payments(sandbox: File, codes: File, folder: File): Pair<Int, List<String>> {
        val behaviours = Json.parseToJsonElement(codes.readText()).jsonObject.getValue("codes").jsonArray.map { it.jsonObject }
        val broken = mutableListOf<String>()
        var count = 0
        for (protocol in listOf(Protocol.ALIPAY_PLUS, Protocol.AMS)) {
            val settings = SandboxSettings.fromFile(sandbox, protocol)
            val clock = Clock.Fast(settings.clockOrigin ?: 0, settings.speed)
            Client.Builder(settings.merchant, FileStore(File(folder, protocol.word))).clock(clock).build().use { client ->
                runBlocking(Dispatchers.Default) {
                    // The sandbox's clock is fast, so a payment that waits for this machine would time out.
                    val atOnce = Semaphore(AT_ONCE)
                    val ended = behaviours.mapIndexed { index, behaviour ->
                        async {
                            fun text(name: String) = behaviour.getValue(name).jsonPrimitive.content
                            val request = sale(protocol, "P-${protocol.word}-$index", PaymentCode.of(text("code")), Amount.fromMinor("1999", "USD"))
                            val outcome = atOnce.withPermit { client.pay(request, wait = Client.UNLIMITED) }.outcome?.word
                            val ended = if (outcome == "succeeded") "paid" else outcome
                            val expected = behaviour.getValue("expected").jsonObject.getValue(protocol.word).jsonPrimitive.content
                            if (ended == expected) null else "${protocol.word} ${text("name")}: $ended, expected $expected"
                        }
                    }.awaitAll()
                    count += ended.size
                    broken += ended.filterNotNull()
                }
            }
        }
        return count to broken
    }
}
