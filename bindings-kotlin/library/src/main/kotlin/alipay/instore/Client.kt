package alipay.instore

import alipay.instore.ffi.inquiryBody
import alipay.instore.ffi.inquiryRefundBody
import alipay.instore.model.InquiryRefundResponse
import alipay.instore.model.InquiryResponse
import alipay.instore.model.PayRequest
import alipay.instore.model.RefundRequest
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.future.future
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import kotlinx.serialization.json.JsonObject
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentHashMap

/** What a client is made of, for its parts. */
internal class ClientParts(
    val merchant: Merchant,
    val store: PaymentStore,
    val clock: Clock,
    val exchange: Exchange,
    val observer: Observer?,
)

/**
 * Pays, refunds and inquires for one merchant. Safe to share between threads and coroutines.
 *
 * After every step the snapshot is stored, and only then is anything sent; a store that fails sends nothing. Cancelling the
 * coroutine of a call, or the end of the process, stops a payment where it is: [resume] goes on from the store. Each
 * suspending function has a blocking and a `CompletableFuture` variant for Java.
 */
public class Client private constructor(builder: Builder) : AutoCloseable {
    /** A client with defaults for everything but the merchant and the store. */
    @JvmOverloads
    public constructor(merchant: Merchant, store: PaymentStore, transport: Transport = UrlConnectionTransport()) :
        this(Builder(merchant, store).transport(transport))

    /** The merchant. */
    public val merchant: Merchant = builder.merchant

    /** The client's clock. */
    public val clock: Clock = builder.clock

    private val policy = builder.policy ?: Policy.preset(merchant.protocol)
    private val notifyUrlConfigured = builder.notifyUrlConfigured
    private val shop = builder.shop
    private val parts: ClientParts
    private val refunds: Refunds
    private val running = ConcurrentHashMap<String, Running>()
    private val futures = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    @Volatile
    private var closed = false

    init {
        if (policy.protocol != merchant.protocol) {
            throw AlipayException.of("config.invalid", "the policy is for the other protocol", "policy.protocol", null)
        }
        if (builder.requestTimeout < 1) {
            throw AlipayException.of("config.invalid", "the time for a request is not positive", "request_timeout", null)
        }
        val transport = builder.transport ?: UrlConnectionTransport()
        val exchange = Exchange(merchant, transport, builder.clock, builder.requestTimeout, policy.replyTime / 5 * 4)
        parts = ClientParts(merchant, CheckedStore(builder.store), builder.clock, exchange, builder.observer)
        refunds = Refunds(parts)
    }

    /**
     * Pays, and returns when the payment has its result. Where the [wallet] is known, such as `ALIPAY_HK`, its minimum
     * amount is checked.
     *
     * Whatever is wrong with the request is raised before anything is stored or sent; `store.exists` if the id was used
     * before; an error of the store, after which nothing more was sent.
     */
    @JvmSynthetic
    public suspend fun pay(request: PayRequest, wallet: String? = null): PaymentResult =
        pay(request.toJson().toString(), wallet)

    /**
     * Charges the customer who showed this payment [code], as a scanner delivers it. Without a [paymentRequestId] the client
     * makes one. Needs [Builder.shop].
     */
    @JvmSynthetic
    public suspend fun payCode(
        code: String,
        amount: Amount,
        description: String,
        paymentRequestId: String? = null,
    ): PaymentResult = sell(Sale(Scenario.PAYMENT_CODE, amount, description, paymentRequestId, mapOf("code" to code)))

    /** Makes a code of this order for the customer to scan; the [Observer] gets the form to show. Needs [Builder.shop]. */
    @JvmSynthetic
    public suspend fun payOrderCode(amount: Amount, description: String, paymentRequestId: String? = null): PaymentResult =
        sell(Sale(Scenario.ORDER_CODE, amount, description, paymentRequestId))

    /**
     * Charges a customer who opened the merchant's page by the shop's code; [userAgent] is the header that the wallet sent.
     * The [Observer] gets the page to send the customer to. Needs [Builder.shop].
     */
    @JvmSynthetic
    public suspend fun payEntryCode(
        amount: Amount,
        description: String,
        userAgent: String,
        paymentRequestId: String? = null,
    ): PaymentResult =
        sell(Sale(Scenario.ENTRY_CODE, amount, description, paymentRequestId, mapOf("user_agent" to userAgent)))

