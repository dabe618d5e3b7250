package alipay.instore

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject

/** Notifications, and one that Alipay itself signed: its notify URL has a query, and it was signed over the path without it. */
class NotificationTest {
    private val file: JsonObject = Fixture.file("real_notification.json")
    private val case: JsonObject = file["cases"]!!.jsonArray[0].jsonObject
    private val query = "allPayTn=5a9ddf96cc89dd30134549d68abbbd4a"

    /** 2019-11-12T09:37:10Z, ten seconds after it was sent; by `date -u -d 2019-11-12T09:37:10Z +%s`. */
    private val now = 1_573_551_430_000

    private fun text(name: String): String = case[name].text()!!

    private fun merchant(notifyUrl: String?): Merchant {
        val builder = Merchant.Builder(Protocol.AMS, text("client_id"), Gateway.SEA)
            .signingKey(SigningKey.load(Fixture.privateKey))
            .gatewayKey(VerifyingKey.load(file["public_key"].text()!!))
        if (notifyUrl != null) builder.notifyUrl(notifyUrl)
        return builder.build()
    }

    private val headers = listOf(
        Header("Client-Id", text("client_id")), Header("Request-Time", text("time")), Header("Signature", text("signature_header")),
    )
    private val body = text("body").toByteArray()

    @Test
    fun `u13 the real notification is accepted, with the query of its notify URL and without`() {
        val urls = listOf("https://local.allpay-test.com/api/back", "/api/back").flatMap { listOf(it, "$it?$query") }
        for (url in urls) {
            val configured = merchant(url)
            assertEquals(url, configured.notifyUrl)
            for (notification in listOf(
                merchant(null).verifyNotification(headers, body, now, url),
                configured.verifyNotification(headers, body, now),
                Merchants(listOf(configured)).verifyNotification(headers, body, now).notification,
            )) {
                assertEquals(NotificationKind.PAYMENT_RESULT, notification.kind)
                assertEquals("cc89dd30134549d6", notification.paymentRequestId)
                assertEquals(listOf("/api/back", false), listOf(notification.path, notification.signedWithQuery))
                assertEquals(now - 10_000, notification.sentAt)
                assertFalse(notification.textReplaced)
            }
            // The acknowledgement is signed over the path that the notification was signed over.
            val answer = configured.acknowledge(configured.verifyNotification(headers, body, now), now)
            val signed = answer.headers.associate { it.name to it.value }
            val content = Content("POST", "/api/back", text("client_id"), signed.getValue("Response-Time"), answer.body)
            VerifyingKey.load(SigningKey.load(Fixture.privateKey).verifyingKey().toPem()).verify(signed.getValue("Signature"), content)
        }
    }

    @Test
    fun `u13 what is signed over the path with its query is verified so`() {
        val merchant = Fixture.merchant()
        val url = "https://shop.example/n?shop=1"
        val (headers, bytes) = Fixture.notification(merchant, "/n?shop=1", "{}", Fixture.NOW)
        val notification = merchant.verifyNotification(headers, bytes, Fixture.NOW, url)
        assertEquals(listOf("/n?shop=1", true), listOf(notification.path, notification.signedWithQuery))
        val (stranger, other) = Fixture.notification(merchant, "/n?shop=2", "{}", Fixture.NOW)
        assertEquals("signature.mismatch", Fixture.code { merchant.verifyNotification(stranger, other, Fixture.NOW, url) })
    }

    @Test
    fun `what is not its notify URL is refused and explained`() {
        val merchant = merchant(null)
        val url = "https://shop.example/public/api/back"
        assertEquals("signature.mismatch", Fixture.code { merchant.verifyNotification(headers, body, now, url) })
        val why = merchant.explainNotification(headers, body, Alternatives(paths = listOf("/api/back")), url)
        assertEquals("the key is right, the content is not what was signed", why.summary)
        assertEquals(listOf(FindingCode.PATH_PREFIX), why.findings.map { it.code })
        assertTrue("/api/back" in why.findings.single().evidence, why.toString())
        assertEquals(listOf("gateway" to true, "own" to false), why.keys.map { it.name to it.signer })
        assertEquals(listOf("pkcs1", "sha256"), listOf(why.signed?.padding, why.signed?.hash))
        val answer = merchant.explainResponse("/x", listOf(Header("Response-Time", "T")), body)
        assertEquals(listOf(FindingCode.SIGNATURE_MISSING), answer.findings.map { it.code })
        assertEquals("config.missing", Fixture.code { merchant.verifyNotification(headers, body, now) })
        assertEquals("config.notify_url", Fixture.code { merchant.verifyNotification(headers, body, now, "api/back") })
        val late = Fixture.code { merchant.verifyNotification(headers, body, now + 2 * 365 * 86_400_000L, "/api/back") }
        assertEquals("notification.stale", late)
    }

    @Test
    fun `u1 the own public key is refused as the gateway's when the merchant is made`() {
        val key = SigningKey.load(Fixture.privateKey)
        val error = assertThrows(AlipayException.Key::class.java) {
            Merchant(Protocol.AMS, "T_1", key, key.verifyingKey(), Gateway.SEA)
        }
        assertEquals(listOf("key.own_public", "gatewayKey"), listOf(error.code, error.path))
        assertTrue("developer centre" in error.hint, error.hint)
    }

    @Test
    fun `m14 a body in GBK whose signature is right is read`() {
        val merchant = Fixture.merchant()
        val path = "/ams/api/v1/payments/pay"
        val text = "{\"result\":{\"resultStatus\":\"S\",\"resultCode\":\"SUCCESS\",\"resultMessage\":\"\u6210\u529f\"}}"
        val body = text.toByteArray(charset("GBK"))
        val time = "2025-02-20T08:11:49Z"
        val signature = Fixture.gatewayKey.sign(Content("POST", path, merchant.clientId, time, body), 1)
        val headers = listOf(Header("Signature", signature), Header("Response-Time", time), Header("Client-Id", merchant.clientId))
        val response = merchant.verifyResponse(path, headers, body)
        assertTrue(response.textReplaced)
        assertEquals(1_740_039_109_000, response.signedAt)
        assertEquals("SUCCESS", (response.body["result"] as JsonObject)["resultCode"].text())
        val read = Reply.readVerified(Protocol.AMS, Operation.PAY, body)
        assertEquals(listOf(Status.SUCCEEDED, "paid", true), listOf(read.status, read.says, read.textReplaced))
    }
}
