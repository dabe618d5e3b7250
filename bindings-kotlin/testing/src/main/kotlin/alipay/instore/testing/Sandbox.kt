package alipay.instore.testing

import alipay.instore.Amount
import alipay.instore.Clock
import alipay.instore.Header
import alipay.instore.Merchant
import alipay.instore.Protocol
import alipay.instore.SandboxSettings
import alipay.instore.Transport
import alipay.instore.TrustedRoots
import alipay.instore.UrlConnectionTransport
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import java.io.File
import java.io.IOException
import java.net.HttpURLConnection
import java.net.URL
import java.nio.file.Files
import java.util.concurrent.TimeUnit
import javax.net.ssl.HttpsURLConnection

/**
 * A gateway on this machine for tests: real HTTP, real signatures, a ledger, and behaviour that the
 * payment code chooses ([codes]).
 *
 * It is the program `alipay-instore` (`alipay-instore sandbox`), which this artefact carries for Linux x86-64. Another one is
 * named by the system property `alipay.instore.program` or the variable `ALIPAY_INSTORE_PROGRAM`; without any of them it is
 * looked for in the `PATH`. It ends with the JVM that started it, however that ends.
 */
public class Sandbox private constructor(
    private val process: Process,
    private val folder: File,
    /** Where it listens. */
    public val baseUrl: String,
) : AutoCloseable {
    /** Its `sandbox.json`, beside which lie the keys: what another process needs to pay here. */
    public val settingsFile: File = File(folder, "sandbox.json")

    private val ams = settings(Protocol.AMS)

    /** Its clock; a client that pays here must use it. */
    public val clock: Clock = Clock.Fast(ams.clockOrigin ?: System.currentTimeMillis(), ams.speed)

    /** What it says about itself. */
    public fun settings(protocol: Protocol): SandboxSettings = SandboxSettings.fromFile(settingsFile, protocol)

    /** A transport that reaches it; with TLS it trusts the sandbox's own authority. */
    public fun transport(): Transport = UrlConnectionTransport(extraRoots = ams.caPem)

    /** Its merchant, who knows the keys of both sides. */
    public fun merchant(protocol: Protocol): Merchant = settings(protocol).merchant

    /** The books: every payment, refund and notification that there was. */
    public fun ledger(): JsonObject = control("GET", "/sandbox/ledger", null)

    /** Makes something go wrong: a JSON object as `docs/sandbox.md` describes it. */
    public fun inject(fault: String): JsonObject = control("POST", "/sandbox/faults", fault)

    /** What can be wrong with a notification, by name, such as `unsigned`. */
    public fun wrongNotifications(): List<String> =
        ask("GET", "/sandbox/notices", null).jsonArray.map { it.jsonObject.getValue("wrong").jsonPrimitive.content }

    /**
     * What the gateway would say of a payment, signed over the path of the notify URL: correct, or [wrong] on purpose. A handler has
     * to refuse every wrong one ([wrongNotifications]).
     */
    @JvmOverloads
    public fun notificationOf(
        paymentRequestId: String,
        amount: Amount,
        path: String,
        protocol: Protocol = Protocol.AMS,
        paid: Boolean = true,
        wrong: String? = null,
    ): SignedNotification {
        val wish = buildJsonObject {
            put("payment_request_id", paymentRequestId)
            put("currency", amount.currency)
            put("value", amount.value.toString())
            put("path", path)
            put("protocol", protocol.word)
            put("paid", paid)
            put("wrong", wrong)
        }
        return SignedNotification(control("POST", "/sandbox/notices", wish.toString()))
    }

    private fun control(method: String, path: String, body: String?): JsonObject = ask(method, path, body).jsonObject

    private fun ask(method: String, path: String, body: String?): JsonElement {
        val connection = URL(baseUrl + path).openConnection() as HttpURLConnection
        if (connection is HttpsURLConnection) connection.sslSocketFactory = TrustedRoots(ams.caPem!!).socketFactory
        connection.requestMethod = method
        if (body != null) {
            connection.doOutput = true
            connection.setRequestProperty("Content-Type", "application/json")
            connection.outputStream.use { it.write(body.toByteArray()) }
        }
        val status = connection.responseCode
        val text = (if (status < 400) connection.inputStream else connection.errorStream)?.use { it.reader().readText() }.orEmpty()
        if (status >= 400) throw IOException("$method $path answered $status: $text")
        return if (text.isEmpty()) JsonObject(emptyMap()) else Json.parseToJsonElement(text)
    }

    /** Ends it; the books are gone. */
    override fun close() {
        process.destroy()
        if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
        folder.deleteRecursively()
    }

    /** A notification as the gateway would post it. */
    public class SignedNotification internal constructor(json: JsonObject) {
        /** Its headers. */
        public val headers: List<Header> =
            json.getValue("headers").jsonObject.map { (name, value) -> Header(name, value.jsonPrimitive.content) }

        /** Its body. */
        public val body: ByteArray = json.getValue("body").jsonPrimitive.content.toByteArray()
    }

    /** A behaviour of the wallet and the payment code that chooses it. */
    public class Behaviour internal constructor(json: JsonObject) {
        /** Its name, such as `paid_at_once`. */
        public val name: String = json.getValue("name").jsonPrimitive.content

        /** The payment code. */
        public val code: String = json.getValue("code").jsonPrimitive.content

        /** What happens. */
        public val description: String = json.getValue("description").jsonPrimitive.content
        private val expected = json.getValue("expected").jsonObject

        /** How the payment ends in this protocol. */
        public fun expected(protocol: Protocol): String = expected.getValue(protocol.word).jsonPrimitive.content

        override fun toString(): String = "$name ($code)"
    }

    public companion object {
        /**
         * Starts one. Its clock runs [speed] times as fast as real time; with [tls] it speaks HTTPS under an authority of its
         * own, for `localhost`, `127.0.0.1` and `::1`.
         */
        @JvmStatic
        @JvmOverloads
        public fun start(speed: Int = 100, tls: Boolean = false, listen: String = "127.0.0.1:0"): Sandbox {
            val folder = Files.createTempDirectory("alipay-instore-sandbox").toFile()
            val place = listOf("--data-dir", folder.path, "--listen", listen)
            val words = listOf("sandbox", "--json", "--while-stdin", "--speed", speed.toString()) + place
            val process = run(if (tls) words + "--tls" else words)
            val line = process.inputStream.bufferedReader().readLine()
            if (line == null) {
                process.waitFor()
                folder.deleteRecursively()
                throw IOException("the sandbox ended with status ${process.exitValue()}")
            }
            return Sandbox(process, folder, Json.parseToJsonElement(line).jsonObject.getValue("base_url").jsonPrimitive.content)
        }

        /** The behaviours and their payment codes. */
        @JvmStatic
        public fun codes(): List<Behaviour> {
            val text = run(listOf("sandbox", "--codes", "--json")).inputStream.reader().readText()
            return Json.parseToJsonElement(text).jsonObject.getValue("codes").jsonArray.map { Behaviour(it.jsonObject) }
        }

        private fun run(arguments: List<String>): Process {
            val program = Program.path()
            try {
                return ProcessBuilder(listOf(program) + arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start()
            } catch (e: IOException) {
                throw IOException("$program can't be run: put it into the PATH, or name it in ALIPAY_INSTORE_PROGRAM", e)
            }
        }
    }
}
