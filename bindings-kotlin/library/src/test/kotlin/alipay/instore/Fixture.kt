package alipay.instore

import alipay.instore.model.Env
import alipay.instore.model.Order
import alipay.instore.model.OrderMerchant
import alipay.instore.model.OrderStore
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import java.io.File
import java.util.concurrent.TimeUnit

/** The shared vectors, as the tests of this module see them. */
internal object Fixture {
    private val vectors = File(System.getProperty("alipay.instore.vectors") ?: "../../tests/vectors")

    fun file(name: String): JsonObject = jsonOf(File(vectors, name).readText())

    fun errors(): List<JsonObject> =
        Json.parseToJsonElement(File(vectors, "errors.json").readText()).jsonArray.map { it.jsonObject }

    val privateKey: String = file("sign.json")["private_key"]!!.jsonPrimitive.content
    /** What the gateway of these tests signs with. */
    val gatewayKey: SigningKey by lazy {
        val core = System.getProperty("alipay.instore.core") ?: "../../core/src"
        SigningKey.load(File(core, "../tests/messages/gateway_private_key.pem").readText())
    }
    val publicKey: String = file("verify.json")["public_key"]!!.jsonPrimitive.content

    const val NOW: Long = 1_740_041_509_090

    fun code(block: () -> Unit): String = assertThrows(AlipayException::class.java) { block() }.code

    fun merchant(protocol: Protocol = Protocol.AMS, gateway: Gateway = Gateway.SEA): Merchant {
        return Merchant(protocol, "T_111222333", SigningKey.load(privateKey), gatewayKey.verifyingKey(), gateway)
    }

    /** A notification that the gateway signs at this path. */
    fun notification(merchant: Merchant, path: String, body: String, now: Long): Pair<List<Header>, ByteArray> {
        val bytes = body.toByteArray()
        val signature = gatewayKey.sign(Content("POST", path, merchant.clientId, "$now", bytes), 1)
        val headers = mapOf("Client-Id" to merchant.clientId, "Signature" to signature, "Request-Time" to "$now")
        return headers.map { Header(it.key, it.value) } to bytes
    }

    /** Runs a program of this class path in a process of its own and gives the lines that it printed. */
    fun java(
        options: List<String>,
        main: String,
        vararg arguments: String,
        classPath: String = System.getProperty("java.class.path"),
    ): List<String> {
        val java = File(System.getProperty("java.home"), "bin/java").path
        val words = listOf(java, "-cp", classPath) + options + main + arguments
        val process = ProcessBuilder(words).redirectErrorStream(true).start()
        val lines = process.inputStream.bufferedReader().readLines()
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "$main goes on and on")
        return lines
    }

    /** What is sold at the till of the tests. */
    fun order(): Order = Order().apply {
        orderDescription = "Two coffees"
        merchant = OrderMerchant().apply {
            referenceMerchantId = "M1"
            merchantMcc = "5814"
            merchantName = "Coffee House"
            store = OrderStore().apply {
                referenceStoreId = "S1"
                storeName = "Harbour"
                storeMcc = "5814"
            }
        }
        env = Env().apply { storeTerminalId = "TILL7" }
    }
}