    private suspend fun sell(sale: Sale): PaymentResult {
        val shop = shop ?: throw AlipayException.of("config.missing", "the client was made without a shop", "shop", null)
        return pay(shop.request(sale, parts.clock.now()), null)
    }

    private suspend fun pay(body: String, wallet: String?): PaymentResult {
        checkOpen()
        val options = PayCheckOptions(wallet, notifyUrlConfigured, parts.clock.now())
        val checked = PaymentOrder.checked(body, merchant, options)
        if (parts.store.get(checked.order.paymentRequestId) != null) {
            throw AlipayException.of("store.exists", "a payment of this id is stored", null, null)
        }
        return drive(Payment(policy, checked.order), 0, PaymentEvent.Begin, null, checked.warnings)
    }

    /** Takes a stored payment up again and returns when it has its result; one that has it is returned as it is. */
    @JvmSynthetic
    public suspend fun resume(paymentRequestId: String): PaymentResult = resume(paymentRequestId, null)

    private suspend fun resume(paymentRequestId: String, command: Command?): PaymentResult {
        checkOpen()
        val (payment, revision) = load(paymentRequestId)
        if (payment.outcome != null) return payment.use { PaymentResult.of(it) }
        val first = if (payment.begunAt != null) PaymentEvent.Resumed else PaymentEvent.Begin
        return drive(payment, revision, first, command, emptyList())
    }

    /** Resumes every stored payment without a result, all at once, and every open refund. */
    @JvmSynthetic
    public suspend fun resumeAll(): List<Resumption> {
        checkOpen()
        val ids = parts.store.ids()
        return coroutineScope {
            ids.map { id -> async { resumeOne(id) } }.awaitAll()
        }.filterNotNull().sortedBy { it.paymentRequestId }
    }

    private suspend fun resumeOne(id: String): Resumption? = try {
        val payment = Refunds.paymentOf(id)
        if (payment == null) {
            Resumption(id, resume(id), null)
        } else {
            refunds.resumeAll(id)
            null
        }
    } catch (e: AlipayException) {
        Resumption(Refunds.paymentOf(id) ?: id, null, e)
    }

    /**
     * Feeds a verified notification to its payment or its refund, which may be driven at this moment, and stores it.
     * Acknowledge only once this has returned.
     */
    @JvmSynthetic
    public suspend fun notified(notification: VerifiedNotification): Notified {
        checkOpen()
        return when (notification.kind) {
            NotificationKind.PAYMENT_RESULT ->
                notification.paymentRequestId?.let { paymentNotified(it, notification.bodyText) } ?: Notified.Unknown(null)
            NotificationKind.REFUND_RESULT ->
                notification.refundRequestId?.let { refundNotified(it, notification.bodyText) } ?: Notified.Unknown(null)
            NotificationKind.OTHER -> Notified.Other
        }
    }

    private suspend fun refundNotified(refundRequestId: String, body: String): Notified =
        when (val holder = refunds.holder(refundRequestId)) {
            null -> Notified.Unknown(null)
            // The refund is the payment machine's own.
            is RefundHolder.OfPayment -> paymentNotified(holder.paymentRequestId, body)
            is RefundHolder.OfLedger -> refunds.notified(holder.paymentRequestId, refundRequestId, body)
        }

    private suspend fun paymentNotified(id: String, body: String): Notified {
        while (true) {
            val stored = CompletableDeferred<Boolean>()
            val told = running[id]?.commands?.trySend(Command.Notification(body, stored))
            // Where it ended before it took the notification in, it is stored now.
            if (told?.isSuccess == true && stored.await()) return Notified.Taken(load(id).first.use { it.outcome })
            val record = parts.store.get(id) ?: return Notified.Unknown(id)
            Payment.restore(record.snapshot).use { payment ->
                payment.handle(PaymentEvent.Notified(body), parts.clock.now())
                try {
                    parts.store.put(id, record.revision, payment.snapshot())
                    return Notified.Taken(payment.outcome)
                } catch (e: AlipayException) {
                    // Whoever moved it on has the lead: tell them, or read again.
                    if (e.code != "store.conflict") throw e
                }
            }
            yield()
        }
    }

