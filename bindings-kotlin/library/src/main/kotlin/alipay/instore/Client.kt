package alipay.instore

import alipay.instore.ffi.EngineSettings
import alipay.instore.ffi.inquiryBody
import alipay.instore.ffi.inquiryRefundBody
import alipay.instore.model.InquiryRefundResponse
import alipay.instore.model.InquiryResponse
import alipay.instore.model.PayRequest
import alipay.instore.model.PaymentRequestIds
import alipay.instore.model.RefundRequest
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import java.util.UUID
import alipay.instore.ffi.Engine as FfiEngine

/**
 * Pays, refunds and inquires for one merchant. Safe to share between threads and coroutines.
 *
 * What it drives goes on in the background until it is closed, or collected because nothing refers to it any more; then other
 * clients on the same store take it over. Cancelling the coroutine of a call stops the waiting, and not the payment. From Java
 * each call is one of [calls].
 *
 * A call that waits does so for 180 s unless said otherwise, and for a payment whose code the customer scans 120 s beyond the
 * customer's time; then its result is in progress, and the payment goes on. `wait` is in milliseconds, and [UNLIMITED] waits
 * for as long as it takes.
 */
public class Client private constructor(builder: Builder) : AutoCloseable {
    /** A client with defaults for everything but the merchant and the store. */
    @JvmOverloads
    public constructor(merchant: Merchant, store: Store, transport: Transport = UrlConnectionTransport()) :
        this(Builder(merchant, store).transport(transport))

    /** The merchant. */
    public val merchant: Merchant = builder.merchant

    /** The client's clock. */
    public val clock: Clock = builder.clock

    private val shop = builder.shop
    private val claims = builder.claims
    private val acknowledgesUnknown = builder.acknowledgesUnknown
    private val requestTimeout = builder.requestTimeout
    private val store = OpenedStore.of(builder.store)
    private val engine: FfiEngine = builder.engine(store)
    private val driver = Driver(engine)
    private val exchange: Exchange
    private val shell: Shell

    init {
        exchange = Exchange(builder.transport ?: UrlConnectionTransport(), clock, builder.checkedPolicy().replyTime / 5 * 4)
        shell = Shell(driver, exchange, clock, Told(builder.observer, store.contexts), store.contexts, store::failureOf)
    }

    /** The time at the gateway, by its signed answers; null until two of them have confirmed each other. */
    public val gatewayTime: Long? get() = driver.gatewayTime(clock.reading())

    /** The calls of this client for Java: each blocks, or is a future. */
    public fun calls(): Calls = Calls(this)

    /**
     * Pays, and returns when the payment has its result, or after [wait] as being in progress. Where the [wallet] is known, such
     * as `ALIPAY_HK`, its minimum amount is checked.
     *
     * With an id that is stored it goes on with that payment, or returns its result, if the request states the same: so the same
     * call again is always safe. Whatever is wrong with the request is raised before anything is stored or sent;
     * `payment.id_reused` if a payment of this id is stored that states something else; `payment.interrupted`, and errors of the
     * store. [AlipayException.mayHaveCharged] says whether the customer may have paid.
     */
    @JvmSynthetic
    public suspend fun pay(request: PayRequest, wallet: String? = null, wait: Long? = null): PaymentResult =
        pay(request.paymentRequestId, Request.Pay(request.toJson().toString(), wallet, false), wait)

    /**
     * Charges the customer who showed this payment [code], as a scanner delivers it. Without a [paymentRequestId] the client
     * makes one, and each call is a new payment. Where an error says that the customer may have been charged, its
     * [AlipayException.paymentRequestId] names the payment: [resume] it, and look at its result before the customer is charged
     * again. Needs [Builder.shop].
     */
    @JvmSynthetic
    public suspend fun payCode(
        code: String,
        amount: Amount,
        description: String,
        paymentRequestId: String? = null,
        wait: Long? = null,
    ): PaymentResult = sell(Sale(Scenario.PAYMENT_CODE, amount, description, paymentRequestId, mapOf("code" to code)), wait)

    /** Makes a code of this order for the customer to scan; [watch] and the [Observer] get the form to show. Needs [Builder.shop]. */
    @JvmSynthetic
    public suspend fun payOrderCode(
        amount: Amount,
        description: String,
        paymentRequestId: String? = null,
        wait: Long? = null,
    ): PaymentResult = sell(Sale(Scenario.ORDER_CODE, amount, description, paymentRequestId), wait)

