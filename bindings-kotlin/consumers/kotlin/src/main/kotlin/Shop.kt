import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.DirectWallet
import alipay.instore.MemoryStore
import alipay.instore.Protocol
import alipay.instore.Router
import alipay.instore.testing.Sandbox
import alipay.instore.testing.payRequest
import kotlinx.coroutines.runBlocking
import java.math.BigDecimal

/** Routes a code and pays with it: with nothing but the jars of the repository. */
fun main() = runBlocking {
    val scanned = "281006020000000000125733"
    println(Router(alipayPlus = true, direct = listOf(DirectWallet("MPAY", routingNumber = "003"))).route(scanned))
    Sandbox.start(speed = 1).use { sandbox ->
        val merchant = sandbox.merchant(Protocol.AMS)
        Client.Builder(merchant, MemoryStore()).clock(sandbox.clock).notifyUrlConfigured(true).build().use { client ->
            val price = Amount.fromMajor(BigDecimal("19.99"), "USD")
            println(client.pay(payRequest(price, scanned)).outcome)
        }
    }
}
