// Generated from schema/messages/merchant.toml by `make generate`; do not edit.

package alipay.instore.model

/** The merchant that sells to the customer. */
public class OrderMerchant : Model() {
    /** The merchant's id in the caller's own system. At most 32 characters. Required. */
    public var referenceMerchantId: String? by text()

    /** The merchant category code of ISO 18245: four digits. At most 32 characters. Required. */
    public var merchantMcc: String? by text("merchantMCC")

    /**
     * The merchant's name. Some pages of AMS require it: without it the result has a warning. At most 256 characters.
     */
    public var merchantName: String? by text()

    /** The name that the customer sees. At most 64 characters. */
    public var merchantDisplayName: String? by text()

    /** Where the merchant is; in Alipay+ it decides whether the payment is domestic or cross-border. */
    public var merchantAddress: Address? by model(::Address)

    /** When the merchant was registered, ISO 8601. */
    public var merchantRegisterDate: String? by text()

    /** The store in which the customer pays. Required by AMS, and with a payment code, and with an entry code. */
    public var store: OrderStore? by model(::OrderStore)
}

/** A store. */
public class OrderStore : Model() {
    /** The store's id in the caller's own system. Required. */
    public var referenceStoreId: String? by text()

    /** The store's name. Some pages of AMS require it: without it the result has a warning. */
    public var storeName: String? by text()

    /**
     * The store's category code of ISO 18245: four digits. The other spelling of the documents, `storeMcc`, is read as
     * well. At most 32 characters. Required.
     */
    public var storeMcc: String? by text("storeMCC", alias = "storeMcc")

    /** The name that the customer sees. */
    public var storeDisplayName: String? by text()

    /** The till. */
    public var storeTerminalId: String? by text()

    /** Who works at the till. */
    public var storeOperatorId: String? by text()

    /** The store's telephone number. */
    public var storePhoneNo: String? by text()

    /** Where the store is. */
    public var storeAddress: Address? by model(::Address)
}

/** An address. */
public class Address : Model() {
    /** Country or region of ISO 3166: two capital letters. Required where there is an address. At most 2 characters. */
    public var region: String? by text()

    /** State or province. At most 8 characters. */
    public var state: String? by text()

    /** City. At most 32 characters. */
    public var city: String? by text()

    /** First line. At most 256 characters. */
    public var address1: String? by text()

    /** Second line. At most 256 characters. */
    public var address2: String? by text()

    /** Postal code. At most 32 characters. */
    public var zipCode: String? by text()
}
