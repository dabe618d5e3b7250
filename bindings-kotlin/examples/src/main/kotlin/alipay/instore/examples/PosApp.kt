package alipay.instore.examples

import alipay.instore.Client
import alipay.instore.PaymentResult
import alipay.instore.model.PayRequest
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import java.util.concurrent.ConcurrentHashMap
import kotlin.coroutines.CoroutineContext

/**
 * What the application class of a POS app holds. Android may kill the process at any moment: payments live in the client's
 * store, and [start], called from `Application.onCreate`, resumes whatever was open. Screens come and go and ask by id.
 */
class PosApp(private val client: Client, context: CoroutineContext, private val finished: (PaymentResult) -> Unit) {
    // Not a screen's scope: turning the device must not stop a payment.
    private val scope = CoroutineScope(context + SupervisorJob())
    private val payments = ConcurrentHashMap<String, Deferred<PaymentResult>>()

    /** Resumes what an earlier process left open. */
    fun start() {
        scope.launch {
            for (resumed in client.resumeAll().payments) launch { finished(client.resume(resumed.paymentRequestId)) }
        }
    }

    /** Pays, once, however often the button is pressed; await it from any screen. */
    fun pay(request: PayRequest): Deferred<PaymentResult> {
        val id = requireNotNull(request.paymentRequestId) { "make the id when the screen opens" }
        return payments.computeIfAbsent(id) { scope.async { client.pay(request).also(finished) } }
    }

    /** Leaves every payment where it is: the next process goes on with it at once. */
    fun stop() {
        scope.cancel()
        client.close()
    }
}
