//! `pay`: the request in its three scenarios, what the gateway answers, and the parts both consist of.

mod check;
mod china;
mod env;
mod forms;
mod merchant;
mod note;
mod order;
mod request;
mod response;

pub use check::{CheckedPay, NotifyHttp, PayOptions};
pub use china::{ChinaExtraTransInfo, ChinaOrder, Flight, Hotel, SoldGoods};
pub use env::{Env, ExtendInfo, ExtendMembers, OsType, TerminalType};
pub use forms::{
    ChallengeActionForm, ChallengeTrigger, ChallengeType, CodeDetail, CodeValueType, DisplayType,
    OrderCodeForm, RedirectActionForm, RedirectMethod,
};
pub use merchant::{Address, Merchant, Store};
pub use note::Note;
pub use order::{Buyer, Goods, Order, Shipping, UserName};
pub use request::{
    CONNECT_WALLET, PayRequest, PayToMethod, PaymentFactor, PaymentMethod, PaymentMethodMetaData,
    PaymentVerificationData, ProductCode, Scenario, SettlementStrategy,
};
pub use response::PayResponse;

#[cfg(test)]
mod tests;
