//! Who sells: the merchant, its store, and their addresses.
//!
//! Fields and lengths are those of Alipay, pay (consumer-presented mode), order.merchant; Alipay+, pay has the
//! same. Children whose lengths that page hides have those of the same type in Alipay, pay (Checkout Payment).

use crate::api::declare::model;
use crate::api::model::{Form, Need};

/// Alipay+ asks for the store where the customer stands in one; with an order code it may be left out.
const STORE: Need = Need::AMS.or(Need::PAYMENT_CODE).or(Need::ENTRY_CODE);

model! {
    /// The merchant that sells to the customer.
    pub struct Merchant {
        /// The merchant's id in the caller's own system.
        reference_merchant_id: String = "referenceMerchantId" { max: 32, need: Need::ALWAYS, shown: true },
        /// The merchant category code of ISO 18245: four digits.
        merchant_mcc: String = "merchantMCC" { max: 32, need: Need::ALWAYS, form: Form::Mcc, shown: true },
        /// The merchant's name. Some pages of AMS require it: without it the result has a note.
        merchant_name: String = "merchantName" { max: 256, need: Need::ALIPAY_PLUS },
        /// The name that the customer sees.
        merchant_display_name: String = "merchantDisplayName" { max: 64 },
        /// Where the merchant is; in Alipay+ it decides whether the payment is domestic or cross-border.
        merchant_address: Address = "merchantAddress" {},
        /// When the merchant was registered, ISO 8601.
        merchant_register_date: String = "merchantRegisterDate" {},
        /// The store in which the customer pays.
        store: Store = "store" { need: STORE },
    }

    /// A store.
    pub struct Store {
        /// The store's id in the caller's own system.
        reference_store_id: String = "referenceStoreId" { need: Need::ALWAYS, shown: true },
        /// The store's name. Some pages of AMS require it: without it the result has a note.
        store_name: String = "storeName" { need: Need::ALIPAY_PLUS },
        /// The store's category code of ISO 18245: four digits. The other spelling of the documents,
        /// `storeMcc`, is read as well.
        store_mcc: String = "storeMCC" {
            max: 32, need: Need::ALWAYS, form: Form::Mcc, alias: "storeMcc", shown: true
        },
        /// The name that the customer sees.
        store_display_name: String = "storeDisplayName" {},
        /// The till.
        store_terminal_id: String = "storeTerminalId" { shown: true },
        /// Who works at the till.
        store_operator_id: String = "storeOperatorId" {},
        /// The store's telephone number.
        store_phone_no: String = "storePhoneNo" {},
        /// Where the store is.
        store_address: Address = "storeAddress" {},
    }

    /// An address.
    pub struct Address {
        /// Country or region of ISO 3166: two capital letters. Required where there is an address.
        region: String = "region" { max: 2, need: Need::ALWAYS, form: Form::Region, shown: true },
        /// State or province.
        state: String = "state" { max: 8 },
        /// City.
        city: String = "city" { max: 32 },
        /// First line.
        address1: String = "address1" { max: 256 },
        /// Second line.
        address2: String = "address2" { max: 256 },
        /// Postal code.
        zip_code: String = "zipCode" { max: 32 },
    }
}
