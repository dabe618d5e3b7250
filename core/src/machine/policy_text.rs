//! Policies with their texts. A policy makes up a third of what is stored and is the same for all payments of a merchant, so
//! it is not written and read each time.

use std::cell::RefCell;
use std::sync::Arc;

use super::document::Reader;
use super::policy::Policy;
use crate::error::Result;

/// How many are remembered: a process seldom has more merchants.
const REMEMBERED: usize = 8;
/// The member that holds the policy.
pub(crate) const POLICY: &str = "policy";

type Known = (Arc<Policy>, Arc<str>);

thread_local! {
    /// Those that were last written or read here.
    static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
}

/// None also while the thread ends.
fn find(mut fits: impl FnMut(&Known) -> bool) -> Option<Known> {
    KNOWN.try_with(|known| known.borrow().iter().find(|known| fits(known)).cloned()).ok().flatten()
}

fn remember(policy: &Arc<Policy>, text: &Arc<str>) {
    let _ = KNOWN.try_with(|known| {
        let mut known = known.borrow_mut();
        known.truncate(REMEMBERED - 1);
        known.insert(0, (Arc::clone(policy), Arc::clone(text)));
    });
}

fn write(policy: &Policy) -> Arc<str> {
    // No map has a key that is not text, which is all that writing could fail on.
    serde_json::to_string(policy).unwrap_or_default().into()
}

/// A policy as text.
pub(crate) fn written(policy: &Arc<Policy>) -> Arc<str> {
    if let Some((_, text)) = find(|(known, _)| Arc::ptr_eq(known, policy)) {
        return text;
    }
    let text = write(policy);
    remember(policy, &text);
    text
}

/// Takes the policy of a text in.
pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Arc<Policy>> {
    if let Some((policy, _)) = find(|(_, text)| reader.known_part(POLICY, text)) {
        return Ok(policy);
    }
    let (policy, text) = reader.part_with_text(POLICY)?;
    let policy = Arc::new(policy);
    // One of an earlier version is written in another way.
    let written = write(&policy);
    if *written == *text {
        remember(&policy, &written);
    }
    Ok(policy)
}

#[cfg(test)]
mod tests {
    use super::super::document::{Format, Writer};
    use super::*;
    use crate::gateway::Protocol;

    const FORMAT: Format = Format { kind: "test", version: 1, name: "a test" };

    fn document(policy: &str) -> String {
        let mut writer = Writer::new(&FORMAT);
        writer.known_part(POLICY, policy);
        writer.part("state", &1);
        writer.check("");
        writer.finish()
    }

    fn policy_of(text: &str) -> Result<Arc<Policy>> {
        let mut reader = Reader::new(&FORMAT, text)?;
        let policy = read(&mut reader)?;
        reader.part::<u8>("state")?;
        reader.check()?;
        reader.finish()?;
        Ok(policy)
    }

    #[test]
    fn a_policy_is_read_once() {
        let policies =
            [Protocol::Ams, Protocol::AlipayPlus].map(|protocol| Arc::new(Policy::preset(protocol)));
        for policy in policies.iter().chain(&policies) {
            let text = document(&written(policy));
            let read = [policy_of(&text).unwrap(), policy_of(&text).unwrap()];
            assert!(read.iter().all(|read| Arc::ptr_eq(read, policy)));
        }
        // By somebody who has written none.
        let texts = policies.each_ref().map(|policy| document(&write(policy)));
        std::thread::spawn(move || {
            for text in texts {
                assert!(Arc::ptr_eq(&policy_of(&text).unwrap(), &policy_of(&text).unwrap()));
            }
        })
        .join()
        .unwrap();
    }

    #[test]
    fn a_policy_that_begins_like_a_known_one_is_another() {
        let policy = Arc::new(Policy::preset(Protocol::Ams));
        let text = written(&policy);
        for wrong in [format!("{text}1"), format!("{text}{{}}"), text.replacen('{', "{ \"x", 1)] {
            assert_eq!(policy_of(&document(&wrong)).unwrap_err().code(), crate::ErrorCode::SnapshotMalformed);
        }
        let spaced = document(&text.replacen('{', "{ ", 1));
        let read = policy_of(&spaced).unwrap();
        assert!(!Arc::ptr_eq(&read, &policy) && read == policy);
        // It is not written as it was read.
        assert_eq!(written(&read), text);
    }

    #[test]
    fn no_more_are_remembered_than_a_process_needs() {
        for _ in 0..3 * REMEMBERED {
            written(&Arc::new(Policy::preset(Protocol::Ams)));
        }
        KNOWN.with_borrow(|known| assert_eq!(known.len(), REMEMBERED));
    }
}
