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
import alipay.instore.testing.payRequest
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.ByteArrayOutputStream
import java.io.File
import java.io.PrintStream
import java.math.BigDecimal
import java.security.KeyPairGenerator
import java.util.Base64
import java.util.concurrent.TimeUnit

/** The blocks of the README and of the guide are those of these files, between two lines of comment, and run. */
class ReadmeTest {
    private val scanned = "281006020000000000125733"
    private val shop = Shop("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7").settlementCurrency("USD")

    private fun pair(): Pair<String, String> {
        // README
        val pair = KeyPairGenerator.getInstance("RSA").apply { initialize(2048) }.generateKeyPair()
        val signs = Base64.getEncoder().encodeToString(pair.private.encoded)     // never leaves you
        val portal = Base64.getEncoder().encodeToString(pair.public.encoded)     // goes into the gateway's portal
        // end
        return signs to portal
    }

    private fun client(signs: String, theirs: String, folder: File): Client {
        // README
        val merchant = Merchant.Builder(Protocol.ALIPAY_PLUS, "5Y00000000000000", Gateway.SEA)   // a region, or Gateway.custom(url)
            .signingKey(SigningKey.load(signs))
            .gatewayKey(VerifyingKey.load(theirs))                 // PEM, DER or base64
            .notifyUrl("https://shop.example/alipay/notify")       // the public URL, as the gateway knows it
            .build()
        val client = Client.Builder(merchant, FileStore(folder)).shop(shop).build()
        // end
        return client
    }

    private suspend fun shows(client: Client) {
        // README
        val order = client.payOrderCode(Amount.parse("4.50 USD"), "A coffee", wait = 0)     // stored; it goes on in the background
        client.watch(order.paymentRequestId).collect { step ->
            (step.event as? TimelineEvent.Presented)?.let { println(it.form) }              // show it as a QR code
        }
        // end
        println(client.status(order.paymentRequestId).outcome)
    }

