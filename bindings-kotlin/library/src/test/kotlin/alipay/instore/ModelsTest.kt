package alipay.instore

import alipay.instore.model.Env
import alipay.instore.model.InquiryResponse
import alipay.instore.model.OrderMerchant
import alipay.instore.model.PaymentFactor
import alipay.instore.model.PaymentStatus
import alipay.instore.model.OrderStore
import alipay.instore.model.TerminalType
import alipay.instore.model.TransactionType
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Test

/** The models read and write the members of the documents, whatever a gateway makes of them. */
class ModelsTest {
    private val text = """{"result":{"resultStatus":"S","resultCode":7},"paymentStatus":"success","authExpiredTime":
        "2019-06-01T12:01:01+08:00","paymentAmount":{"currency":"USD","value":"1999"},"transactions":
        [{"transactionId":5,"transactionType":"CHARGEBACK"}],"settlementQuote":{"guaranteed":"true"},"brandNew":[1]}"""

    @Test
    fun `an answer is read by the names of the documents`() {
        val answer = InquiryResponse.fromJson(text)
        assertEquals(listOf("S", "7"), listOf(answer.result?.resultStatus, answer.result?.resultCode))
        assertEquals(Amount.fromMinor(1999, "USD"), answer.paymentAmount)
        // GNU date: date -u -d 2019-06-01T12:01:01+08:00 +%s%3N
        assertEquals(1_559_361_661_000, answer.authExpiryTime)
        assertEquals(true, answer.settlementQuote?.guaranteed)
        assertEquals("[1]", answer["brandNew"].toString())
        assertNull(answer.paymentId)
    }

    @Test
    fun `a word of the documents is a constant, and another one stays readable`() {
        val answer = InquiryResponse.fromJson(text)
        assertSame(PaymentStatus.SUCCESS, answer.paymentStatus)
        val type = answer.transactions!!.single().transactionType
        assertEquals("CHARGEBACK", type?.word)
        assertEquals(TransactionType.of("CHARGEBACK"), type)
    }

    @Test
    fun `a request is written by the names of the documents`() {
        val merchant = OrderMerchant().apply {
            merchantMcc = "5814"
            store = OrderStore().apply { storeMcc = "5814" }
        }
        assertEquals("""{"merchantMCC":"5814","store":{"storeMCC":"5814"}}""", merchant.toJson().toString())
        assertEquals("""{"terminalType":"MINI_APP"}""", Env().apply { terminalType = TerminalType.MINI_APP }.toJson().toString())
        val factor = PaymentFactor().apply { inStorePaymentScenario = Scenario.ORDER_CODE }
        assertEquals("""{"inStorePaymentScenario":"OrderCode"}""", factor.toJson().toString())
        assertEquals(Scenario.ORDER_CODE, factor.inStorePaymentScenario)
    }

    @Test
    fun `the other spelling of a member is read, and not written`() {
        val merchant = OrderMerchant().apply { store = OrderStore().apply { this["storeMcc"] = kotlinx.serialization.json.JsonPrimitive("1405") } }
        assertEquals("1405", merchant.store?.storeMcc)
        merchant.store?.storeMcc = "5814"
        assertEquals("""{"store":{"storeMCC":"5814"}}""", merchant.toJson().toString())
    }
}
