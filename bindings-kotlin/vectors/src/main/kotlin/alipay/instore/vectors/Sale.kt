package alipay.instore.vectors

import alipay.instore.Amount
import alipay.instore.PaymentCode
import alipay.instore.Protocol
import alipay.instore.model.PayRequest
import alipay.instore.testing.payRequest

/** A request of a shop; without a code the customer scans the till's. */
internal fun sale(protocol: Protocol, id: String, code: PaymentCode?, amount: Amount): PayRequest {
    val notifyUrl = "http://127.0.0.1:9/nobody-listens".takeIf { protocol == Protocol.AMS }
    return payRequest(amount, code?.expose(), id, notifyUrl)
}
