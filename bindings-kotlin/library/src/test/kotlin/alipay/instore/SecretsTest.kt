package alipay.instore

import alipay.instore.model.PayRequest
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.io.PrintWriter
import java.io.StringWriter
import java.util.jar.JarFile

/** Whatever a host may log of this package shows no byte of a key and no whole payment code. */
class SecretsTest {
    private val code = "281006020000000000125733"

    /** A stretch of the key's text that stands nowhere else. */
    private val marks = listOf(code, code.substring(6, 20), Fixture.privateKey.lines()[3].take(40))

    private fun search(shown: String, what: Any?) {
        for (mark in marks) assertFalse(mark in shown, "$what shows a secret: $shown")
    }

    private fun search(thrown: Throwable) = StringWriter().also { thrown.printStackTrace(PrintWriter(it)) }.toString().let { search(it, thrown) }

    private val merchant = Fixture.merchant()
    private val order = PaymentOrder.of(
        PayRequest.forPaymentCode("p1", Amount.fromMinor(1999, "USD"), PaymentCode.of(code), Fixture.order()),
        merchant, notifyUrlConfigured = true, now = Fixture.NOW,
    )

    @Test
    fun `no object shows a secret`(@TempDir folder: File) {
        val payment = Payment(Policy.preset(Protocol.AMS), order)
        val actions = payment.handle(PaymentEvent.Begin, Fixture.NOW)
        val send = actions.single() as PaymentAction.Send
        assertTrue(code in send.body && code in payment.snapshot(), "the marks are those that are looked for")
        val request = PayRequest.fromJson(order.request)
        val signed = merchant.signRequest(send.path, send.body.toByteArray(), Fixture.NOW)
        val store = FileStore(folder)
        val client = Client(merchant, store)
        val columns = Columns("p1", "m", "paying", null, "USD", 1999, null, false, false, 0, 0, null, null, emptyList())
        val row = Row(columns, payment.snapshot())
        runBlocking { store.insert(row, null) }
        val objects = listOf(
            SigningKey.load(Fixture.privateKey), SigningKey.load(Fixture.privateKey).verifyingKey(), merchant, Merchants(listOf(merchant)),
            PaymentCode.of(code), order, payment, request, request.paymentMethod, request.order, signed, signed.headers,
            HttpReply(200, signed.headers, send.body.toByteArray()), client, store, row, columns, runBlocking { store.load("p1") },
            StoreConflict(StoredRow(row, 1, null)),
            PaymentEvent.Reply(1, Operation.PAY, send.body), PaymentEvent.Notified(send.body), MemoryStore(), client.clock,
            Content("POST", send.path, "c", "t", send.body.toByteArray()), Router(), Router().route(code), Gateway.SEA,
            Policy.preset(Protocol.AMS),
        )
        for (value in objects + actions) search("$value", value?.javaClass)
    }

    @Test
    fun `no error shows a secret`() {
        val key = Fixture.privateKey
        val wrong = listOf<() -> Unit>(
            { SigningKey.load(key.dropLast(60)) },
            { VerifyingKey.load(key) },
            { PaymentCode.of(code + "12345678") },
            { PaymentCode.of("x$code") },
            { Router().route("99" + code.drop(2)) },
            { Payment.restore(Payment(Policy.preset(Protocol.AMS), order).snapshot().dropLast(9)) },
            { PayRequest.fromJson(order.request.dropLast(1)) },
            { PaymentOrder.of(PayRequest.fromJson(order.request).also { it.order!!.merchant = null }, merchant) },
            { PaymentOrder.of(PayRequest.fromJson(order.request).also { it.paymentMethod!!.paymentMethodId = code + code }, merchant) },
            { Merchant.fromEnv(mapOf("ALIPAY_INSTORE_PRIVATE_KEY" to key, "ALIPAY_INSTORE_PROTOCOL" to "x")) },
            { RefundLedger.restore(order.request) },
            { merchant.verifyResponse("/x", listOf(Header("Signature", code)), order.request.toByteArray()) },
        )
        for (work in wrong) {
            val error = runCatching(work).exceptionOrNull()
            assertTrue(error is AlipayException, "$error")
            search(error!!)
        }
    }

    /** A data class shows all it holds, and gives it away by `component1` and `copy`. */
    @Test
    fun `no public class is a data class`() {
        val classes = publicClasses()
        assertTrue(classes.size > 80, "${classes.size}")
        assertEquals(emptyList<String>(), classes.filter { type -> type.declaredMethods.any { it.name == "component1" } }.map { it.name })
    }

    private fun publicClasses(): List<Class<*>> {
        val place = File(Client::class.java.protectionDomain.codeSource.location.toURI())
        val names = if (place.isDirectory) {
            place.walkTopDown().filter { it.extension == "class" }.map { it.relativeTo(place).path }.toList()
        } else {
            JarFile(place).use { jar -> jar.entries().toList().map { it.name }.filter { it.endsWith(".class") } }
        }
        return names.filter { it.startsWith("alipay/instore/") && !it.startsWith("alipay/instore/ffi/") }
            .map { Class.forName(it.removeSuffix(".class").replace('/', '.')) }
            .filter { java.lang.reflect.Modifier.isPublic(it.modifiers) }
    }
}