    /** Cancels a payment, and returns when it has its result: cancelled, unless it had another one before. */
    @JvmSynthetic
    public suspend fun cancel(paymentRequestId: String): PaymentResult {
        checkOpen()
        val driven = running[paymentRequestId]
        if (driven != null && driven.commands.trySend(Command.Cancel).isSuccess) {
            driven.finished.await()?.let { return it }
            // The driver was stopped: the store knows how far it came.
        }
        return resume(paymentRequestId, Command.Cancel)
    }

    /** Asks the gateway about a payment, once. What it answers is not fed to the payment. */
    @JvmSynthetic
    public suspend fun inquire(paymentRequestId: String): InquiryResponse {
        val body = native { inquiryBody(merchant.protocol.ffi(), paymentRequestId) }
        return InquiryResponse.fromJson(exchange(merchant.path(Operation.INQUIRY), body).body)
    }

    /**
     * Gives money back for a payment of this store that succeeded, and returns when the refund has its result. A refund that
     * is entered already goes on where it is.
     */
    @JvmSynthetic
    public suspend fun refund(paymentRequestId: String, request: RefundRequest): RefundResult {
        checkOpen()
        return refunds.refund(paymentRequestId, request.toJson().toString())
    }

    /** Takes a refund up again that was entered before. */
    @JvmSynthetic
    public suspend fun resumeRefund(paymentRequestId: String, refundRequestId: String): RefundResult {
        checkOpen()
        return refunds.resume(paymentRequestId, refundRequestId)
    }

    /**
     * Enters what a person found out about a refund that ended as unresolved. [who] and [note] are kept with the refund, so
     * neither holds a secret.
     */
    @JvmSynthetic
    public suspend fun resolveRefund(
        paymentRequestId: String,
        refundRequestId: String,
        resolved: Resolved,
        who: String,
        note: String,
    ): RefundStanding {
        checkOpen()
        return refunds.resolve(paymentRequestId) { it.resolve(refundRequestId, resolved, who, note, parts.clock.now()) }
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
        checkOpen()
        try {
            return parts.exchange.send(path, body).response
        } catch (e: Exchange.Failure) {
            throw e.error
        }
    }

    private suspend fun load(paymentRequestId: String): Pair<Payment, Long> {
        val stored = parts.store.get(paymentRequestId)
            ?: throw AlipayException.of("request.unknown_payment", "no payment of this id is stored", null, null)
        return Payment.restore(stored.snapshot) to stored.revision
    }

    private suspend fun drive(
        payment: Payment,
        revision: Long,
        first: PaymentEvent,
        command: Command?,
        warnings: List<PaymentWarning>,
    ): PaymentResult {
        val entry = Running()
        if (command != null) entry.commands.trySend(command)
        val id = payment.paymentRequestId
        if (running.putIfAbsent(id, entry) != null) {
            payment.close()
            throw AlipayException.of("store.conflict", "this payment is being driven at this moment", null, null)
        }
        try {
            // Closed between the check and the entry: the entry has missed the closing command.
            checkOpen()
            val result = Drive(parts, payment, revision, entry, warnings).run(first)
            entry.finished.complete(result)
            return result
        } finally {
            running.remove(id, entry)
            entry.commands.cancel()
            entry.finished.complete(null)
            payment.close()
        }
    }

    private fun checkOpen() {
        if (closed) throw clientClosed()
    }

    /** Stops every payment where it is; they can be resumed by another client. Calls after this are `client.closed`. */
    override fun close() {
        closed = true
        for (entry in running.values) entry.commands.trySend(Command.Close)
        futures.cancel()
    }

    override fun toString(): String = "Client($merchant)"

    // For Java: each call once more, blocking and as a future.

    /** [pay], blocking. */
    @JvmOverloads
    public fun payBlocking(request: PayRequest, wallet: String? = null): PaymentResult = blocking { pay(request, wallet) }

