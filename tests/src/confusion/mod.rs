//! One message, one place: every kind of message that a gateway signs, presented in every place where one can be
//! presented, for whomever it was signed. Only what belongs in a place may count there.

mod messages;
mod places;

use std::fmt::Write as _;

use alipay_instore::Result;
use alipay_instore::gateway::Protocol;

use messages::{Kind, Whose, signed};
use places::{Place, Till, Verdict};

/// The lines of `docs/assurance.md` between which the table stands.
pub const MARKERS: (&str, &str) = ("<!-- confusion matrix: begin -->", "<!-- confusion matrix: end -->");

/// The whole matrix.
pub struct Matrix {
    /// The tables, as Markdown.
    pub text: String,
    /// How many messages were presented.
    pub presented: usize,
    /// How many counted where they belong.
    pub accepted: usize,
    /// What counted where it must not, or did not count where it must.
    pub wrong: Vec<String>,
}

/// Presents everything everywhere.
///
/// # Errors
/// None but a defect of the matrix.
pub fn matrix() -> Result<Matrix> {
    let mut tables = String::new();
    let mut matrix = Matrix { text: String::new(), presented: 0, accepted: 0, wrong: Vec::new() };
    for protocol in [Protocol::Ams, Protocol::AlipayPlus] {
        matrix.table(protocol, &mut tables)?;
    }
    let mut text = String::new();
    // Writing to a String can't fail.
    let _ = writeln!(
        text,
        "{} messages presented, {} accepted where they belong, {} accepted wrongly or refused wrongly.",
        matrix.presented,
        matrix.accepted,
        matrix.wrong.len()
    );
    matrix.text = text + &tables;
    Ok(matrix)
}

impl Matrix {
    /// The table of a till that speaks one protocol.
    fn table(&mut self, protocol: Protocol, out: &mut String) -> Result<()> {
        let (till, places) = (Till::new(protocol)?, Place::all(protocol));
        let (gateway, _) = messages::keys()?;
        let name = protocol.as_str();
        let head: Vec<_> = places.iter().map(|place| place.name()).collect();
        let _ = write!(out, "\nA till of `{name}`:\n\n| message | whose | {} |\n", head.join(" | "));
        let _ = writeln!(out, "|---|---|{}", "---|".repeat(places.len()));
        for whose in Whose::ALL {
            let signed_in = match (whose, protocol) {
                (Whose::OtherProtocol, Protocol::Ams) => Protocol::AlipayPlus,
                (Whose::OtherProtocol, Protocol::AlipayPlus) => Protocol::Ams,
                _ => protocol,
            };
            for kind in Kind::all(signed_in) {
                let message = signed(&gateway, signed_in, kind, whose)?;
                let _ = write!(out, "| {} | {} |", kind.name(), whose.name());
                for place in &places {
                    let verdict = till.present(*place, &message)?;
                    let belongs = whose == Whose::Own && place.takes() == kind;
                    self.presented += 1;
                    self.accepted += usize::from(verdict == Verdict::Accepted && belongs);
                    if (verdict == Verdict::Accepted) != belongs {
                        let (kind, whose, place) = (kind.name(), whose.name(), place.name());
                        self.wrong.push(format!("{name}: {kind}, {whose}, {place}: {}", verdict.name()));
                    }
                    let _ = write!(out, " {} |", verdict.name());
                }
                out.push('\n');
            }
        }
        Ok(())
    }
}

/// The page with the table of now between its markers; none where the markers are not there.
pub fn put_into(page: &str, table: &str) -> Option<String> {
    let (before, rest) = page.split_once(MARKERS.0)?;
    let (_, after) = rest.split_once(MARKERS.1)?;
    Some(format!("{before}{}\n{table}{}{after}", MARKERS.0, MARKERS.1))
}