    /**
     * Charges a customer who opened the merchant's page by the shop's code; [userAgent] is the header that the wallet sent.
     * [watch] and the [Observer] get the page to send the customer to. Needs [Builder.shop].
     */
    @JvmSynthetic
    public suspend fun payEntryCode(
        amount: Amount,
        description: String,
        userAgent: String,
        paymentRequestId: String? = null,
        wait: Long? = null,
    ): PaymentResult =
        sell(Sale(Scenario.ENTRY_CODE, amount, description, paymentRequestId, mapOf("user_agent" to userAgent)), wait)

    private suspend fun sell(sale: Sale, wait: Long?): PaymentResult {
        val shop = shop ?: throw AlipayException.of("config.missing", "the client was made without a shop", "shop", null)
        val id = sale.paymentRequestId ?: shop.newId(clock.now())
        // Nobody else has used a new id, so an error before the first send says for certain that nothing was sent.
        return pay(id, Request.Pay(shop.request(sale, id), null, sale.paymentRequestId == null), wait)
    }

    private suspend fun pay(id: String?, request: Request, wait: Long?) = PaymentResult.of(shell.call(id.orEmpty(), request, wait))

    private suspend fun payment(id: String, request: Request, wait: Long? = null) = PaymentResult.of(shell.call(id, request, wait))

    /**
     * Stores the payment and sends its request, and returns without the answer; it is driven in the background. [status] tells
     * how it stands, [resume] waits for it, [watch] follows it.
     */
    @JvmSynthetic
    public suspend fun start(request: PayRequest): PaymentResult =
        pay(request.paymentRequestId, Request.Start(request.toJson().toString()), null)

    /** How a stored payment stands. Reads the store, and does nothing else. */
    @JvmSynthetic
    public suspend fun status(paymentRequestId: String): PaymentResult = payment(paymentRequestId, Request.Status)

    /** Waits for a stored payment, and drives it if nobody else does; one that has its result is returned as it is. */
    @JvmSynthetic
    public suspend fun resume(paymentRequestId: String, wait: Long? = null): PaymentResult =
        payment(paymentRequestId, Request.Resume, wait)

    /**
     * Waits until everything about a stored payment has ended: the payment, its refunds and its reverse, and drives them if nobody
     * else does.
     */
    @JvmSynthetic
    public suspend fun finish(paymentRequestId: String, wait: Long? = null): PaymentResult =
        payment(paymentRequestId, Request.Finish, wait)

    /**
     * Resumes every stored payment, refund and reverse that is open and that nobody drives, and returns at once: they go on in the
     * background. What could not be read or taken is in the list, and stops nothing else.
     *
     * A client does this by itself for what is due, unless its [Builder.claims] are off.
     */
    @JvmSynthetic
    public suspend fun resumeAll(): Recovery {
        val unfinished = jsonOf(native { engine.unfinished() })
        val payments = mutableListOf<Resumption>()
        var elsewhere = 0
        for (id in (unfinished["ids"] as? JsonArray).orEmpty().mapNotNull { it.text() }) {
            try {
                val taken = shell.answer(id, Request.TakeUp)
                if (taken == null) elsewhere++ else payments += Resumption(id, PaymentResult.of(jsonOf(taken)), null)
            } catch (e: AlipayException) {
                // The same merchant's, at the other gateway.
                if (e.code != "config.unknown_client") payments += Resumption(id, null, e)
            }
        }
        val unreadable = unfinished.objects("unreadable").map { Unreadable.of(it) }.filter { record ->
            payments.none { it.paymentRequestId == record.paymentRequestId }
        }
        return Recovery(payments + unreadable.map { Resumption(it.paymentRequestId, null, it.error) }, elsewhere)
    }

    /**
     * Drives what is due and nobody drives, until the client is closed: after a crash, a deployment, or a process that ended early.
     * Any number of workers share one store. `config.invalid` if the client's [Builder.claims] are off.
     */
    @JvmSynthetic
    public suspend fun runWorker() {
        if (!claims) throw AlipayException.of("config.invalid", "the client takes over nothing", "claims", null)
        shell.work()
    }

