package alipay.instore.vectors

import alipay.instore.Amount
import alipay.instore.PaymentCode
import alipay.instore.Protocol
import alipay.instore.model.Env
import alipay.instore.model.Order
import alipay.instore.model.OrderMerchant
import alipay.instore.model.OrderStore
import alipay.instore.model.PayRequest
import alipay.instore.model.SettlementStrategy

/** A request of a shop that sells coffee; without a code the customer scans the till's. */
internal fun sale(protocol: Protocol, id: String, code: PaymentCode?, amount: Amount): PayRequest {
    val order = Order().apply {
        referenceOrderId = id
        orderDescription = "Coffee"
        merchant = OrderMerchant().apply {
            referenceMerchantId = "M1"
            merchantMcc = "5411"
            merchantName = "Shop"
            store = OrderStore().apply {
                referenceStoreId = "S1"
                storeName = "Shop 1"
                storeMcc = "5411"
            }
        }
        env = Env().apply { storeTerminalId = "T1" }
    }
    val request = if (code == null) PayRequest.forOrderCode(id, amount, order) else PayRequest.forPaymentCode(id, amount, code, order)
    return request.apply {
        when (protocol) {
            Protocol.AMS -> paymentNotifyUrl = "http://127.0.0.1:9/nobody-listens"
            Protocol.ALIPAY_PLUS -> settlementStrategy = SettlementStrategy().apply { settlementCurrency = amount.currency }
        }
    }
}
