package alipay.instore.testing

import alipay.instore.AlipayException
import alipay.instore.Amount
import alipay.instore.Client
import alipay.instore.Clock
import alipay.instore.MemoryStore
import alipay.instore.OkHttpTransport
import alipay.instore.Outcome
import alipay.instore.Protocol
import alipay.instore.Transport
import alipay.instore.UrlConnectionTransport
import kotlinx.coroutines.runBlocking
import okhttp3.OkHttpClient
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.net.InetAddress
import java.security.KeyStore
import java.security.cert.CertificateFactory

/** Both transports over TLS, against sandboxes whose authorities nobody but they themselves knows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    // In real time: the first handshakes of a process are slow, and what is paid here is paid at once.
    private val sandbox = Sandbox.start(speed = 1, tls = true)
    private val stranger = Sandbox.start(speed = 1, tls = true)

    /** For payments that never leave this machine, so that nobody waits until they are given up. */
    private val fast = Clock.Fast(System.currentTimeMillis(), 20)

    @AfterAll
    fun end() {
        sandbox.close()
        stranger.close()
    }

    private fun ca(sandbox: Sandbox): ByteArray = sandbox.settings(Protocol.AMS).caPem!!

    private fun transports(roots: ByteArray?): List<Transport> =
        listOf(UrlConnectionTransport(extraRoots = roots), OkHttpTransport(extraRoots = roots))

    private suspend fun pay(at: Sandbox, transport: Transport, clock: Clock = at.clock): Outcome? =
        Client.Builder(at.merchant(Protocol.AMS), MemoryStore()).transport(transport).clock(clock).notifyUrlConfigured(true)
            .build().use { it.pay(payRequest(Amount.fromMajor("19.99", "USD"), "281006020000000000125733")).outcome }

    @Test
    fun `an authority of one's own is trusted where it is named`() = runBlocking<Unit> {
        for (transport in transports(ca(sandbox)) + sandbox.transport()) assertEquals(Outcome.Succeeded, pay(sandbox, transport))
        val client = OkHttpTransport(OkHttpClient.Builder().build(), ca(sandbox))
        assertEquals(Outcome.Succeeded, pay(sandbox, client))
    }

    @Test
    fun `an authority that nobody named is refused before a byte of the request is sent`() = runBlocking<Unit> {
        val before = sandbox.ledger()
        for (transport in transports(null) + transports(ca(stranger))) {
            assertEquals(Outcome.Failed("payment.not_sent"), pay(sandbox, transport, fast))
        }
        assertEquals(before["payments"], sandbox.ledger()["payments"])
    }

    /** The platform's trust store is one with the sandbox's authority for as long as a transport is made. */
    private fun <T> withPlatformTrusting(pem: ByteArray, folder: File, make: () -> T): T {
        val file = File(folder, "platform.p12")
        val store = KeyStore.getInstance("PKCS12").apply { load(null, null) }
        store.setCertificateEntry("platform", CertificateFactory.getInstance("X.509").generateCertificate(pem.inputStream()))
        file.outputStream().use { store.store(it, "changeit".toCharArray()) }
        val names = mapOf("javax.net.ssl.trustStore" to file.path, "javax.net.ssl.trustStorePassword" to "changeit")
        names.forEach { (name, value) -> System.setProperty(name, value) }
        try {
            return make()
        } finally {
            names.keys.forEach { System.clearProperty(it) }
        }
    }

    @Test
    fun `the platform's authorities stay trusted beside it`(@TempDir folder: File) = runBlocking<Unit> {
        val both = withPlatformTrusting(ca(stranger), folder) { transports(ca(sandbox)) }
        for (transport in both) {
            assertEquals(Outcome.Succeeded, pay(sandbox, transport))
            assertEquals(Outcome.Succeeded, pay(stranger, transport))
        }
    }

    @Test
    fun `a certificate for another name is refused`() = runBlocking<Unit> {
        // The certificate is for 127.0.0.1, and this is another address of the machine.
        val elsewhere = Sandbox.start(speed = 1, tls = true, listen = "127.0.0.2:0")
        elsewhere.use {
            assertEquals("127.0.0.2", InetAddress.getByName(it.baseUrl.removePrefix("https://").substringBefore(':')).hostAddress)
            for (transport in transports(ca(it))) assertEquals(Outcome.Failed("payment.not_sent"), pay(it, transport, fast))
        }
    }

    @Test
    fun `what is not a certificate is said at once`() {
        for (pem in listOf("", "no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")) {
            for (make in listOf({ UrlConnectionTransport(extraRoots = pem.toByteArray()) }, { OkHttpTransport(extraRoots = pem.toByteArray()) })) {
                val error = assertThrows(AlipayException.Configuration::class.java) { make() }
                assertEquals("transport.configuration", error.code)
            }
        }
    }
}
