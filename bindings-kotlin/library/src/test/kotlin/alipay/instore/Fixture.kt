package alipay.instore

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertThrows
import java.io.File

/** The shared vectors, as the tests of this module see them. */
internal object Fixture {
    private val vectors = File(System.getProperty("alipay.instore.vectors") ?: "../../tests/vectors")

    fun file(name: String): JsonObject = jsonOf(File(vectors, name).readText())

    fun errors(): List<JsonObject> =
        Json.parseToJsonElement(File(vectors, "errors.json").readText()).jsonArray.map { it.jsonObject }

    val privateKey: String = file("sign.json")["private_key"]!!.jsonPrimitive.content
    val publicKey: String = file("verify.json")["public_key"]!!.jsonPrimitive.content

    const val NOW: Long = 1_740_041_509_090

    fun code(block: () -> Unit): String = assertThrows(AlipayException::class.java) { block() }.code

    fun merchant(protocol: Protocol = Protocol.AMS, gateway: Gateway = Gateway.SEA): Merchant {
        val key = SigningKey.load(privateKey)
        // A merchant who is his own gateway: what he signs he can verify.
        return Merchant(protocol, "T_111222333", key, key.verifyingKey(), gateway)
    }
}

