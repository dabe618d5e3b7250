package alipay.instore.examples

import alipay.instore.AlipayException
import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.DirectWallet
import alipay.instore.FileStore
import alipay.instore.Gateway
import alipay.instore.Header
import alipay.instore.MemoryStore
import alipay.instore.Merchant
import alipay.instore.PaymentCode
import alipay.instore.Protocol
import alipay.instore.Rounding
import alipay.instore.Router
import alipay.instore.Shop
import alipay.instore.SigningKey
import alipay.instore.TimelineEvent
import alipay.instore.VerifyingKey
import alipay.instore.model.Env
import alipay.instore.model.Order
import alipay.instore.model.OrderMerchant
import alipay.instore.model.PayRequest
import alipay.instore.model.PaymentRequestIds
import alipay.instore.model.SettlementStrategy
import alipay.instore.model.OrderStore
import alipay.instore.testing.Sandbox
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.ByteArrayOutputStream
import java.io.File
import java.io.PrintStream
import java.math.BigDecimal

/** The blocks of the README and of the guide are those of this file, between two lines of comment, and run. */
class ReadmeTest {
    private val scanned = "281006020000000000125733"

    private suspend fun pays(clientId: String, ours: String, theirs: String, gateway: Gateway, folder: File) {
        // README
        val merchant = Merchant(Protocol.ALIPAY_PLUS, clientId, SigningKey.load(ours), VerifyingKey.load(theirs), gateway)

        val shop = Shop("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7").settlementCurrency("USD")

        Client.Builder(merchant, FileStore(folder)).shop(shop).build().use { till ->
            val result = till.payCode(scanned, Amount.parse("19.99 USD"), "Two coffees")   // suspends until the result is known
            println(result.outcome)
        }
        // end
    }