    /**
     * Cancels a payment that has no result yet, and returns when it has one: cancelled, unless it had another one before. A
     * payment that was paid stays paid, and that is its result: [reverse] gives the money back.
     */
    @JvmSynthetic
    public suspend fun cancel(paymentRequestId: String, wait: Long? = null): PaymentResult =
        payment(paymentRequestId, Request.Cancel, wait)

    /**
     * Gives money back for a payment of this store that succeeded, and returns when the refund has its result. A refund whose id
     * is stored goes on, or its result is returned, if the request states the same.
     *
     * `refund.id_reused`, `request.refund_exceeds`, `payment.not_final`, `payment.not_succeeded` and whatever is wrong with the
     * request; [AlipayException.mayHaveRefunded] says whether money may have been given back.
     */
    @JvmSynthetic
    public suspend fun refund(paymentRequestId: String, request: RefundRequest, wait: Long? = null): RefundResult =
        RefundResult.of(shell.call(paymentRequestId, Request.Refund(request.toJson().toString()), wait))

    /**
     * Makes sure that the customer has paid nothing: cancels the payment, gives back what was taken, and returns when that has its
     * result. The same call again is safe.
     */
    @JvmSynthetic
    public suspend fun reverse(paymentRequestId: String, wait: Long? = null): ReverseResult =
        ReverseResult.of(shell.call(paymentRequestId, Request.Reverse, wait))

    /**
     * Records what a person found out about a payment, or about one of its refunds, that ended as unresolved. The outcome stays;
     * whether money counts as charged or given back follows what was found out. [who] and [note] are kept with it, so neither
     * holds a secret.
     */
    @JvmSynthetic
    public suspend fun resolve(
        paymentRequestId: String,
        resolved: Resolved,
        who: String,
        note: String,
        refundRequestId: String? = null,
    ) {
        shell.answer(paymentRequestId, Request.Resolve(refundRequestId, resolved, who, note))
    }

    /** The alerts of this merchant's payments that nobody has acknowledged. */
    @JvmSynthetic
    public suspend fun alerts(): Alerts = Alerts(jsonOf(native { engine.openAlerts() }))

    /** Somebody has taken care of the alert of this number ([Alert.number]). The same again changes nothing. */
    @JvmSynthetic
    public suspend fun acknowledgeAlert(paymentRequestId: String, number: Long, who: String) {
        shell.answer(paymentRequestId, Request.Acknowledge(number.coerceIn(0, UInt.MAX_VALUE.toLong()).toUInt(), who))
    }

    /**
     * Verifies a notification, stores what it says, and tells what to answer: the one call of the handler of the notify URL.
     * Headers and body are taken as they arrived. It raises nothing: what went wrong is in [HandledNotification.error], and the
     * answer makes the gateway send it again. [url] is the public notify URL as the gateway knows it, or its path, in place of
     * the merchant's configured one.
     *
     * Nothing is carried out here: whoever drives the payment goes on with it.
     */
    @JvmSynthetic
    public suspend fun handleNotification(headers: List<Header>, body: ByteArray, url: String? = null): HandledNotification {
        val notification = try {
            merchant.verifyNotification(headers, body, clock.now(), url)
        } catch (e: AlipayException) {
            return HandledNotification(merchant.refuse(e), null, null, e)
        }
        return handleVerified(notification)
    }

    /** The same for one that [Merchants] verified. */
    @JvmSynthetic
    public suspend fun handleVerified(notification: VerifiedNotification): HandledNotification = try {
        val result = notified(notification)
        if (result == Notified.Unknown && !acknowledgesUnknown) throw unknown()
        HandledNotification(merchant.acknowledge(notification, clock.now()), notification, result, null)
    } catch (e: AlipayException) {
        HandledNotification(merchant.refuse(e), notification, null, e)
    }

    private fun unknown() = AlipayException.hinted(
        "request.unknown_payment", "no payment or refund of this notification is stored here",
        "nothing was stored; the notification was refused, so that it comes again", null,
    )

    /**
     * Feeds a verified notification to its payment or its refund and stores it, whoever drives that. Acknowledge only once this
     * has returned.
     */
    @JvmSynthetic
    public suspend fun notified(notification: VerifiedNotification): Notified = when (notification.kind) {
        NotificationKind.PAYMENT_RESULT -> shell.notify(notification.paymentRequestId, null, notification.bodyText)
        NotificationKind.REFUND_RESULT -> shell.notify(null, notification.refundRequestId, notification.bodyText)
        NotificationKind.OTHER -> null
    }?.let { Notified.of(it) } ?: Notified.Other

