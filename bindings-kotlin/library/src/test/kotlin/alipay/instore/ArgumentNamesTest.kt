package alipay.instore

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import java.nio.file.Files

/** An error names an argument as this library does, and a member of a text as the text does. */
class ArgumentNamesTest {
    private val key = SigningKey.load(Fixture.privateKey)

    private fun path(block: () -> Unit): String? = assertThrows(AlipayException::class.java) { block() }.path

    private fun merchant() = Merchant.Builder(Protocol.AMS, "T_1", Gateway.SEA)

    private fun complete() = merchant().signingKey(key).gatewayKey(Fixture.gatewayKey.verifyingKey())

    @Test
    fun `settings of a merchant`() {
        assertEquals("signingKey", path { merchant().build() })
        assertEquals("gatewayKey", path { merchant().signingKey(key).build() })
        assertEquals("gatewayKey", path { merchant().signingKey(key).gatewayKey(key.verifyingKey()).build() })
        assertEquals("keyVersion", path { complete().keyVersion(-1).build() })
        assertEquals("notifyUrl", path { complete().notifyUrl("notify").build() })
        assertEquals("clientId", path { Merchant(Protocol.AMS, "", key, Fixture.gatewayKey.verifyingKey(), Gateway.SEA) })
        assertEquals("agentToken", path { complete().agentToken("\n").build() })
        assertEquals("userAgent", path { complete().userAgent("\n").build() })
        assertEquals("notifyUrl", path { Fixture.merchant().verifyNotification(emptyList(), ByteArray(0)) })
    }

    @Test
    fun `settings of a client`() {
        fun wrong(set: Client.Builder.() -> Unit) = path { Client.Builder(Fixture.merchant(), MemoryStore()).apply(set).build() }
        assertEquals("requestTimeout", wrong { requestTimeout(0) })
        assertEquals("ownerTimeout", wrong { ownerTimeout(0) })
        assertEquals("policy.protocol", wrong { policy(Policy.preset(Protocol.ALIPAY_PLUS)) })
        for ((name, limits) in listOf("inFlight" to Limits(inFlight = 0), "perSecond" to Limits(perSecond = 0), "burst" to Limits(burst = 0))) {
            assertEquals("limits.$name", wrong { limits(limits) })
        }
    }

    @Test
    fun `what has one name everywhere keeps it`() {
        assertEquals("reply_time", path { Policy.of(Protocol.AMS, mapOf("reply_time" to 0)) })
        assertEquals("ALIPAY_INSTORE_GATEWAY", path { Merchant.fromEnv(mapOf("ALIPAY_INSTORE_PROTOCOL" to "ams")) })
        assertEquals("order.env.storeTerminalId", argumentName("order.env.storeTerminalId"))
        val file = Files.createTempFile("sandbox", ".json").toFile().apply { writeText("""{"protocols":["ams"]}""") }
        try {
            assertEquals("base_url", path { SandboxSettings.fromFile(file, Protocol.AMS) })
        } finally {
            file.delete()
        }
    }
}