    private suspend fun tests() {
        // README
        Sandbox.start(speed = 50).use { sandbox ->
            val merchant = sandbox.merchant(Protocol.ALIPAY_PLUS)
            val client = Client.Builder(merchant, MemoryStore()).clock(sandbox.clock).build()
            println(client.pay(payRequest(Amount.parse("19.99 USD"), "281006020000000000125733")).outcome)
            println(sandbox.ledger())                // what really happened
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
        println(router.route("281003020000000000125733"))   // Route(target=wallet, wallet=MPAY, rule=direct_wallet)
        println(router.route("281006020000000000125733"))   // Route(target=alipay_plus, rule=cgcp)
        // end
    }

    private suspend fun answers(client: Client, headers: List<Header>, body: ByteArray): Int {
        // README
        val handled = client.handleNotification(headers, body)   // verified, stored, and answered
        val answer = handled.answer                              // status, headers and body, to be sent as they are
        // end
        return answer.status
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

    private val readme = File("../README.md").readText()

    private fun blocks(text: String, language: String): List<String> =
        Regex("```$language\n(.*?)```", RegexOption.DOT_MATCHES_ALL).findAll(text).map { it.groupValues[1].trim() }.toList()

    private fun marked(page: String, file: String): List<String> {
        val marked = Regex("^ *// $page\n(.*?)^ *// end$", setOf(RegexOption.MULTILINE, RegexOption.DOT_MATCHES_ALL))
        return marked.findAll(File(file).readText()).map { it.groupValues[1].trimIndent().trim() }.toList()
    }

    @Test
    fun `the README's blocks are these, as they stand`() {
        assertTrue(readme.lines().count { "<!-- ANCHOR" !in it } <= 201, "the README has more than 200 lines")
        val text = readme + File("../../docs/kotlin.md").readText()
        val kotlin = listOf("src/main/kotlin/alipay/instore/examples/FirstSale.kt", "src/test/kotlin/alipay/instore/examples/ReadmeTest.kt")
        assertEquals(blocks(text, "kotlin"), kotlin.flatMap { marked("README", it) })
        val till = "../consumers/spring-boot/src/main/java/com/example/shop/TillController.java"
        assertEquals(blocks(text, "java"), listOf("src/main/java/alipay/instore/examples/FirstSale.java", till).flatMap { marked("README", it) })
    }

    /** What a page of the guide includes is run where it comes from. */
    @Test
    fun `the guide's blocks are these, and say what they print`() {
        val here = "src/test/kotlin/alipay/instore/examples/ReadmeTest.kt"
        val runs = mapOf("amounts.md" to ::makesAmounts, "routing.md" to ::routesForAnAcquirer)
        // docs/kotlin.md is tried with the README.
        for (page in File("../../docs").walk().filter { it.extension == "md" && it.name != "kotlin.md" }) {
            val text = page.readText()
            assertEquals(emptyList<String>(), blocks(text, "java").filter { !it.startsWith("{{#include") })
            val own = blocks(text, "kotlin").filter { !it.startsWith("{{#include") }
            assertEquals(own, marked(page.name, here), page.name)
            val said = own.flatMap { block -> Regex("// (.*)$", RegexOption.MULTILINE).findAll(block).map { it.groupValues[1] } }
            assertEquals(said, runs[page.name]?.let { printed { it() } }.orEmpty(), page.name)
        }
        for (page in runs.keys) assertTrue(File("../../docs/$page").exists(), page)
    }

    /** There is no Gradle where this runs: its block is compared with that of Maven, which is tried by consumers/try. */
    @Test
    fun `Maven and Gradle take the same jars`() {
        val artefact = Regex("<dependency>[^<]*(?:<!--.*-->)?\\s*<groupId>(.*?)</groupId>\\s*<artifactId>(.*?)</artifactId>\\s*<version>(.*?)</version>")
        fun taken(pom: String) = artefact.findAll(pom).map { it.destructured.toList().joinToString(":") }.filter { "alipay" in it }.toList()
        val xml = blocks(readme, "xml").single()
        val maven = taken(xml)
        val gradle = blocks(readme, "gradle").single()
        assertEquals(maven, Regex("mplementation\\(\"(.*?)\"\\)").findAll(gradle).map { it.groupValues[1] }.toList())
        assertTrue("maven(\"${xml.substringAfter("<url>").substringBefore("</url>")}\")" in gradle)
        for (name in listOf("kotlin", "java", "spring-boot")) {
            assertEquals(maven, taken(File("../consumers/$name/pom.xml").readText()), name)
        }
    }

    @Test
    fun `the first sale is made, in both languages`(@TempDir folder: File) {
        for (main in listOf("FirstSaleKt", "FirstSale")) {
            val java = File(System.getProperty("java.home"), "bin/java").path
            val words = listOf(java, "-cp", System.getProperty("java.class.path"), "alipay.instore.examples.$main")
            val process = ProcessBuilder(words).directory(folder).redirectErrorStream(true).start()
            assertEquals(listOf("succeeded"), process.inputStream.bufferedReader().readLines(), main)
            assertTrue(process.waitFor(60, TimeUnit.SECONDS))
        }
    }

    @Test
    fun `keys are made and taken, and one's own is refused as the gateway's`(@TempDir folder: File) {
        val (signs, own) = pair()
        val (_, theirs) = pair()
        assertNotEquals(own, theirs)
        client(signs, theirs, folder).use { assertEquals("5Y00000000000000", it.merchant.clientId) }
        val error = runCatching { client(signs, own, folder) }.exceptionOrNull() as AlipayException
        assertTrue("own" in error.message!!, error.message)
    }

    @Test
    fun `the blocks that pay do`() {
        Sandbox.start(speed = 50).use { sandbox ->
            val builder = Client.Builder(sandbox.merchant(Protocol.ALIPAY_PLUS), MemoryStore()).clock(sandbox.clock).shop(shop)
            builder.build().use { client ->
                val shown = printed { shows(client) }
                assertTrue("\"orderCodeForm\"" in shown[0] || "codeValue" in shown[0], "$shown")
                assertEquals("succeeded", shown.last())
                assertEquals("succeeded", runBlocking { explains(client, request()) })
            }
        }
        val printed = printed { tests() }
        assertEquals("succeeded", printed[0])
        assertTrue("\"net\":\"1999\"" in printed[1], printed[1])
    }

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
