package alipay.instore

import alipay.instore.model.InquiryRefundResponse
import alipay.instore.model.InquiryResponse
import alipay.instore.model.PayRequest
import alipay.instore.model.RefundRequest
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.future.future
import kotlinx.coroutines.runBlocking
import java.util.concurrent.CompletableFuture

/** A call that is not made yet: [get] makes it and blocks, [future] makes it and returns at once. Each makes a call of its own. */
public class Call<T> internal constructor(private val work: suspend () -> T) {
    /** Makes the call, and blocks until it has ended. An interrupt ends the waiting, and not the payment. */
    @Throws(AlipayException::class, InterruptedException::class)
    public fun get(): T = runBlocking { work() }

    /** Makes the call. Cancelling the future ends the waiting, and not the payment. */
    public fun future(): CompletableFuture<T> = FUTURES.future { work() }

    private companion object {
        val FUTURES = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    }
}

/** The functions of [Client] for Java. `wait` is in milliseconds; null stands for the default. */
public class Calls internal constructor(private val client: Client) {
    /** [Client.pay]. */
    @JvmOverloads
    public fun pay(request: PayRequest, wallet: String? = null, wait: Long? = null): Call<PaymentResult> =
        Call { client.pay(request, wallet, wait) }

    /** [Client.payCode]. */
    @JvmOverloads
    public fun payCode(
        code: String,
        amount: Amount,
        description: String,
        paymentRequestId: String? = null,
        wait: Long? = null,
    ): Call<PaymentResult> = Call { client.payCode(code, amount, description, paymentRequestId, wait) }

    /** [Client.payOrderCode]. */
    @JvmOverloads
    public fun payOrderCode(
        amount: Amount,
        description: String,
        paymentRequestId: String? = null,
        wait: Long? = null,
    ): Call<PaymentResult> = Call { client.payOrderCode(amount, description, paymentRequestId, wait) }

    /** [Client.payEntryCode]. */
    @JvmOverloads
    public fun payEntryCode(
        amount: Amount,
        description: String,
        userAgent: String,
        paymentRequestId: String? = null,
        wait: Long? = null,
    ): Call<PaymentResult> = Call { client.payEntryCode(amount, description, userAgent, paymentRequestId, wait) }

    /** [Client.start]. */
    public fun start(request: PayRequest): Call<PaymentResult> = Call { client.start(request) }

    /** [Client.status]. */
    public fun status(paymentRequestId: String): Call<PaymentResult> = Call { client.status(paymentRequestId) }

    /** [Client.resume]. */
    @JvmOverloads
    public fun resume(paymentRequestId: String, wait: Long? = null): Call<PaymentResult> =
        Call { client.resume(paymentRequestId, wait) }

    /** [Client.finish]. */
    @JvmOverloads
    public fun finish(paymentRequestId: String, wait: Long? = null): Call<PaymentResult> =
        Call { client.finish(paymentRequestId, wait) }

    /** [Client.resumeAll]. */
    public fun resumeAll(): Call<Recovery> = Call { client.resumeAll() }

    /** [Client.runWorker]. */
    public fun runWorker(): Call<Unit> = Call { client.runWorker() }

    /** [Client.cancel]. */
    @JvmOverloads
    public fun cancel(paymentRequestId: String, wait: Long? = null): Call<PaymentResult> =
        Call { client.cancel(paymentRequestId, wait) }

    /** [Client.refund]. */
    @JvmOverloads
    public fun refund(paymentRequestId: String, request: RefundRequest, wait: Long? = null): Call<RefundResult> =
        Call { client.refund(paymentRequestId, request, wait) }

    /** [Client.reverse]. */
    @JvmOverloads
    public fun reverse(paymentRequestId: String, wait: Long? = null): Call<ReverseResult> =
        Call { client.reverse(paymentRequestId, wait) }

    /** [Client.resolve]. */
    @JvmOverloads
    public fun resolve(
        paymentRequestId: String,
        resolved: Resolved,
        who: String,
        note: String,
        refundRequestId: String? = null,
    ): Call<Unit> = Call { client.resolve(paymentRequestId, resolved, who, note, refundRequestId) }

    /** [Client.alerts]. */
    public fun alerts(): Call<Alerts> = Call { client.alerts() }

    /** [Client.acknowledgeAlert]. */
    public fun acknowledgeAlert(paymentRequestId: String, number: Long, who: String): Call<Unit> =
        Call { client.acknowledgeAlert(paymentRequestId, number, who) }

    /** [Client.handleNotification]. */
    @JvmOverloads
    public fun handleNotification(headers: List<Header>, body: ByteArray, url: String? = null): Call<HandledNotification> =
        Call { client.handleNotification(headers, body, url) }

    /** [Client.handleVerified]. */
    public fun handleVerified(notification: VerifiedNotification): Call<HandledNotification> =
        Call { client.handleVerified(notification) }

    /** [Client.notified]. */
    public fun notified(notification: VerifiedNotification): Call<Notified> = Call { client.notified(notification) }

    /** [Client.check]. */
    public fun check(): Call<CheckReport> = Call { client.check() }

    /** [Client.inquire]. */
    public fun inquire(paymentRequestId: String): Call<InquiryResponse> = Call { client.inquire(paymentRequestId) }

    /** [Client.inquireRefund]. */
    public fun inquireRefund(refundRequestId: String): Call<InquiryRefundResponse> = Call { client.inquireRefund(refundRequestId) }

    /** [Client.call]. */
    public fun call(path: String, body: String): Call<VerifiedResponse> = Call { client.call(path, body) }
}
