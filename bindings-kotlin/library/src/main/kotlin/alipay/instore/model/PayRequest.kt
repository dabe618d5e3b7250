package alipay.instore.model

import alipay.instore.Amount
import alipay.instore.PaymentCode
import alipay.instore.Scenario
import kotlinx.serialization.json.JsonObject

/** A request to `pay`, of both protocols and all scenarios: the fields, and the three ways to begin one. */
public class PayRequest : PayRequestFields() {
    public companion object {
        /** A payment by the code that the customer shows. */
        @JvmStatic
        public fun forPaymentCode(paymentRequestId: String, amount: Amount, code: PaymentCode, order: Order): PayRequest =
            inScenario(Scenario.PAYMENT_CODE, paymentRequestId, amount, order).also {
                it.paymentMethod?.paymentMethodId = code.expose()
            }

        /** A payment by a code of this order, which the till shows. */
        @JvmStatic
        public fun forOrderCode(paymentRequestId: String, amount: Amount, order: Order): PayRequest =
            inScenario(Scenario.ORDER_CODE, paymentRequestId, amount, order)

        /** A payment by the shop's code; [Env.userAgent] is that of the wallet's request for the merchant's page. */
        @JvmStatic
        public fun forEntryCode(paymentRequestId: String, amount: Amount, order: Order): PayRequest =
            inScenario(Scenario.ENTRY_CODE, paymentRequestId, amount, order)

        /** Reads a request; what is wrong with it is found when it is paid. */
        @JvmStatic
        public fun fromJson(json: JsonObject): PayRequest = PayRequest().also { it.read(json) }

        /** The same from JSON text. */
        @JvmStatic
        public fun fromJson(text: String): PayRequest = fromJson(parse(text))

        private fun inScenario(scenario: Scenario, id: String, amount: Amount, order: Order) = PayRequest().also {
            it.paymentRequestId = id
            it.paymentFactor = PaymentFactor().apply { inStorePaymentScenario = scenario }
            it.paymentAmount = amount
            it.paymentMethod = PaymentMethod().apply { paymentMethodType = "CONNECT_WALLET" }
            it.order = order
        }
    }
}
