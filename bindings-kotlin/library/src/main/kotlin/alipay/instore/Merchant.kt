package alipay.instore

import alipay.instore.ffi.MerchantSettings
import java.io.File
import java.io.IOException
import alipay.instore.ffi.Merchant as FfiMerchant
import alipay.instore.ffi.Merchants as FfiMerchants
import alipay.instore.ffi.Sandbox as FfiSandbox

/** Where a gateway is: one of the documented regions, or a URL. There is no default: the contract says which. */
public class Gateway private constructor(internal val setting: String, internal val allowHttp: Boolean) {
    override fun toString(): String = setting

    public companion object {
        /** North America. */
        @JvmField public val NA: Gateway = Gateway("na", false)

        /** North America, accelerated. */
        @JvmField public val NA_GLOBAL: Gateway = Gateway("na_global", false)

        /** Asia; for Alipay+, everywhere but North America. */
        @JvmField public val SEA: Gateway = Gateway("sea", false)

        /** The same, accelerated. */
        @JvmField public val SEA_GLOBAL: Gateway = Gateway("sea_global", false)

        /** Europe; AMS only. */
        @JvmField public val EU: Gateway = Gateway("eu", false)

        /** Europe, accelerated; AMS only. */
        @JvmField public val EU_GLOBAL: Gateway = Gateway("eu_global", false)

        /** The United States; AMS only. */
        @JvmField public val US: Gateway = Gateway("us", false)

        /**
         * A gateway at another address. A path of the URL is part of the path that is signed. Plain `http` is for the
         * loopback interface, and for other hosts only with [allowHttp].
         */
        @JvmStatic
        @JvmOverloads
        public fun custom(url: String, allowHttp: Boolean = false): Gateway {
            if (':' !in url) throw AlipayException.of("gateway.url", "the text is not a URL", null, null)
            return Gateway(url, allowHttp)
        }
    }
}

/** Where this body and what goes with it fits. */
private fun arguments(body: ByteArray) = Arguments(body.size + ROOM)

private const val ROOM = 1024

private fun notification(url: String?, headers: List<Header>, body: ByteArray, now: Long): Arguments =
    arguments(body).optional(url) { text(it) }.headers(headers).bytes(body).long(now)

/** One merchant at one gateway: signs requests, verifies responses and notifications. Safe to share between threads. */
public class Merchant internal constructor(internal val ffi: FfiMerchant) : AutoCloseable {
    private val number = native { ffi.number() }

    /** A merchant with one key of its own and one of the gateway. Everything else is set by a [Builder]. */
    public constructor(
        protocol: Protocol,
        clientId: String,
        signingKey: SigningKey,
        gatewayKey: VerifyingKey,
        gateway: Gateway,
    ) : this(Builder(protocol, clientId, gateway).signingKey(signingKey).gatewayKey(gatewayKey).ffi())

    /** The protocol of the gateway. */
    public val protocol: Protocol = native { ffi.protocol() }.let { Protocol.of(it) }

    /** The client id. */
    public val clientId: String = native { ffi.clientId() }

    /** The gateway's base URL. */
    public val baseUrl: String = native { ffi.baseUrl() }

    /** The version of the key that signs. */
    public val keyVersion: Long = native { ffi.keyVersion() }.toLong()

    /** Whether this merchant plays: its client id is one of the sandbox, or its gateway runs on this machine. */
    public val isSandbox: Boolean = native { ffi.isSandbox() }

    /** Whether a request may name a notify URL of plain http. */
    public val allowsHttpNotify: Boolean = native { ffi.allowsHttpNotify() }

    /** Where the gateway posts notifications for this merchant: the public URL, or its path. */
    public val notifyUrl: String? = native { ffi.notifyUrl() }

    internal val apiPrefix: String = native { ffi.apiPrefix() }

    /** The path of an operation; `gateway.path` where the gateway has no such API. */
    public fun path(operation: Operation): String = native { ffi.path(operation.ffi()) }

    /** The path of any other API: `v1/payments/inquiryPayment`, or one with a slash at its start. */
    public fun pathOfCall(call: String): String = native { ffi.pathOfCall(call) }

    /** Signs a request. [now] is the time of the request, in milliseconds since the epoch. */
    @JvmOverloads
    public fun signRequest(path: String, body: ByteArray, now: Long = System.currentTimeMillis()): SignedRequest =
        SignedRequest(FlatCall.SIGN_REQUEST.of(this, number, arguments(body).text(path).bytes(body).long(now)))

    /**
     * Verifies the response to a request of this path. Headers are those of any HTTP library; the body is the bytes that
     * arrived. Whatever the exception: the response says nothing about the payment.
     */
    public fun verifyResponse(path: String, headers: List<Header>, body: ByteArray): VerifiedResponse =
        VerifiedResponse(FlatCall.VERIFY_RESPONSE.of(this, number, arguments(body).text(path).headers(headers).bytes(body)))

