import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.DirectWallet
import alipay.instore.MemoryStore
import alipay.instore.PaymentCode
import alipay.instore.Protocol
import alipay.instore.Router
import alipay.instore.model.Env
import alipay.instore.model.Order
import alipay.instore.model.OrderMerchant
import alipay.instore.model.PayRequest
import alipay.instore.model.PaymentRequestIds
import alipay.instore.model.OrderStore
import alipay.instore.testing.Sandbox
import kotlinx.coroutines.runBlocking
import java.math.BigDecimal

/** Routes a code and pays with it: with nothing but the jars of the repository. */
fun main() = runBlocking {
    val scanned = "281006020000000000125733"
    println(Router(alipayPlus = true, direct = listOf(DirectWallet("MPAY", routingNumber = "003"))).route(scanned))
    val goods = Order().apply {
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
    Sandbox.start(speed = 1).use { sandbox ->
        val merchant = sandbox.merchant(Protocol.AMS)
        Client.Builder(merchant, MemoryStore()).clock(sandbox.clock).notifyUrlConfigured(true).build().use { client ->
            val id = PaymentRequestIds.create("TILL7", sandbox.clock.now())
            val price = Amount.fromMajor(BigDecimal("19.99"), "USD")
            println(client.pay(PayRequest.forPaymentCode(id, price, PaymentCode.of(scanned), goods)).outcome)
        }
    }
}
