@file:JvmName("Samples")

package alipay.instore.testing

import alipay.instore.Amount
import alipay.instore.PaymentCode
import alipay.instore.model.Address
import alipay.instore.model.Env
import alipay.instore.model.Order
import alipay.instore.model.OrderMerchant
import alipay.instore.model.OrderStore
import alipay.instore.model.PayRequest
import alipay.instore.model.PaymentRequestIds
import alipay.instore.model.SettlementStrategy

/**
 * A whole request of a shop that is made up, for tests: what both protocols ask for is there. Without a [code], which is what a
 * scanner delivers ([Sandbox.codes]), the customer scans a code of the order. AMS asks for a [notifyUrl], unless the client was told
 * that one is configured at the gateway.
 */
@JvmOverloads
public fun payRequest(
    amount: Amount,
    code: String? = null,
    paymentRequestId: String = PaymentRequestIds.create("TEST"),
    notifyUrl: String? = null,
): PayRequest {
    val order = Order().apply {
        referenceOrderId = "ORDER-1"
        orderDescription = "Two coffees"
        merchant = OrderMerchant().apply {
            referenceMerchantId = "M1"
            merchantMcc = "5814"
            merchantName = "Coffee House"
            merchantDisplayName = "Coffee House"
            merchantAddress = Address().apply {
                region = "SG"
                city = "Singapore"
            }
            store = OrderStore().apply {
                referenceStoreId = "S1"
                storeName = "Harbour"
                storeMcc = "5814"
                storeTerminalId = "TILL7"
            }
        }
        env = Env().apply {
            storeTerminalId = "TILL7"
            userAgent = "Mozilla/5.0"
        }
    }
    val request = if (code == null) {
        PayRequest.forOrderCode(paymentRequestId, amount, order)
    } else {
        PayRequest.forPaymentCode(paymentRequestId, amount, PaymentCode.fromScan(code), order)
    }
    return request.apply {
        paymentNotifyUrl = notifyUrl
        settlementStrategy = SettlementStrategy().apply { settlementCurrency = amount.currency }
    }
}