    /** The same for an answer of HTTP: an error tells its status, which decides nothing. */
    internal fun verifyAnswer(path: String, reply: HttpReply): VerifiedResponse {
        val arguments = arguments(reply.body).text(path).short(reply.httpStatus()).headers(reply.headers).bytes(reply.body)
        return VerifiedResponse(FlatCall.VERIFY_ANSWER.of(this, number, arguments))
    }

    /**
     * Verifies a notification, and holds its age against the allowed one.
     *
     * [url] is the public notify URL as the gateway knows it, or its path; without one the configured [notifyUrl] counts.
     * Never pass what the web framework says about the request: behind a proxy it can differ from what was signed, and a
     * stranger chooses it. The message is verified over the path without its query, and where that fails with it.
     *
     * Store what it says, by [Client.notified] or yourself, and only then [acknowledge] it. [Client.handleNotification] is all of
     * it in one call.
     */
    @JvmOverloads
    public fun verifyNotification(
        headers: List<Header>,
        body: ByteArray,
        now: Long = System.currentTimeMillis(),
        url: String? = null,
    ): VerifiedNotification =
        VerifiedNotification(FlatCall.VERIFY_NOTIFICATION.of(this, number, notification(url, headers, body, now)))

    /**
     * Says why a notification does not verify: for a person or a log, never to decide anything. [url] is as in
     * [verifyNotification]; a path as the web framework saw it belongs to [alternatives].
     */
    @JvmOverloads
    public fun explainNotification(
        headers: List<Header>,
        body: ByteArray,
        alternatives: Alternatives = Alternatives(),
        url: String? = null,
    ): Diagnosis =
        Diagnosis.of(jsonOf(native { ffi.explainNotification(url, headers.map { it.ffi() }, body, alternatives.ffi()) }))

    /** Says why the response to a request of this path does not verify, in the same way. */
    @JvmOverloads
    public fun explainResponse(
        path: String,
        headers: List<Header>,
        body: ByteArray,
        alternatives: Alternatives = Alternatives(),
    ): Diagnosis =
        Diagnosis.of(jsonOf(native { ffi.explainResponse(path, headers.map { it.ffi() }, body, alternatives.ffi()) }))

    /**
     * Acknowledges a notification that was verified and **stored**, signed over the path that it was signed over. For Alipay+
     * it is always signed.
     */
    @JvmOverloads
    public fun acknowledge(
        notification: VerifiedNotification,
        now: Long = System.currentTimeMillis(),
        signed: Boolean = true,
    ): Acknowledgement =
        Acknowledgement(FlatCall.ACKNOWLEDGE.of(this, number, Arguments().text(notification.path).long(now).flag(signed)))

    /** Answers a notification that could not be verified or stored, so that the gateway sends it again. */
    public fun refuse(error: Throwable): Acknowledgement {
        // An error that is not ours is a fault of this side, as a store's is.
        val code = (error as? AlipayException)?.code ?: "store.failed"
        return Acknowledgement(FlatCall.REFUSE.of(Arguments().text(code)))
    }

    override fun close(): Unit = ffi.close()

    /** The client id, the gateway and the fingerprints of the keys. */
    override fun toString(): String = native { ffi.describe() }

    /** Everything that a merchant can be told. */
    public class Builder(private val protocol: Protocol, private val clientId: String, private val gateway: Gateway) {
        private val signingKeys = LinkedHashMap<Long?, SigningKey>()
        private val gatewayKeys = LinkedHashMap<Long?, VerifyingKey>()
        private var keyVersion: Long? = null
        private var agentToken: String? = null
        private var products = mutableListOf<String>()
        private var maxAge: Long? = null
        private var maxAhead: Long? = null
        private var allowHttpNotify = false
        private var notifyUrl: String? = null

        /** Our private key; under the version of the documents' samples (1 in AMS, 0 in Alipay+) unless one is given. */
        @JvmOverloads
        public fun signingKey(key: SigningKey, version: Long? = null): Builder = apply { signingKeys[version] = key }

        /** Which of several private keys signs. */
        public fun keyVersion(version: Long): Builder = apply { keyVersion = version }

        /** The gateway's public key, for every key version or for the one given. */
        @JvmOverloads
        public fun gatewayKey(key: VerifyingKey, version: Long? = null): Builder = apply { gatewayKeys[version] = key }

        /** The token of a service provider that acts for this merchant. */
        public fun agentToken(token: String): Builder = apply { agentToken = token }

        /** A product of the host that requests name, such as `my-till/2.1`. */
        public fun userAgent(product: String): Builder = apply { products.add(product) }

        /** How old a notification may be, and how far ahead its time may lie, in milliseconds. */
        public fun freshness(maxAge: Long, maxAhead: Long): Builder = apply {
            this.maxAge = maxAge
            this.maxAhead = maxAhead
        }

        /**
         * Where the gateway posts notifications: the public URL, as the gateway knows it, such as
         * `https://shop.example/alipay/notify`, or its path. Notifications are verified over its path, whatever a proxy in
         * front of the application makes of it. A request to pay that names no notify URL is sent with this one, if it is a URL.
         */
        public fun notifyUrl(url: String): Builder = apply { notifyUrl = url }

