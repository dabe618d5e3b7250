//! The text of a key is a private one, a public one, or refused, and every backend says the same.

use alipay_instore::error::Result;
use alipay_instore::keys::{SigningKey, VerifyingKey};
use alipay_instore::signature::{Backend, Content};

pub(super) fn run(bytes: &[u8]) {
    let private = Backend::ALL.iter().map(|backend| SigningKey::load_with(*backend, bytes));
    let private: Vec<_> = private.collect();
    let public = Backend::ALL.iter().map(|backend| VerifyingKey::load_with(*backend, bytes));
    let public: Vec<_> = public.collect();
    let same = |readings: &[Result<String>]| readings.windows(2).all(|pair| pair.first() == pair.last());
    let fingerprints = |readings: Vec<Result<&str>>| -> Vec<Result<String>> {
        readings.into_iter().map(|reading| reading.map(str::to_owned)).collect()
    };
    let privately = fingerprints(
        private.iter().map(|key| key.as_ref().map(SigningKey::fingerprint).map_err(Clone::clone)).collect(),
    );
    let publicly = fingerprints(
        public.iter().map(|key| key.as_ref().map(VerifyingKey::fingerprint).map_err(Clone::clone)).collect(),
    );
    assert!(same(&privately), "the backends differ about a private key: {privately:?}");
    assert!(same(&publicly), "the backends differ about a public key: {publicly:?}");
    assert!(
        privately.iter().all(Result::is_err) || publicly.iter().all(Result::is_err),
        "a key of both kinds"
    );
    for key in private.iter().flatten() {
        let content = Content { method: "POST", path: "/p", client_id: "c", time: "t", body: b"{}" };
        // Numbers that contradict each other may pass the reading; then signing has to refuse them.
        if let Ok(header) = key.sign(content, 1) {
            assert_eq!(key.verifying_key().verify(&header, content), Ok(()), "a key does not verify itself");
        }
    }
    for key in public.iter().flatten() {
        let again = VerifyingKey::load(key.to_pem());
        assert_eq!(
            again.as_ref().map(VerifyingKey::fingerprint),
            Ok(key.fingerprint()),
            "printed and read again"
        );
    }
}