    /** [pay] as a future; cancelling it leaves a payment that can be resumed. */
    @JvmOverloads
    public fun payAsync(request: PayRequest, wallet: String? = null): CompletableFuture<PaymentResult> =
        async { pay(request, wallet) }

    /** [payCode], blocking. */
    @JvmOverloads
    public fun payCodeBlocking(
        code: String,
        amount: Amount,
        description: String,
        paymentRequestId: String? = null,
    ): PaymentResult = blocking { payCode(code, amount, description, paymentRequestId) }

    /** [payCode] as a future; cancelling it leaves a payment that can be resumed. */
    @JvmOverloads
    public fun payCodeAsync(
        code: String,
        amount: Amount,
        description: String,
        paymentRequestId: String? = null,
    ): CompletableFuture<PaymentResult> = async { payCode(code, amount, description, paymentRequestId) }

    /** [payOrderCode], blocking. */
    @JvmOverloads
    public fun payOrderCodeBlocking(amount: Amount, description: String, paymentRequestId: String? = null): PaymentResult =
        blocking { payOrderCode(amount, description, paymentRequestId) }

    /** [payOrderCode] as a future. */
    @JvmOverloads
    public fun payOrderCodeAsync(
        amount: Amount,
        description: String,
        paymentRequestId: String? = null,
    ): CompletableFuture<PaymentResult> = async { payOrderCode(amount, description, paymentRequestId) }

    /** [payEntryCode], blocking. */
    @JvmOverloads
    public fun payEntryCodeBlocking(
        amount: Amount,
        description: String,
        userAgent: String,
        paymentRequestId: String? = null,
    ): PaymentResult = blocking { payEntryCode(amount, description, userAgent, paymentRequestId) }

    /** [payEntryCode] as a future. */
    @JvmOverloads
    public fun payEntryCodeAsync(
        amount: Amount,
        description: String,
        userAgent: String,
        paymentRequestId: String? = null,
    ): CompletableFuture<PaymentResult> = async { payEntryCode(amount, description, userAgent, paymentRequestId) }

    /** [resume], blocking. */
    public fun resumeBlocking(paymentRequestId: String): PaymentResult = blocking { resume(paymentRequestId) }

    /** [resume] as a future. */
    public fun resumeAsync(paymentRequestId: String): CompletableFuture<PaymentResult> = async { resume(paymentRequestId) }

    /** [resumeAll], blocking. */
    public fun resumeAllBlocking(): List<Resumption> = blocking { resumeAll() }

    /** [resumeAll] as a future. */
    public fun resumeAllAsync(): CompletableFuture<List<Resumption>> = async { resumeAll() }

    /** [notified], blocking. */
    public fun notifiedBlocking(notification: VerifiedNotification): Notified = blocking { notified(notification) }

    /** [notified] as a future. */
    public fun notifiedAsync(notification: VerifiedNotification): CompletableFuture<Notified> = async { notified(notification) }

    /** [cancel], blocking. */
    public fun cancelBlocking(paymentRequestId: String): PaymentResult = blocking { cancel(paymentRequestId) }

    /** [cancel] as a future. */
    public fun cancelAsync(paymentRequestId: String): CompletableFuture<PaymentResult> = async { cancel(paymentRequestId) }

    /** [inquire], blocking. */
    public fun inquireBlocking(paymentRequestId: String): InquiryResponse = blocking { inquire(paymentRequestId) }

    /** [inquire] as a future. */
    public fun inquireAsync(paymentRequestId: String): CompletableFuture<InquiryResponse> = async { inquire(paymentRequestId) }

    /** [refund], blocking. */
    public fun refundBlocking(paymentRequestId: String, request: RefundRequest): RefundResult =
        blocking { refund(paymentRequestId, request) }

    /** [refund] as a future. */
    public fun refundAsync(paymentRequestId: String, request: RefundRequest): CompletableFuture<RefundResult> =
        async { refund(paymentRequestId, request) }

    /** [resumeRefund], blocking. */
    public fun resumeRefundBlocking(paymentRequestId: String, refundRequestId: String): RefundResult =
        blocking { resumeRefund(paymentRequestId, refundRequestId) }