        /** Lets requests name a notify URL of plain http outside the sandbox too. */
        public fun allowHttpNotify(allow: Boolean): Builder = apply { allowHttpNotify = allow }

        /** Checks everything and gives the merchant. */
        public fun build(): Merchant = Merchant(ffi())

        internal fun ffi(): FfiMerchant {
            fun missing(path: String): Nothing =
                throw AlipayException.of("config.missing", "the merchant has no such key", path, null)
            if (signingKeys.isEmpty()) missing("signingKey")
            if (gatewayKeys.isEmpty()) missing("gatewayKey")
            if (gatewayKeys.size > 1 && null in gatewayKeys) {
                throw AlipayException.of("config.invalid", "one of several keys has no version", "gatewayKey", null)
            }
            val only = signingKeys.keys.singleOrNull()
            val usual = if (protocol == Protocol.AMS) 1L else 0L
            val signingVersion = keyVersion ?: only ?: usual
            val settings = MerchantSettings(
                protocol.ffi(), gateway.setting, gateway.allowHttp, clientId, signingVersion.checkedVersion(), agentToken,
                RUNTIME, products, maxAge, maxAhead, allowHttpNotify, notifyUrl,
            )
            val single = gatewayKeys[null]
            return native {
                FfiMerchant(
                    settings,
                    signingKeys.entries.associate { (it.key ?: signingVersion).checkedVersion() to it.value.ffi },
                    single?.ffi,
                    if (single != null) emptyMap() else gatewayKeys.entries.associate { it.key!!.checkedVersion() to it.value.ffi },
                )
            }
        }

        private fun Long.checkedVersion(): UInt =
            if (this in 0..UInt.MAX_VALUE.toLong()) toUInt() else throw wrongVersion()

        private fun wrongVersion() =
            AlipayException.of("config.invalid", "a key version is not a number of 32 bits", "keyVersion", null)
    }

    public companion object {
        /** The version of Kotlin, for the User-Agent. */
        private val RUNTIME: String = KotlinVersion.CURRENT.toString()

        /** Reads a merchant from variables named `ALIPAY_INSTORE_…`, and the files that they name. */
        @JvmStatic
        @JvmOverloads
        public fun fromEnv(variables: Map<String, String> = System.getenv()): Merchant =
            Merchant(native { FfiMerchant.fromSettings(variables.filterKeys { it.startsWith("ALIPAY_INSTORE_") }) })

        /** The merchant of a `sandbox.json`. */
        @JvmStatic
        public fun fromFile(file: File, protocol: Protocol): Merchant = SandboxSettings.fromFile(file, protocol).merchant
    }
}

/** What a sandbox gateway says about itself in its `sandbox.json`. */
public class SandboxSettings private constructor(ffi: FfiSandbox) {
    /** The sandbox's merchant. */
    public val merchant: Merchant = Merchant(ffi.merchant())

    /** The certificate authority of its TLS, as PEM; absent where it speaks plain http. */
    public val caPem: ByteArray? = ffi.caPem()

    /** How many times faster than real time its clock runs; 0 while it stands still. */
    public val speed: Int = ffi.speed().toInt()

    /** When its clock started to run at that speed, in milliseconds since the epoch. */
    public val clockOrigin: Long? = ffi.clockOrigin()

    public companion object {
        /** Reads a `sandbox.json` and the files beside it. */
        @JvmStatic
        public fun fromFile(file: File, protocol: Protocol): SandboxSettings {
            val text = try {
                file.readBytes()
            } catch (e: IOException) {
                throw AlipayException.of("config.invalid", "the file can't be read", "sandbox.json", e)
            }
            val folder = file.absoluteFile.parent ?: "."
            return nativeReading { SandboxSettings(FfiSandbox.read(text, folder, protocol.ffi())) }
        }
    }
}

/** Several merchants behind one notify URL: which of them a notification is for. */
public class Merchants(private val merchants: List<Merchant>) : AutoCloseable {
    private val ffi: FfiMerchants = native { FfiMerchants(merchants.map { it.ffi }) }
    private val number = native { ffi.number() }

    /**
     * Verifies a notification for the merchant that its Client-Id header names. Without a [url] the configured notify URL of
     * that merchant counts; see [Merchant.verifyNotification].
     */
    @JvmOverloads
    public fun verifyNotification(
        headers: List<Header>,
        body: ByteArray,
        now: Long = System.currentTimeMillis(),
        url: String? = null,
    ): Verified {
        val routed = FlatCall.VERIFY_ROUTED.of(this, number, notification(url, headers, body, now))
        val (clientId, protocol) = routed.text() to Protocol.of(routed.text())
        val merchant = merchants.first { it.clientId == clientId && it.protocol == protocol }
        return Verified(merchant, VerifiedNotification(routed))
    }

    override fun close(): Unit = ffi.close()

    /** A verified notification and whose it is. */
    public class Verified internal constructor(
        /** The merchant. */
        public val merchant: Merchant,
        /** The notification. */
        public val notification: VerifiedNotification,
    )
}