    private fun request(): PayRequest {
        // README
        val id = PaymentRequestIds.create("TILL7")
        val price = Amount.fromMajor(BigDecimal("19.99"), "USD")
        val order = Order().apply {
            referenceOrderId = "ORDER-1"
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
        val request = PayRequest.forPaymentCode(id, price, PaymentCode.fromScan(scanned), order)
        request.settlementStrategy = SettlementStrategy().apply { settlementCurrency = "USD" }   // Alipay+ asks for it
        // end
        return request
    }

    private suspend fun shows(client: Client, request: PayRequest) {
        // README
        val id = client.start(request).paymentRequestId          // returns once it is stored
        client.watch(id).collect { step ->
            val event = step.event
            if (event is TimelineEvent.Presented) println(event.form)    // what the customer is to see
        }
        println(client.status(id).outcome)
        // end
    }

    private suspend fun explains(client: Client, request: PayRequest): String {
        // README
        val words = try {
            val result = client.pay(request, wait = 20_000)
            if (result.isInProgress) "not decided yet: ask again, never charge again" else "${result.outcome}"
        } catch (e: AlipayException) {
            if (e.mayHaveCharged) "the customer may have paid: call pay with this id again" else e.hint
        }
        // end
        return words
    }

    private fun routes() {
        // README
        val router = Router(alipayPlus = true, direct = listOf(DirectWallet("MPAY", routingNumber = "003")))
        val route = router.route("281003020000000000125733")
        println("${route.target} ${route.wallet} ${route.rule}")   // WALLET MPAY DIRECT_WALLET
        // end
    }

    private fun makesAmounts() {
        // amounts.md
        println(Amount.fromMajor(BigDecimal("19.99"), "USD").value)    // 1999
        println(Amount.fromMajor("1999", "JPY").value)                 // 1999
        println(Amount.fromMinor(1999, "USD").toMajor())               // 19.99
        println(Amount.fromMajor("19.995", "USD", Rounding.HALF_EVEN)) // 20.00 USD
        // end
    }

    private fun routesForAnAcquirer() {
        // routing.md
        val router = Router(alipayPlus = true, direct = listOf(DirectWallet("MPAY", routingNumber = "003")))
        println(router.route("281003020000000000125733"))   // Route(wallet MPAY, direct_wallet)
        println(router.route("281006020000000000125733"))   // Route(alipay_plus, cgcp)
        // end
    }

    private suspend fun answers(client: Client, headers: List<Header>, body: ByteArray): Int {
        // README
        val handled = client.handleNotification(headers, body)   // verified, stored, and answered
        val answer = handled.answer                              // status, headers and body, to be sent as they are
        // end
        return answer.status
    }

    private suspend fun tests(request: PayRequest) {
        // README
        Sandbox.start(speed = 50).use { sandbox ->
            val merchant = sandbox.merchant(Protocol.ALIPAY_PLUS)
            val client = Client.Builder(merchant, MemoryStore()).clock(sandbox.clock).build()
            println(client.pay(request).outcome)
            println(sandbox.ledger())                // what really happened
        }
        // end
    }

    private fun printed(work: suspend () -> Unit): List<String> {
        val (console, bytes) = System.out to ByteArrayOutputStream()
        System.setOut(PrintStream(bytes, true))
        try {
            runBlocking { work() }
        } finally {
            System.setOut(console)
        }
        return bytes.toString().lines().filter { it.isNotEmpty() }
    }

    @Test
    fun `the README's blocks are these, as they stand`() {
        val readme = File("../README.md").readText()
        for ((language, file) in mapOf(
            "kotlin" to "src/test/kotlin/alipay/instore/examples/ReadmeTest.kt",
            "java" to "src/main/java/alipay/instore/examples/JavaTill.java",
        )) {
            assertEquals(blocks(readme, language), marked("README", file))
        }
        val dependency = blocks(readme, "xml").single().lines().joinToString("\n") { "    $it" }
        for (language in listOf("kotlin", "java")) assertTrue(dependency in File("../consumers/$language/pom.xml").readText())
    }

    /** What a page of the guide includes is run where it comes from. */
    @Test
    fun `the guide's blocks are these, and say what they print`() {
        val here = "src/test/kotlin/alipay/instore/examples/ReadmeTest.kt"
        val runs = mapOf("amounts.md" to ::makesAmounts, "routing.md" to ::routesForAnAcquirer)
        for (page in File("../../docs").walk().filter { it.extension == "md" }) {
            val text = page.readText()
            assertEquals(emptyList<String>(), blocks(text, "java").filter { !it.startsWith("{{#include") })
            val own = blocks(text, "kotlin").filter { !it.startsWith("{{#include") }
            assertEquals(own, marked(page.name, here), page.name)
            val said = own.flatMap { block -> Regex("// (.*)$", RegexOption.MULTILINE).findAll(block).map { it.groupValues[1] } }
            assertEquals(said, runs[page.name]?.let { printed { it() } }.orEmpty(), page.name)
        }
        for (page in runs.keys) assertTrue(File("../../docs/$page").exists(), page)
    }

    private fun marked(page: String, file: String): List<String> {
        val marked = Regex("^ +// $page\n(.*?)^ +// end$", setOf(RegexOption.MULTILINE, RegexOption.DOT_MATCHES_ALL))
        return marked.findAll(File(file).readText()).map { it.groupValues[1].trimIndent().trim() }.toList()
    }

    private fun blocks(readme: String, language: String): List<String> =
        Regex("```$language\n(.*?)```", RegexOption.DOT_MATCHES_ALL).findAll(readme).map { it.groupValues[1].trim() }.toList()

    @Test
    fun `the blocks that pay do`(@TempDir folder: File) {
        Sandbox.start(speed = 1).use { sandbox ->
            val settings = Json.parseToJsonElement(sandbox.settingsFile.readText()).jsonObject
            fun text(name: String) = settings.getValue(name).jsonPrimitive.content
            fun key(name: String) = sandbox.settingsFile.resolveSibling(text(name)).readText()
            val (ours, theirs) = key("merchant_private_key") to key("gateway_public_key")
            val printed = printed {
                val gateway = Gateway.custom(sandbox.baseUrl)
                pays(text("client_id"), ours, theirs, gateway, folder)
                JavaTill.coffees(text("client_id"), ours, theirs, gateway, folder, scanned)
            }
            assertEquals(listOf("succeeded", "succeeded"), printed)
            assertEquals(2, sandbox.ledger().getValue("payments").jsonArray.size)
        }
        assertEquals("succeeded", Sandbox.start(speed = 50).use { sandbox ->
            assertEquals(listOf("succeeded"), printed { client(sandbox).use { shows(it, request()) } })
            runBlocking { client(sandbox).use { explains(it, request()) } }
        })
        val printed = printed { tests(request()) }
        assertEquals("succeeded", printed[0])
        assertTrue("\"net\":\"1999\"" in printed[1], printed[1])
    }

    private fun client(sandbox: Sandbox) =
        Client.Builder(sandbox.merchant(Protocol.ALIPAY_PLUS), MemoryStore()).clock(sandbox.clock).build()

    @Test
    fun `the block that routes does`() = assertEquals(listOf("WALLET MPAY DIRECT_WALLET"), printed { routes() })

    @Test
    fun `the block that answers does`() = runBlocking<Unit> {
        Sandbox.start(speed = 1).use { sandbox ->
            val settings = Json.parseToJsonElement(sandbox.settingsFile.readText()).jsonObject
            val configured = JsonObject(settings + ("notify_url" to JsonPrimitive("http://127.0.0.1:1/notify")))
            val file = sandbox.settingsFile.resolveSibling("configured.json").apply { writeText(configured.toString()) }
            val client = Client(Merchant.fromFile(file, Protocol.AMS), MemoryStore())
            assertEquals(400, answers(client, emptyList(), "{}".toByteArray()))
        }
    }
}
