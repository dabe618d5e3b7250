//! `pay`: one payment to its result.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use alipay_instore::api::pay::Order;
use alipay_instore::api::{PaymentRequestId, Scenario};
use alipay_instore::client::{Observer, TimelineEntry, TimelineEvent};
use alipay_instore::gateway::Protocol;
use alipay_instore::json::Object;
use alipay_instore::payment_code::PaymentCode;
use alipay_instore::qr;
use clap::{Args, ValueEnum};

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::input;
use crate::output::Output;
use crate::paint::Paint;
use crate::place::Place;
use crate::render::{self, Teller};
use crate::request::{Sale, new_id, price};
use crate::till::{MerchantOptions, Settings, Till};

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ScenarioName {
    /// The till scans the customer's payment code.
    Code,
    /// The customer scans a code of this order.
    Order,
    /// The customer scanned the shop's code and pays on its page.
    Entry,
}

#[derive(Debug, Args)]
pub(crate) struct Pay {
    #[command(flatten)]
    merchant: MerchantOptions,
    /// Who scans what.
    #[arg(long, value_enum, default_value_t = ScenarioName::Code)]
    scenario: ScenarioName,
    /// The payment code as the scanner delivers it; - reads it from standard input, up to the first CR or LF, where
    /// no list of processes shows it.
    #[arg(long, value_name = "CODE|-")]
    code: Option<String>,
    /// The price, such as 19.99.
    #[arg(long)]
    amount: String,
    /// The currency: three letters of ISO 4217.
    #[arg(long)]
    currency: String,
    /// Where the payment survives this process: a folder, or the URL of a database, such as
    /// sqlite:///var/lib/till/payments.db. Without it a database of this user; `none` keeps nothing.
    #[arg(long, value_name = "DIR|URL|none")]
    store: Option<Place>,
    /// The id of this attempt; without it a new one is made.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Where the gateway sends its notification.
    #[arg(long, value_name = "URL")]
    notify_url: Option<String>,
    /// Where the wallet goes after an entry code payment.
    #[arg(long, value_name = "URL")]
    redirect_url: Option<String>,
    /// A file with the JSON of the request's `order`; without it the order is that of a shop that does not exist.
    #[arg(long, value_name = "FILE")]
    order: Option<PathBuf>,
    /// Whether the code that the customer is to scan is drawn on standard error: auto draws it at a terminal.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Drawn::Auto)]
    qr: Drawn,
    /// Where the code that the customer is to scan is written as SVG.
    #[arg(long, value_name = "FILE")]
    qr_svg: Option<PathBuf>,
    /// The same as PNG.
    #[arg(long, value_name = "FILE")]
    qr_png: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Drawn {
    /// At a terminal.
    Auto,
    /// Wherever standard error goes.
    Always,
    /// Not at all.
    Never,
}

impl Pay {
    pub(crate) async fn run(self, output: Output) -> Result<Exit> {
        let settings = Settings::new(&self.merchant)?;
        let protocol = Protocol::from(self.merchant.protocol);
        let code = match self.code.as_deref() {
            Some("-") => {
                let hint = "scan a code, and let the scanner end it with CR or LF";
                let missing = || Failure::usage("standard input ended without a code", hint);
                Some(input::scanned_code()?.ok_or_else(missing)??)
            }
            code => code.map(PaymentCode::from_scan).transpose()?,
        };
        let with = code.as_ref().map(|code| format!(" with {code}")).unwrap_or_default();
        let amount = price(&self.amount, &self.currency)?;
        let order = match &self.order {
            None => None,
            Some(path) => Some(Order::from_json(Object::parse(&input::content(path, "--order")?)?)),
        };
        let given = self.id.as_deref().map(PaymentRequestId::parse).transpose()?;
        let drawing = Drawing {
            in_text: match self.qr {
                Drawn::Auto => std::io::stderr().is_terminal(),
                Drawn::Always => true,
                Drawn::Never => false,
            },
            svg: self.qr_svg.clone(),
            png: self.qr_png.clone(),
        };
        let progress = Arc::new(Progress { drawing, ..Progress::new(output) });
        let observer: Arc<dyn Observer> = progress.clone();
        let configured = self.notify_url.is_none();
        let place = Place::given_or_usual(self.store.as_ref())?;
        let till = Till::open(&settings, &place, configured, false, Some(observer)).await?;
        let id = match given {
            Some(id) => id,
            None => new_id(till.clock.now())?,
        };
        let sale = Sale {
            id: id.clone(),
            scenario: match self.scenario {
                ScenarioName::Code => Scenario::PaymentCode,
                ScenarioName::Order => Scenario::OrderCode,
                ScenarioName::Entry => Scenario::EntryCode,
            },
            code,
            amount,
            order,
            notify_url: self.notify_url.as_deref(),
            redirect_url: self.redirect_url.as_deref(),
        };
        let request = sale.request(protocol)?;
        output.progress(format_args!(
            "{id}: {} {} over {protocol}{with}",
            amount.to_major(),
            amount.currency()
        ));
        // As long as it takes: the policy ends it.
        let client = till.client.waiting(Duration::MAX);
        let result = tokio::select! {
            result = client.pay(&request) => result.map_err(Failure::from),
            _ = tokio::signal::ctrl_c() => Err(self.interrupted(&id)),
        };
        till.client.close().await;
        let result = result?;
        let mut json = render::result_json(protocol, &result);
        if let Some(members) = json.as_object_mut() {
            members.insert("currency".into(), amount.currency().code().into());
            members.insert("amount".into(), amount.value().to_string().into());
            members.insert("presented".into(), progress.presented().into());
        }
        let exit = Exit::of_payment(result.outcome.as_ref());
        output.result(Paint::for_stdout().text(exit.tone(), render::result(&result)), &json);
        Ok(exit)
    }
}

impl Pay {
    /// The till was stopped by hand: what is open, and how to go on.
    fn interrupted(&self, id: &PaymentRequestId) -> Failure {
        let reason = format!("stopped while the payment {id} was open: the customer may have paid");
        let hint = match &self.store {
            Some(Place::Folder(folder)) => {
                format!("run `alipay-instore resume --store {} --id {id}`", folder.display())
            }
            // Its URL can hold a password.
            Some(Place::Database(_)) => {
                format!("run `alipay-instore resume --id {id}` with the same --store and merchant")
            }
            None => format!("run `alipay-instore resume --id {id}` with the same merchant"),
            Some(Place::Nowhere) => format!(
                "it was not stored: run `alipay-instore inquire --id {id}` with the same merchant before you charge again"
            ),
        };
        Failure::new("cli.interrupted", reason, hint).with_money(true, false)
    }
}

/// Tells every step while the command waits.
pub(super) struct Progress {
    output: Output,
    told: Mutex<Told>,
    drawing: Drawing,
}

/// Where the QR code of what the customer is to scan goes.
#[derive(Default)]
struct Drawing {
    in_text: bool,
    svg: Option<PathBuf>,
    png: Option<PathBuf>,
}

impl Drawing {
    /// Draws it. What can't be drawn ends no payment, so it is told and no more.
    fn draw(&self, text: &str, output: Output) {
        if let Err(failure) = self.try_to_draw(text, output) {
            output.progress(format_args!("{}: {} ({})", failure.code, failure.reason, failure.hint));
        }
    }

