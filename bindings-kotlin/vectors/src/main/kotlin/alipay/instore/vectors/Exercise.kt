package alipay.instore.vectors

import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.Clock
import alipay.instore.FileStore
import alipay.instore.PaymentCode
import alipay.instore.Policy
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
import kotlinx.serialization.json.JsonObject
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
    private const val AT_ONCE = 8

    // Both in real time, whatever the speed of the sandbox's clock.
    private const val REPLY_MILLISECONDS = 5_000L
    private const val REQUEST_MILLISECONDS = 120_000L

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
            client(settings, clock, FileStore(File(folder, protocol.word))).use { client ->
                runBlocking(Dispatchers.Default) {
                    // The sandbox's clock is fast, so a payment that waits for this machine would time out.
                    val atOnce = Semaphore(AT_ONCE)
                    val ended = behaviours.mapIndexed { index, behaviour ->
                        val id = "P-${protocol.word}-$index"
                        val payment = async { atOnce.withPermit { ended(client, id, behaviour) } }
                        // The first one waits for Java to load its classes.
                        if (index == 0) payment.join()
                        payment
                    }.awaitAll()
                    count += ended.size
                    broken += ended.filterNotNull()
                }
            }
        }
        return count to broken
    }

    /**
     * A client that gives its requests as much real time as a till has. Where this machine is too slow for the sandbox's clock, a pay
     * is overtaken before it leaves, or is given up before it arrives; in AMS it may not be sent again, so the payment would end as
     * failed or cancelled, and rightly.
     */
    private fun client(settings: SandboxSettings, clock: Clock, store: Store): Client =
        Client.Builder(settings.merchant, store)
            .clock(clock)
            .policy(Policy.of(settings.merchant.protocol, mapOf("reply_time" to REPLY_MILLISECONDS * clock.pace())))
            .requestTimeout(REQUEST_MILLISECONDS * clock.pace())
            .build()

    /** Pays with the code of a behaviour of the sandbox; what is wrong with the end of it, with its steps. */
    private suspend fun ended(client: Client, id: String, behaviour: JsonObject): String? {
        fun text(name: String) = behaviour.getValue(name).jsonPrimitive.content
        val protocol = client.merchant.protocol
        val request = sale(protocol, id, PaymentCode.of(text("code")), Amount.fromMinor("1999", "USD"))
        val result = client.pay(request, wait = Client.UNLIMITED)
        val outcome = result.outcome?.word
        val ended = if (outcome == "succeeded") "paid" else outcome
        val expected = behaviour.getValue("expected").jsonObject.getValue(protocol.word).jsonPrimitive.content
        val steps = result.timeline.joinToString("") { "\n    $it" }
        return if (ended == expected) null else "${protocol.word} ${text("name")}: $ended, expected $expected$steps"
    }
}
