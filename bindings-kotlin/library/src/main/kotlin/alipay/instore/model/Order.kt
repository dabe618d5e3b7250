package alipay.instore.model

import alipay.instore.Amount

/** The order that is paid. */
public class Order : Model() {
    /** The order's id in the merchant's system. Alipay+ requires it. */
    public var referenceOrderId: String? by text()

    /** What is sold, in words for the customer. */
    public var orderDescription: String? by text()

    /** What the customer sees as the price. Left out, it is the payment amount. */
    public var orderAmount: Amount? by amount()

    /** Who sells. */
    public var merchant: OrderMerchant? by model(::OrderMerchant)

    /** What is sold, one by one. */
    public var goods: List<Goods>? by models(::Goods)

    /** Where it is sent. */
    public var shipping: Shipping? by model(::Shipping)

    /** Who buys. */
    public var buyer: Buyer? by model(::Buyer)

    /** Till, terminal and device. */
    public var env: Env? by model(::Env)
}

/** One kind of goods. */
public class Goods : Model() {
    /** Its id in the merchant's system. */
    public var referenceGoodsId: String? by text()

    /** Its name. */
    public var goodsName: String? by text()

    /** Its category. */
    public var goodsCategory: String? by text()

    /** Its brand. */
    public var goodsBrand: String? by text()

    /** The price of one. */
    public var goodsUnitAmount: Amount? by amount()

    /** How many. */
    public var goodsQuantity: Long? by integer()
}

/** A delivery. */
public class Shipping : Model() {
    /** Who receives it. */
    public var shippingName: UserName? by model(::UserName)

    /** Where. */
    public var shippingAddress: Address? by model(::Address)

    /** Who delivers it. */
    public var shippingCarrier: String? by text()

    /** The telephone number of who receives it. */
    public var shippingPhoneNo: String? by text()
}

/** The customer, as far as the merchant knows. */
public class Buyer : Model() {
    /** The customer's id in the merchant's system. */
    public var referenceBuyerId: String? by text()

    /** The customer's name. */
    public var buyerName: UserName? by model(::UserName)

    /** The customer's telephone number. */
    public var buyerPhoneNo: String? by text()

    /** The customer's mail address. */
    public var buyerEmail: String? by text()
}

/** A person's name. */
public class UserName : Model() {
    /** Given name. */
    public var firstName: String? by text()

    /** Middle name. */
    public var middleName: String? by text()

    /** Family name. */
    public var lastName: String? by text()

    /** The whole name. */
    public var fullName: String? by text()
}

/** The merchant that sells to the customer. */
public class OrderMerchant : Model() {
    /** The merchant's id in the caller's own system. */
    public var referenceMerchantId: String? by text()

    /** The merchant category code of ISO 18245: four digits. */
    public var merchantMcc: String? by text("merchantMCC")

    /** The merchant's name. */
    public var merchantName: String? by text()

    /** The name that the customer sees. */
    public var merchantDisplayName: String? by text()

    /** Where the merchant is; in Alipay+ it decides whether the payment is domestic or cross-border. */
    public var merchantAddress: Address? by model(::Address)

    /** When the merchant was registered, ISO 8601. */
    public var merchantRegisterDate: String? by text()

    /** The store in which the customer pays. */
    public var store: Store? by model(::Store)
}

/** A store. */
public class Store : Model() {
    /** The store's id in the caller's own system. */
    public var referenceStoreId: String? by text()

    /** The store's name. */
    public var storeName: String? by text()

    /**
     * The store's category code of ISO 18245: four digits. The other spelling of the documents, `storeMcc`, is read
     * as well.
     */
    public var storeMcc: String? by text("storeMCC")

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
    /** Country or region of ISO 3166: two capital letters. Required where there is an address. */
    public var region: String? by text()

    /** State or province. */
    public var state: String? by text()

    /** City. */
    public var city: String? by text()

    /** First line. */
    public var address1: String? by text()

    /** Second line. */
    public var address2: String? by text()

    /** Postal code. */
    public var zipCode: String? by text()
}