    fn try_to_draw(&self, text: &str, output: Output) -> Result<()> {
        if !self.in_text && self.svg.is_none() && self.png.is_none() {
            return Ok(());
        }
        if self.in_text {
            output.progress(qr::terminal(text, Paint::for_stderr().is_on())?);
        }
        if let Some(path) = &self.svg {
            std::fs::write(path, qr::svg(text)?)
                .map_err(|error| Failure::io("the file of --qr-svg", &error))?;
        }
        if let Some(path) = &self.png {
            std::fs::write(path, qr::png(text)?)
                .map_err(|error| Failure::io("the file of --qr-png", &error))?;
        }
        Ok(())
    }
}

#[derive(Default)]
struct Told {
    teller: Teller,
    presented: Option<String>,
}

impl Progress {
    pub(super) fn new(output: Output) -> Self {
        Progress { output, told: Mutex::default(), drawing: Drawing::default() }
    }

    /// What the customer was last to see. The result's own timeline starts again where another process moved the
    /// payment on in between.
    fn presented(&self) -> Option<String> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).presented.clone()
    }
}

impl Observer for Progress {
    fn step(&self, _payment_request_id: &str, step: &TimelineEntry) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if let TimelineEvent::Presented { form } = &step.event {
            told.presented = Some(render::shown(form));
        }
        self.output.progress(told.teller.line(step));
        if let TimelineEvent::Presented { form } = &step.event
            && let Some(text) = render::scannable(form)
        {
            self.drawing.draw(&text, self.output);
        }
    }
}
