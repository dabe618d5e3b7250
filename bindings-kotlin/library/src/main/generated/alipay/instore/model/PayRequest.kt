// Generated from schema/messages/pay_request.toml by `make generate`; do not edit.

package alipay.instore.model

import alipay.instore.Amount
import alipay.instore.Scenario

/** The product of AMS. Another word is kept as it came. */
public class ProductCode private constructor(word: String) : OpenWord(word) {
    public companion object {
        /** In-store payment, the only product of this library. */
        @JvmField
        public val IN_STORE_PAYMENT: ProductCode = ProductCode("IN_STORE_PAYMENT")

        /** The words of the documents. */
        @JvmField
        public val documented: List<ProductCode> = listOf(IN_STORE_PAYMENT)

        /** The word; those of the documents are compared without regard to case. */
        @JvmStatic
        public fun of(word: String): ProductCode =
            documented.find { it.word.equals(word, ignoreCase = true) } ?: ProductCode(word)
    }
}

/**
 * A request to `pay`, of both protocols and all scenarios.
 *
 * What a protocol demands and what follows from other fields is filled in when the request is used: the product code, the
 * flag of in-store payments, the order's amount, the time of the till.
 *
 * `paymentFactor.isAuthorization`, which the documents have withdrawn, can be read and written only as an unknown member.
 * Source: Alipay, pay (consumer-presented mode); Alipay+, Accept a payment, step 2.
 */
public abstract class PayRequestFields internal constructor() : Model() {
    /** The product; filled in for AMS, refused for Alipay+. */
    public var productCode: ProductCode? by word(ProductCode::of)

    /** One id for each attempt to pay. At most 64 characters. Required. */
    public var paymentRequestId: String? by text()

    /** Where the gateway sends notifications. At most 2048 characters. */
    public var paymentNotifyUrl: String? by text()

    /** Where the customer goes after paying. At most 2048 characters. */
    public var paymentRedirectUrl: String? by text()

    /** After this time the payment does not succeed any more. In milliseconds since the epoch. */
    public var paymentExpiryTime: Long? by time()

    /** The scenario. Required. */
    public var paymentFactor: PaymentFactor? by model(::PaymentFactor)

    /** What the customer pays. Required. */
    public var paymentAmount: Amount? by amount()

    /** With what the customer pays. Required. */
    public var paymentMethod: PaymentMethod? by model(::PaymentMethod)

    /** AMS: the account that the merchant is paid into, where it is not that of the contract. */
    public var payToMethod: PayToMethod? by model(::PayToMethod)

    /** AMS: the authentication of the customer that belongs to this payment. */
    public var paymentVerificationData: PaymentVerificationData? by model(::PaymentVerificationData)

    /** In which currency the merchant is paid. Required by Alipay+. */
    public var settlementStrategy: SettlementStrategy? by model(::SettlementStrategy)

    /** Where the merchant is, for some regions of AMS: two letters. At most 2 characters. */
    public var merchantRegion: String? by text()

    /** What is paid for. Required. */
    public var order: Order? by model(::Order)

    /** Alipay+: the regions whose wallets may pay, two letters each. */
    public var allowedPspRegions: List<String>? by texts()

    /** Alipay+: where the customer is, two letters. At most 2 characters. */
    public var userRegion: String? by text()
}

/** What kind of payment it is. */
public class PaymentFactor : Model() {
    /** How customer and merchant find each other. Required. */
    public var inStorePaymentScenario: Scenario? by choice(Scenario.values()) { it.word }

    /** That it is paid in a store; filled in for Alipay+. */
    public var isInStorePayment: Boolean? by flag()

    /** Whether it is paid on a cashier page. */
    public var isCashierPayment: Boolean? by flag()

    /** Who shows the code to whom. */
    public var presentmentMode: String? by text()
}

/** With what the customer pays. */
public class PaymentMethod : Model() {
    /** Always `CONNECT_WALLET` in a store. At most 64 characters. */
    public var paymentMethodType: String? by text()

    /** The payment code that was scanned. Required with a payment code, refused otherwise. At most 128 characters. */
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

/**
 * The account that the merchant is paid into. Source: Alipay, pay (consumer-presented mode), payToMethod; the fields are
 * those of paymentMethod in the SDKs of the gateway.
 */
public class PayToMethod : Model() {
    /** The kind of account: `CONNECT_WALLET` in a store. At most 64 characters. */
    public var paymentMethodType: String? by text()

    /** The account. At most 128 characters. */
    public var paymentMethodId: String? by text()
}

/**
 * The authentication of the customer. Source: Alipay, pay (consumer-presented mode), paymentVerificationData; the fields
 * are named by the SDKs of the gateway.
 */
public class PaymentVerificationData : Model() {
    /** The id of the request that began the authentication. */
    public var verifyRequestId: String? by text()

    /** The code that the customer got for it, which is a secret. */
    public var authenticationCode: String? by text()
}

/** How the merchant is paid. */
public class SettlementStrategy : Model() {
    /** The currency; Alipay+ requires it. At most 3 characters. */
    public var settlementCurrency: String? by text()
}
