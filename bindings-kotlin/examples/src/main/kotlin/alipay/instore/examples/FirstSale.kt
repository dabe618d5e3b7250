package alipay.instore.examples

// README
import alipay.instore.*
import alipay.instore.testing.Sandbox
import kotlinx.coroutines.runBlocking
import java.io.File

fun main() = runBlocking {
    val shop = Shop("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7").settlementCurrency("USD")
    Sandbox.start(speed = 1).use { sandbox ->
        val merchant = sandbox.merchant(Protocol.ALIPAY_PLUS)
        Client.Builder(merchant, FileStore(File("payments"))).shop(shop).build().use { till ->
            val result = till.payCode("281006020000000000125733", Amount.parse("19.99 USD"), "Two coffees")
            println(result.outcome)      // succeeded, failed, cancelled, refunded, or unresolved: needs manual review
        }
    }
}
// end
