//! Both RSA backends under keys and contents that were never seen before: they sign alike, and believe the same.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use alipay_instore::keys::{SigningKey, generate_with};
use alipay_instore::signature::{Backend, Content, SignatureHeader};

const CONTENTS: usize = 40;

/// Bytes that nobody chose.
fn random(most: usize) -> Vec<u8> {
    let mut length = [0; 8];
    getrandom::fill(&mut length).unwrap();
    let length = usize::try_from(u64::from_le_bytes(length) % (u64::try_from(most).unwrap() + 1)).unwrap();
    let mut bytes = vec![0; length];
    getrandom::fill(&mut bytes).unwrap();
    bytes
}

/// Text of any characters that a field may hold.
fn random_text(most: usize) -> String {
    String::from_utf8_lossy(&random(most)).replace(['\r', '\n', '\0'], "-")
}

fn agree(key: &str) {
    assert_eq!(Backend::ALL.len(), 2, "both backends are needed");
    let keys: Vec<SigningKey> =
        Backend::ALL.iter().map(|backend| SigningKey::load_with(*backend, key).unwrap()).collect();
    let public: Vec<_> = keys.iter().map(SigningKey::verifying_key).collect();
    assert_eq!(public[0].fingerprint(), public[1].fingerprint());
    for _ in 0..CONTENTS {
        let (path, client_id, time) = (random_text(64), random_text(32), random_text(32));
        let body = random(2_000);
        let content =
            Content { method: "POST", path: &path, client_id: &client_id, time: &time, body: &body };
        let headers: Vec<String> = keys.iter().map(|key| key.sign(content, 7).unwrap()).collect();
        assert_eq!(headers[0], headers[1], "the signatures differ");
        let good = SignatureHeader::parse(&headers[0]).unwrap();
        for key in &public {
            assert_eq!(key.verify(&headers[0], content), Ok(()));
        }
        // One bit of the signature, of the content, and a signature of any bytes.
        let mut flipped = good.clone();
        let at = usize::from(*random(255).first().unwrap_or(&0)) % flipped.signature.len();
        flipped.signature[at] ^= 1 << (at % 8);
        let invented = SignatureHeader::new(Some(7), random(600));
        let other = Content { body: &[&body[..], b"."].concat(), ..content };
        for (header, content) in
            [(flipped.to_string(), content), (invented.to_string(), content), (headers[0].clone(), other)]
        {
            let said: Vec<_> = public.iter().map(|key| key.verify(&header, content)).collect();
            assert!(said[0].is_err() && said[0] == said[1], "{said:?}");
        }
    }
}

#[test]
fn keys_that_either_backend_makes() {
    for maker in Backend::ALL {
        for bits in [2048, 3072] {
            agree(&generate_with(*maker, bits).unwrap().private_pem);
        }
    }
}

#[test]
fn a_long_key() {
    agree(&generate_with(Backend::ALL[0], 4096).unwrap().private_pem);
}
