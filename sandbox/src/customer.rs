//! What the customer of an order code or entry code payment does, since no payment code says it.
//!
//! Chosen by the request header `Sandbox-Customer`, ahead of time or afterwards at
//! `POST /sandbox/customers/{paymentRequestId}`, or in the wallet's page itself.

use std::str::FromStr;

use crate::ledger::{Course, Form, Scanned, Wallet};
use crate::result::Code;

/// A customer's plan, written `pays_after=3000; form=POST`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Customer {
    acts: Acts,
    form: Form,
    scanned: Scanned,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Acts {
    PaysAfter(u32),
    FailsAfter(u32),
    Never,
}

impl Customer {
    /// Pays `ms` milliseconds of sandbox time after the order was placed.
    pub fn pays_after(ms: u32) -> Self {
        Customer { acts: Acts::PaysAfter(ms), form: Form::default(), scanned: Scanned::default() }
    }

    /// Leaves without paying, unless the wallet's page or a control request says otherwise.
    pub fn never() -> Self {
        Customer { acts: Acts::Never, form: Form::default(), scanned: Scanned::default() }
    }

    pub(crate) fn course(self) -> Course {
        Course::of(match self.acts {
            Acts::PaysAfter(ms) => Wallet::PaysAfter(ms.into()),
            Acts::FailsAfter(ms) => Wallet::RefusesAfter(ms.into(), Code::UserBalanceNotEnough),
            Acts::Never => Wallet::NeverPays,
        })
    }

    pub(crate) fn form(self) -> Form {
        self.form
    }

    pub(crate) fn scanned(self) -> Scanned {
        self.scanned
    }

    /// What a plan can say, each with its meaning.
    pub const PLANS: &'static [(&'static str, &'static str)] = &[
        ("pays, pays_after=MS", "pays at once, or this many milliseconds after the order"),
        ("fails, fails_after=MS", "is refused with USER_BALANCE_NOT_ENOUGH"),
        ("never", "does not pay; the order expires"),
        (
            "scans_after=MS",
            "scans the code this many milliseconds after the order, or when paying; until then the gateway answers ORDER_NOT_EXIST",
        ),
        ("never_scans", "neither scans nor pays; the gateway answers ORDER_NOT_EXIST for ever"),
        ("form=GET, form=POST, form=SCAN, form=challenge", "the form of the redirect, for AMS entry codes"),
    ];

    /// The plans in one line, for those who wrote something else.
    pub const USAGE: &'static str = "a plan is pays, pays_after=MS, fails, fails_after=MS or never, with \
        scans_after=MS or never_scans, and with form=GET|POST|SCAN|challenge, separated by semicolons";
}

impl Default for Customer {
    /// Pays after eight seconds.
    fn default() -> Self {
        Customer::pays_after(8_000)
    }
}

/// The text is no customer's plan.
#[derive(Debug, PartialEq, Eq)]
pub struct UnknownCustomer;

impl FromStr for Customer {
    type Err = UnknownCustomer;

    /// Reads the parts of [`Customer::PLANS`], separated by semicolons.
    fn from_str(text: &str) -> Result<Self, UnknownCustomer> {
        let mut customer = Customer::default();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let ms = || value.trim().parse::<u32>().map_err(|_| UnknownCustomer);
            match (name.trim(), value.trim()) {
                ("pays", "") => customer.acts = Acts::PaysAfter(0),
                ("fails", "") => customer.acts = Acts::FailsAfter(0),
                ("never", "") => customer.acts = Acts::Never,
                ("pays_after", _) => customer.acts = Acts::PaysAfter(ms()?),
                ("fails_after", _) => customer.acts = Acts::FailsAfter(ms()?),
                ("scans_after", _) => customer.scanned = Scanned::After(ms()?.into()),
                ("never_scans", "") => (customer.acts, customer.scanned) = (Acts::Never, Scanned::Never),
                ("form", "GET") => customer.form = Form::Get,
                ("form", "POST") => customer.form = Form::Post,
                ("form", "SCAN") => customer.form = Form::Scan,
                ("form", "challenge") => customer.form = Form::Challenge,
                _ => return Err(UnknownCustomer),
            }
        }
        Ok(customer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_read() {
        assert_eq!("pays_after=3000".parse(), Ok(Customer::pays_after(3000)));
        assert_eq!(" never ; form=SCAN".parse(), Ok(Customer { form: Form::Scan, ..Customer::never() }));
        let scans = Customer { scanned: Scanned::After(3000), ..Customer::pays_after(9000) };
        assert_eq!("scans_after=3000; pays_after=9000".parse(), Ok(scans));
        let nobody = Customer { scanned: Scanned::Never, ..Customer::never() };
        assert_eq!("never_scans".parse(), Ok(nobody));
        assert_eq!("form=POST".parse(), Ok(Customer { form: Form::Post, ..Customer::default() }));
        for bad in ["pays_after", "scans_after", "never_scans=1", "pays_after=-1", "sometimes", "form=PUT"] {
            assert_eq!(bad.parse::<Customer>(), Err(UnknownCustomer), "{bad}");
        }
    }
}
