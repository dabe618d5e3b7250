package alipay.instore.testing

import alipay.instore.Amount
import alipay.instore.PaymentCode
import alipay.instore.Protocol
import alipay.instore.model.Env
import alipay.instore.model.Order
import alipay.instore.model.OrderMerchant
import alipay.instore.model.PayRequest
import alipay.instore.model.PaymentRequestIds
import alipay.instore.model.SettlementStrategy
import alipay.instore.model.OrderStore

/** A request to pay 19.99 USD, complete in both protocols. */
internal fun groceries(sandbox: Sandbox, protocol: Protocol, code: String): PayRequest {
    val id = PaymentRequestIds.create("TILL1", sandbox.clock.now())
    val order = Order().apply {
        referenceOrderId = id
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
    return PayRequest.forPaymentCode(id, Amount.fromMajor("19.99", "USD"), PaymentCode.of(code), order).apply {
        if (protocol == Protocol.ALIPAY_PLUS) {
            settlementStrategy = SettlementStrategy().apply { settlementCurrency = "USD" }
        }
    }
}
