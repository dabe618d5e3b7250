//! What is sold and to whom: the order, its goods, the buyer, the delivery.
//!
//! The gateways use the order for risk control and for what the customer sees; no money moves by it. Source:
//! Alipay, pay (consumer-presented mode), order; children whose lengths that page hides have those of the same
//! type in Alipay, pay (Checkout Payment).

use crate::amount::Amount;
use crate::api::declare::model;
use crate::api::model::Need;

use super::env::Env;
use super::merchant::{Address, Merchant};

model! {
    /// The order that is paid.
    ///
    /// `indirectAcquirer`, which newer editions of Alipay+, pay name, is kept in `extra`: its fields are not
    /// published.
    pub struct Order {
        /// The order's id in the merchant's system. Alipay+ requires it.
        reference_order_id: String = "referenceOrderId" { max: 64, need: Need::ALIPAY_PLUS, shown: true },
        /// What is sold, in words for the customer. Some pages of AMS require it: without it the result has a
        /// note.
        order_description: String = "orderDescription" { max: 256, need: Need::ALIPAY_PLUS },
        /// What the customer sees as the price. Left out, it is the payment amount.
        order_amount: Amount = "orderAmount" { need: Need::ALWAYS },
        /// Who sells.
        merchant: Merchant = "merchant" { need: Need::ALWAYS },
        /// What is sold, one by one.
        goods: [Goods] = "goods" {},
        /// Where it is sent.
        shipping: Shipping = "shipping" {},
        /// Who buys.
        buyer: Buyer = "buyer" {},
        /// Till, terminal and device.
        env: Env = "env" { need: Need::AMS.or(Need::ENTRY_CODE) },
    }

    /// One kind of goods.
    pub struct Goods {
        /// Its id in the merchant's system.
        reference_goods_id: String = "referenceGoodsId" { max: 64, need: Need::ALWAYS, shown: true },
        /// Its name.
        goods_name: String = "goodsName" { max: 256, need: Need::ALWAYS },
        /// Its category.
        goods_category: String = "goodsCategory" { max: 64 },
        /// Its brand.
        goods_brand: String = "goodsBrand" {},
        /// The price of one.
        goods_unit_amount: Amount = "goodsUnitAmount" {},
        /// How many.
        goods_quantity: u64 = "goodsQuantity" {},
    }

    /// A delivery.
    pub struct Shipping {
        /// Who receives it.
        shipping_name: UserName = "shippingName" {},
        /// Where.
        shipping_address: Address = "shippingAddress" {},
        /// Who delivers it.
        shipping_carrier: String = "shippingCarrier" { max: 128 },
        /// The telephone number of who receives it.
        shipping_phone_no: String = "shippingPhoneNo" { max: 16 },
    }

    /// The customer, as far as the merchant knows.
    pub struct Buyer {
        /// The customer's id in the merchant's system.
        reference_buyer_id: String = "referenceBuyerId" { max: 64 },
        /// The customer's name.
        buyer_name: UserName = "buyerName" {},
        /// The customer's telephone number.
        buyer_phone_no: String = "buyerPhoneNo" { max: 24 },
        /// The customer's mail address.
        buyer_email: String = "buyerEmail" { max: 64 },
    }

    /// A person's name.
    pub struct UserName {
        /// Given name.
        first_name: String = "firstName" { max: 32 },
        /// Middle name.
        middle_name: String = "middleName" { max: 32 },
        /// Family name.
        last_name: String = "lastName" { max: 32 },
        /// The whole name.
        full_name: String = "fullName" { max: 128 },
    }
}
