//! `code`: what a result code of the gateways means, and what to do about it.

use alipay_instore::gateway::Operation;
use alipay_instore::gateway::Protocol;
use alipay_instore::payment_code::PaymentCode;
use alipay_instore::result_code::{Meaning, advice, lookup};
use clap::{Args, ValueEnum};
use serde_json::json;

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output::Output;
use crate::till::ProtocolName;

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Language {
    En,
    Zh,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Asked {
    Pay,
    Inquiry,
    Cancel,
    Refund,
    RefundInquiry,
    Notify,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Letter {
    S,
    F,
    U,
}

#[derive(Debug, Args)]
pub(crate) struct Code {
    /// The code, such as PAYMENT_IN_PROCESS.
    code: String,
    /// The language of the advice.
    #[arg(long, value_enum, default_value_t = Language::En)]
    lang: Language,
    /// The protocol in which it was answered.
    #[arg(long, value_enum, default_value_t = ProtocolName::Ams)]
    protocol: ProtocolName,
    /// The operation that was answered with it; without it the one that the code is documented for.
    #[arg(long, value_enum)]
    operation: Option<Asked>,
    /// The status letter beside it; without it the one that the code is documented with.
    #[arg(long, value_enum, ignore_case = true)]
    status: Option<Letter>,
}

impl Code {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        if PaymentCode::from_scan(&self.code).is_ok() {
            // It would be repeated below, and a payment code is a secret.
            let hint = "use `alipay-instore route -` and scan it";
            return Err(Failure::usage("this is a payment code, not a result code", hint));
        }
        let row = lookup(&self.code);
        let operation = match self.operation {
            Some(asked) => asked.into(),
            None => row.map_or(Operation::Pay, |row| documented_for(row.code, row.meaning)),
        };
        let status = match self.status {
            Some(Letter::S) => "S",
            Some(Letter::F) => "F",
            Some(Letter::U) => "U",
            None => row.map_or("F", |row| row.status.as_str()),
        };
        let protocol = Protocol::from(self.protocol);
        let advice = advice(protocol, operation, status, &self.code);
        let (cashier, developer) = match self.lang {
            Language::En => (advice.cashier_en, advice.developer_en),
            Language::Zh => (advice.cashier_zh, advice.developer_zh),
        };
        let title = match row {
            Some(row) if row.aliases.is_empty() => row.code.to_owned(),
            Some(row) => format!("{} (also {})", row.code, row.aliases.join(", ")),
            None => "no document names this code".to_owned(),
        };
        output.result(
            format_args!(
                "{title}\n  status    {status}, answered to {}\n  meaning   {}\n  next      {}{}\n  cashier   {cashier}\n  developer {developer}",
                operation.as_str(),
                advice.meaning.as_str(),
                advice.retry.as_str(),
                if advice.new_id_needed { ", a new attempt needs a new id" } else { "" },
            ),
            &json!({
                "code": advice.code,
                "documented": row.is_some(),
                "aliases": row.map(|row| row.aliases).unwrap_or_default(),
                "status": status,
                "operation": operation.as_str(),
                "protocol": protocol.as_str(),
                "meaning": advice.meaning.as_str(),
                "retry": advice.retry.as_str(),
                "new_id_needed": advice.new_id_needed,
                "cashier": cashier,
                "developer": developer,
            }),
        );
        Ok(if row.is_some() { Exit::Done } else { Exit::No })
    }
}

/// The operation for which a code of this meaning is explained in full.
fn documented_for(code: &str, meaning: Meaning) -> Operation {
    match meaning {
        Meaning::NotFound => Operation::Inquiry,
        Meaning::WindowExceeded => Operation::Cancel,
        Meaning::StatusConflict | Meaning::MerchantBalanceNotEnough | Meaning::RefundRefused => {
            Operation::Refund
        }
        Meaning::InProcess if code == "REFUND_IN_PROCESS" => Operation::Refund,
        _ => Operation::Pay,
    }
}

impl From<Asked> for Operation {
    fn from(asked: Asked) -> Self {
        match asked {
            Asked::Pay => Operation::Pay,
            Asked::Inquiry => Operation::Inquiry,
            Asked::Cancel => Operation::Cancel,
            Asked::Refund => Operation::Refund,
            Asked::RefundInquiry => Operation::RefundInquiry,
            Asked::Notify => Operation::Notify,
        }
    }
}
