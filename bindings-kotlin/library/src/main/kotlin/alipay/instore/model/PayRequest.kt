package alipay.instore.model

import alipay.instore.Amount
import alipay.instore.PaymentCode
import alipay.instore.Scenario
import kotlinx.serialization.json.JsonObject

/** A request to `pay`, of both protocols and all scenarios. */
public class PayRequest : Model() {
    /** The product; put in for AMS, refused for Alipay+. */
    public var productCode: String? by text()

    /** One id for each attempt to pay. */
    public var paymentRequestId: String? by text()

    /** Where the gateway sends notifications. */
    public var paymentNotifyUrl: String? by text()

    /** Where the customer goes after paying. */
    public var paymentRedirectUrl: String? by text()

    /** After this time the payment does not succeed any more, in milliseconds since the epoch. */
    public var paymentExpiryTime: Long? by time()

    /** The scenario. */
    public var paymentFactor: PaymentFactor? by model(::PaymentFactor)

    /** What the customer pays. */
    public var paymentAmount: Amount? by amount()

    /** With what the customer pays. */
    public var paymentMethod: PaymentMethod? by model(::PaymentMethod)

    /** AMS: the account that the merchant is paid into, where it is not that of the contract. */
    public var payToMethod: PayToMethod? by model(::PayToMethod)

    /** AMS: the authentication of the customer that belongs to this payment. */
    public var paymentVerificationData: PaymentVerificationData? by model(::PaymentVerificationData)

    /** In which currency the merchant is paid. */
    public var settlementStrategy: SettlementStrategy? by model(::SettlementStrategy)

    /** Where the merchant is, for some regions of AMS: two letters. */
    public var merchantRegion: String? by text()

    /** What is paid for. */
    public var order: Order? by model(::Order)

    /** Alipay+: the regions whose wallets may pay, two letters each. */
    public var allowedPspRegions: List<String>? by texts()

    /** Alipay+: where the customer is, two letters. */
    public var userRegion: String? by text()

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

/** What kind of payment it is. */
public class PaymentFactor : Model() {
    /** `PaymentCode`, `OrderCode` or `EntryCode`; see `Scenario`. */
    public var inStorePaymentScenario: Scenario? by scenario()

    /** Put in for Alipay+. */
    public var isInStorePayment: Boolean? by flag()

    /** Whether it is paid on a cashier page. */
    public var isCashierPayment: Boolean? by flag()

    /** Who shows the code to whom. */
    public var presentmentMode: String? by text()
}

/** With what the customer pays. */
public class PaymentMethod : Model() {
    /** Always `CONNECT_WALLET` in a store. */
    public var paymentMethodType: String? by text()

    /** The payment code that was scanned. Required with a payment code, refused otherwise. */
    public var paymentMethodId: String? by text()

    /** The customer's id at the wallet. AMS no longer asks for it. */
    public var customerId: String? by text()

    /** Alipay+: more about the payment method. */
    public var paymentMethodMetaData: PaymentMethodMetaData? by model(::PaymentMethodMetaData)
}

/** More about the payment method. */
public class PaymentMethodMetaData : Model() {
    /** The client that the customer authorised. */
    public var authClientId: String? by text()
}

/** The account that the merchant is paid into. Source: Alipay, pay (consumer-presented mode), payToMethod. */
public class PayToMethod : Model() {
    /** The kind of account: `CONNECT_WALLET` in a store. */
    public var paymentMethodType: String? by text()

    /** The account. */
    public var paymentMethodId: String? by text()
}

/** The authentication of the customer. Source: Alipay, pay (consumer-presented mode), paymentVerificationData. */
public class PaymentVerificationData : Model() {
    /** The id of the request that began the authentication. */
    public var verifyRequestId: String? by text()

    /** The code that the customer got for it, which is a secret. */
    public var authenticationCode: String? by text()
}

/** How the merchant is paid. */
public class SettlementStrategy : Model() {
    /** The currency; Alipay+ requires it. */
    public var settlementCurrency: String? by text()
}