    /** [resumeRefund] as a future. */
    public fun resumeRefundAsync(paymentRequestId: String, refundRequestId: String): CompletableFuture<RefundResult> =
        async { resumeRefund(paymentRequestId, refundRequestId) }

    /** [resolveRefund], blocking. */
    public fun resolveRefundBlocking(
        paymentRequestId: String,
        refundRequestId: String,
        resolved: Resolved,
        who: String,
        note: String,
    ): RefundStanding = blocking { resolveRefund(paymentRequestId, refundRequestId, resolved, who, note) }

    /** [resolveRefund] as a future. */
    public fun resolveRefundAsync(
        paymentRequestId: String,
        refundRequestId: String,
        resolved: Resolved,
        who: String,
        note: String,
    ): CompletableFuture<RefundStanding> = async { resolveRefund(paymentRequestId, refundRequestId, resolved, who, note) }

    /** [inquireRefund], blocking. */
    public fun inquireRefundBlocking(refundRequestId: String): InquiryRefundResponse = blocking { inquireRefund(refundRequestId) }

    /** [inquireRefund] as a future. */
    public fun inquireRefundAsync(refundRequestId: String): CompletableFuture<InquiryRefundResponse> =
        async { inquireRefund(refundRequestId) }

    /** [call], blocking. */
    public fun callBlocking(path: String, body: String): VerifiedResponse = blocking { call(path, body) }

    /** [call] as a future. */
    public fun callAsync(path: String, body: String): CompletableFuture<VerifiedResponse> = async { call(path, body) }

    private fun <T> blocking(work: suspend () -> T): T = runBlocking { work() }

    private fun <T> async(work: suspend () -> T): CompletableFuture<T> {
        checkOpen()
        return futures.future { work() }
    }

    /** Settings of a client; everything but the merchant and the store has a default. */
    public class Builder(internal val merchant: Merchant, internal val store: PaymentStore) {
        internal var transport: Transport? = null
        internal var clock: Clock = Clock.System
        internal var policy: Policy? = null
        internal var notifyUrlConfigured = false
        internal var observer: Observer? = null
        internal var requestTimeout = 10_000L
        internal var shop: Shop? = null

        /** Uses another transport than [UrlConnectionTransport]. */
        public fun transport(transport: Transport): Builder = apply { this.transport = transport }

        /** Uses another clock. */
        public fun clock(clock: Clock): Builder = apply { this.clock = clock }

        /** Uses another policy than the protocol's preset. */
        public fun policy(policy: Policy): Builder = apply { this.policy = policy }

        /** Says that the notification URL is configured at the gateway, so that AMS needs none in the request. */
        public fun notifyUrlConfigured(configured: Boolean): Builder = apply { notifyUrlConfigured = configured }

        /** Shows every step to an observer. */
        public fun observer(observer: Observer): Builder = apply { this.observer = observer }

        /**
         * How long one request may take as a whole, in milliseconds of the client's clock; 10,000 unless said otherwise. The
         * policy's reply time decides when the machine goes on; an answer that comes later still counts.
         */
        public fun requestTimeout(milliseconds: Long): Builder = apply { requestTimeout = milliseconds }

        /** States the shop once, for [Client.payCode] and the calls beside it. */
        public fun shop(shop: Shop): Builder = apply { this.shop = shop }

        /** Makes the client. */
        public fun build(): Client = Client(this)
    }
}

/** The host's store, whose every failure is one of ours: nothing is sent after it. */
internal class CheckedStore(private val store: PaymentStore) : PaymentStore {
    override suspend fun put(id: String, expectedRevision: Long, snapshot: String) =
        checked { store.put(id, expectedRevision, snapshot) }

    override suspend fun get(id: String): Stored? = checked { store.get(id) }

    override suspend fun ids(): List<String> = checked { store.ids() }

    private inline fun <T> checked(work: () -> T): T = try {
        work()
    } catch (e: CancellationException) {
        throw e
    } catch (e: AlipayException) {
        throw e
    } catch (e: Exception) {
        throw AlipayException.of("store.failed", "the store raised ${e.javaClass.name}", null, e)
    }
}
