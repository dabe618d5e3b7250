// Generated from schema/messages/order.toml by `make generate`; do not edit.

package alipay.instore.model

import alipay.instore.Amount

/**
 * The order that is paid.
 *
 * `indirectAcquirer`, which newer editions of Alipay+, pay name, is an unknown member here: its fields are not published.
 */
public class Order : Model() {
    /** The order's id in the merchant's system. Alipay+ requires it. At most 64 characters. */
    public var referenceOrderId: String? by text()

    /**
     * What is sold, in words for the customer. Some pages of AMS require it: without it the result has a warning. At most
     * 256 characters.
     */
    public var orderDescription: String? by text()

    /** What the customer sees as the price. Left out, it is the payment amount. */
    public var orderAmount: Amount? by amount()

    /** Who sells. Required. */
    public var merchant: OrderMerchant? by model(::OrderMerchant)

    /** What is sold, one by one. */
    public var goods: List<Goods>? by models(::Goods)

    /** Where it is sent. */
    public var shipping: Shipping? by model(::Shipping)

    /** Who buys. */
    public var buyer: Buyer? by model(::Buyer)

    /** Till, terminal and device. Required by AMS, and with an entry code. */
    public var env: Env? by model(::Env)
}

/** One kind of goods. */
public class Goods : Model() {
    /** Its id in the merchant's system. At most 64 characters. Required. */
    public var referenceGoodsId: String? by text()

    /** Its name. At most 256 characters. Required. */
    public var goodsName: String? by text()

    /** Its category. At most 64 characters. */
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

    /** Who delivers it. At most 128 characters. */
    public var shippingCarrier: String? by text()

    /** The telephone number of who receives it. At most 16 characters. */
    public var shippingPhoneNo: String? by text()
}

/** The customer, as far as the merchant knows. */
public class Buyer : Model() {
    /** The customer's id in the merchant's system. At most 64 characters. */
    public var referenceBuyerId: String? by text()

    /** The customer's name. */
    public var buyerName: UserName? by model(::UserName)

    /** The customer's telephone number. At most 24 characters. */
    public var buyerPhoneNo: String? by text()

    /** The customer's mail address. At most 64 characters. */
    public var buyerEmail: String? by text()
}

/** A person's name. */
public class UserName : Model() {
    /** Given name. At most 32 characters. */
    public var firstName: String? by text()

    /** Middle name. At most 32 characters. */
    public var middleName: String? by text()

    /** Family name. At most 32 characters. */
    public var lastName: String? by text()

    /** The whole name. At most 128 characters. */
    public var fullName: String? by text()
}
