package alipay.instore

import kotlinx.serialization.json.JsonObject
import java.time.Instant
import java.time.temporal.ChronoUnit
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger

/** A gateway in this process: takes a payment once, says so only to the second inquiry, and keeps the books. */
internal class FakeGateway(private val merchant: Merchant) : Transport {
    private val key = Fixture.gatewayKey

    /** The payments that were taken, with the number of inquiries for each. */
    val paid: MutableMap<String, AtomicInteger> = ConcurrentHashMap()
    val cancelled: MutableSet<String> = ConcurrentHashMap.newKeySet()
    val refunded: MutableMap<String, Long> = ConcurrentHashMap()
    val requests = AtomicInteger()

    /** What is to happen instead of an answer, by the name of the API. */
    @Volatile
    var fault: (String, HttpReply) -> HttpReply = { _, reply -> reply }

    /** How many inquiries are answered with "in process". */
    @Volatile
    var slow = 1

    override suspend fun post(request: SignedRequest): HttpReply {
        requests.incrementAndGet()
        val api = request.path.substringAfterLast('/')
        val body = answer(api, jsonOf(String(request.body)))
        return fault(api, signed(request.path, body))
    }

    fun signed(path: String, body: String): HttpReply {
        val time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()
        val bytes = body.toByteArray()
        val signature = key.sign(Content("POST", path, merchant.clientId, time, bytes), 1)
        val headers = listOf(Header("signature", signature), Header("RESPONSE-TIME", time), Header("Client-Id", merchant.clientId))
        return HttpReply(200, headers, bytes)
    }

    private fun answer(api: String, body: JsonObject): String {
        val id = body["paymentRequestId"].text().orEmpty()
        return when (api) {
            "pay" -> {
                paid.putIfAbsent(id, AtomicInteger())
                """{"result":{"resultStatus":"U","resultCode":"PAYMENT_IN_PROCESS"},"paymentRequestId":"$id"}"""
            }
            "inquiryPayment" -> inquiry(id)
            "cancel" -> {
                cancelled.add(id)
                """{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentRequestId":"$id"}"""
            }
            "refund" -> {
                val refund = body["refundRequestId"].text()!!
                refunded[refund] = (body["refundAmount"] as JsonObject)["value"].text()!!.toLong()
                """{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"refundRequestId":"$refund","refundId":"R1"}"""
            }
            else -> """{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"api":"$api"}"""
        }
    }

    private fun inquiry(id: String): String {
        val count = paid[id] ?: return """{"result":{"resultStatus":"F","resultCode":"ORDER_NOT_EXIST"}}"""
        val status = when {
            id in cancelled -> "CANCELLED"
            count.incrementAndGet() <= slow -> "PROCESSING"
            else -> "SUCCESS"
        }
        return """{"result":{"resultStatus":"S","resultCode":"SUCCESS"},"paymentStatus":"$status","paymentRequestId":"$id",
            "paymentId":"P-$id","paymentTime":"2025-02-20T16:51:49+08:00","paymentAmount":{"currency":"USD","value":"1999"}}"""
    }
}