    /**
     * Follows a stored payment: what it shows to the customer now, and then each step until it has its result. This is how a till
     * shows an order code. Where another process drives the payment, its steps are seen when it stores them. Leaving the flow stops
     * nothing.
     */
    public fun watch(paymentRequestId: String): Flow<TimelineEntry> = flow {
        val steps = shell.watch(paymentRequestId)
        // Before the look: what happens between a look and the beginning of that wait would be seen by neither.
        val following = shell.follow(paymentRequestId)
        try {
            val now = status(paymentRequestId)
            fun entry(event: TimelineEvent) = TimelineEntry(clock.now(), 0, event)
            now.outcome?.let { return@flow emit(entry(TimelineEvent.Concluded(it))) }
            var shown = now.form?.also { emit(entry(TimelineEvent.Presented(it))) }
            for (step in steps) {
                val event = step.event
                // It was seen in the store, and then as a step.
                if (event is TimelineEvent.Presented && event.form == shown) continue
                if (event is TimelineEvent.Presented) shown = event.form
                emit(step)
                if (event is TimelineEvent.Concluded) break
            }
        } finally {
            following.cancel()
            steps.cancel()
        }
    }

    /**
     * Checks everything that a payment needs, and says what is wrong and what to do about it: settings, keys, the store, the way
     * to the gateway, signatures both ways, the clocks, and the notify URL. Charges nobody.
     *
     * It writes to the store and removes it again, asks the gateway about an id that nobody used, and posts an unsigned
     * notification to the notify URL, which a correct handler refuses. It takes at most as long as two requests may.
     */
    @JvmSynthetic
    public suspend fun check(): CheckReport {
        val id = shop?.newId(clock.now()) ?: PaymentRequestIds.create("", clock.now())
        return Checkup(merchant, exchange, clock, driver::hear, requestTimeout).run(id, store)
    }

    /** Asks the gateway about a payment, once. What it answers is not fed to the payment. */
    @JvmSynthetic
    public suspend fun inquire(paymentRequestId: String): InquiryResponse {
        val body = native { inquiryBody(merchant.protocol.ffi(), paymentRequestId) }
        return InquiryResponse.fromJson(exchange(merchant.path(Operation.INQUIRY), body).body)
    }

    /** Asks the gateway about a refund, once. AMS only: Alipay+ has no such API. */
    @JvmSynthetic
    public suspend fun inquireRefund(refundRequestId: String): InquiryRefundResponse {
        val body = native { inquiryRefundBody(merchant.protocol.ffi(), refundRequestId) }
        return InquiryRefundResponse.fromJson(exchange(merchant.path(Operation.REFUND_INQUIRY), body).body)
    }

    /** Calls any other API of the gateway: signed, sent once, verified. [body] is JSON text, sent as it stands. */
    @JvmSynthetic
    public suspend fun call(path: String, body: String): VerifiedResponse = exchange(merchant.pathOfCall(path), body)

    /** The same with a JSON object. */
    @JvmSynthetic
    public suspend fun call(path: String, body: JsonObject): VerifiedResponse = call(path, body.toString())

    private suspend fun exchange(path: String, body: String): VerifiedResponse {
        if (shell.isClosing) throw AlipayException.of("client.closed", "the client was closed", null, null)
        val sent = clock.reading()
        val reply = try {
            exchange.post(requestTimeout) { merchant.signRequest(path, body.toByteArray(), clock.now()) }
        } catch (e: Exchange.Failure) {
            throw e.error
        }
        return merchant.verifyAnswer(path, reply).also { driver.hear(it.signedAt, sent, clock.reading()) }
    }

    /**
     * Gives everything back that this client drives, so that other processes go on with it at once. Calls that wait are told
     * `payment.interrupted`, and later ones `client.closed`. It returns when the requests that are under way were answered, after
     * five seconds at the latest.
     */
    @JvmSynthetic
    public suspend fun shutDown(): Unit = shell.close()

    /**
     * [shutDown], blocking: for at most five seconds, if the store or the gateway does not answer. A thread that was interrupted before gives
     * everything back all the same, and stays interrupted.
     */
    override fun close() {
        val interrupted = Thread.interrupted()
        try {
            runBlocking { shell.close() }
        } catch (_: InterruptedException) {
            Thread.currentThread().interrupt()
        } finally {
            if (interrupted) Thread.currentThread().interrupt()
        }
    }

