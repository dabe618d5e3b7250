@file:JvmName("Samples")

package alipay.instore.testing

import alipay.instore.Amount
import alipay.instore.PaymentCode
import alipay.instore.Protocol
import alipay.instore.model.Env
import alipay.instore.model.Order
import alipay.instore.model.OrderMerchant
import alipay.instore.model.OrderStore
import alipay.instore.model.PayRequest
import alipay.instore.model.PaymentRequestIds
import alipay.instore.model.SettlementStrategy

/**
 * A whole request of a shop that is made up, for tests: what each protocol asks for is there. Without a [code], which is what a
 * scanner delivers ([Sandbox.codes]), the customer scans a code of the order. AMS asks for a [notifyUrl], unless the client was told
 * that one is configured at the gateway.
 */
@JvmOverloads
public fun payRequest(
    protocol: Protocol,
    amount: Amount,
    code: String? = null,
    paymentRequestId: String = PaymentRequestIds.create("TILL-1"),
    notifyUrl: String? = null,
): PayRequest {
    val order = Order().apply {
        referenceOrderId = paymentRequestId
        orderDescription = "Groceries"
        merchant = OrderMerchant().apply {
            referenceMerchantId = "MERCHANT-1"
            merchantMcc = "5411"
            merchantName = "Corner shop"
            store = OrderStore().apply {
                referenceStoreId = "STORE-1"
                storeName = "Corner shop"
                storeMcc = "5411"
                storeTerminalId = "TILL-1"
            }
        }
        env = Env().apply { storeTerminalId = "TILL-1" }
    }
    val request = if (code == null) {
        PayRequest.forOrderCode(paymentRequestId, amount, order)
    } else {
        PayRequest.forPaymentCode(paymentRequestId, amount, PaymentCode.fromScan(code), order)
    }
    return request.apply {
        paymentNotifyUrl = notifyUrl
        if (protocol == Protocol.ALIPAY_PLUS) settlementStrategy = SettlementStrategy().apply { settlementCurrency = amount.currency }
    }
}
