//! What the customer of an order code or entry code payment does, since no payment code says it.
//!
//! Chosen by the request header `Sandbox-Customer`, ahead of time or afterwards at
//! `POST /sandbox/customers/{paymentRequestId}`, or in the wallet's page itself.

use std::str::FromStr;

use crate::ledger::{Course, Form, Wallet};
use crate::result::Code;

/// A customer's plan, written `pays_after=3000; form=POST`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Customer {
    acts: Acts,
    form: Form,
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
        Customer { acts: Acts::PaysAfter(ms), form: Form::default() }
    }

    /// Leaves without paying, unless the wallet's page or a control request says otherwise.
    pub fn never() -> Self {
        Customer { acts: Acts::Never, form: Form::default() }
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

    /// Reads `pays`, `pays_after=MS`, `fails`, `fails_after=MS` or `never`, and `form=GET|POST|SCAN|challenge`,
    /// separated by semicolons.
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
        assert_eq!(" never ; form=SCAN".parse(), Ok(Customer { acts: Acts::Never, form: Form::Scan }));
        assert_eq!("form=POST".parse(), Ok(Customer { form: Form::Post, ..Customer::default() }));
        for bad in ["pays_after", "pays_after=-1", "sometimes", "form=PUT"] {
            assert_eq!(bad.parse::<Customer>(), Err(UnknownCustomer), "{bad}");
        }
    }
}