    override fun toString(): String = "Client($merchant)"

    /** Settings of a client; everything but the merchant and the store has a default. */
    public class Builder(internal val merchant: Merchant, internal val store: Store) {
        internal var transport: Transport? = null
        internal var clock: Clock = Clock.System
        private var policy: Policy? = null
        private var notifyUrlConfigured = false
        internal var observer: Observer? = null
        internal var requestTimeout = 10_000L
        private var ownerTimeout = 15_000L
        internal var claims = true
        internal var acknowledgesUnknown = false
        private var limits = Limits()
        internal var shop: Shop? = null

        /** Uses another transport than [UrlConnectionTransport]. */
        public fun transport(transport: Transport): Builder = apply { this.transport = transport }

        /** Uses another clock. */
        public fun clock(clock: Clock): Builder = apply { this.clock = clock }

        /** Uses another policy than the protocol's preset. */
        public fun policy(policy: Policy): Builder = apply { this.policy = policy }

        /** Says that the notification URL is configured at the gateway, so that AMS needs none in the request. */
        public fun notifyUrlConfigured(configured: Boolean): Builder = apply { notifyUrlConfigured = configured }

        /**
         * Whether [Client.handleNotification] acknowledges a notification of a payment that is not stored here. Unless said
         * otherwise it refuses it, so that it comes again: it can be faster than the store.
         */
        public fun acknowledgeUnknown(acknowledge: Boolean): Builder = apply { acknowledgesUnknown = acknowledge }

        /** Shows every step to an observer. */
        public fun observer(observer: Observer): Builder = apply { this.observer = observer }

        /**
         * How long one request may take as a whole, in milliseconds of the client's clock; 10,000 unless said otherwise. The
         * policy's reply time decides when the payment goes on; an answer that comes later still counts.
         */
        public fun requestTimeout(milliseconds: Long): Builder = apply { requestTimeout = milliseconds }

        /**
         * After this time without a sign of life another process takes over what this one drives, in milliseconds; 15,000 unless
         * said otherwise. Every process on one store states the same.
         */
        public fun ownerTimeout(milliseconds: Long): Builder = apply { ownerTimeout = milliseconds }

        /**
         * Whether it takes over what is due and nobody drives, such as after a crash of another process; it does unless said
         * otherwise. A process that ends after one payment says no.
         */
        public fun claims(claims: Boolean): Builder = apply { this.claims = claims }

        /** How many requests of this client may be under way, and how many may begin in a second. */
        public fun limits(limits: Limits): Builder = apply { this.limits = limits }

        /** States the shop once, for [Client.payCode] and the calls beside it. */
        public fun shop(shop: Shop): Builder = apply { this.shop = shop }

        /** Makes the client. */
        public fun build(): Client = Client(this)

        internal fun checkedPolicy(): Policy = policy ?: Policy.preset(merchant.protocol)

        internal fun engine(store: OpenedStore): FfiEngine {
            fun wrong(reason: String, path: String): Nothing = throw AlipayException.of("config.invalid", reason, path, null)
            val policy = checkedPolicy()
            if (policy.protocol != merchant.protocol) wrong("the policy is for the other protocol", "policy.protocol")
            if (requestTimeout < 1) wrong("the time for a request is not positive", "requestTimeout")
            if (ownerTimeout < 1) wrong("the time of an owner is not positive", "ownerTimeout")
            for ((name, limit) in listOf("inFlight" to limits.inFlight, "perSecond" to limits.perSecond, "burst" to limits.burst)) {
                if (limit < 1) wrong("the limit is not positive", "limits.$name")
            }
            // A name that no other process has, and no other client of this process.
            val owner = UUID.randomUUID().toString()
            val settings = EngineSettings(
                owner, policy.json, claims, ownerTimeout, requestTimeout, clock.pace().toUInt(), notifyUrlConfigured,
                limits.inFlight.toUInt(), limits.perSecond.toUInt(), limits.burst.toUInt(),
            )
            return native { FfiEngine(merchant.ffi, store.ffi, settings) }
        }
    }

    public companion object {
        /** A `wait` that never ends. */
        public const val UNLIMITED: Long = Long.MAX_VALUE
    }
}
