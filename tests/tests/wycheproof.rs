//! Project Wycheproof's attacks on RSA PKCS#1 v1.5 with SHA-256, for every key length that is accepted, through
//! every backend.
#![allow(clippy::unwrap_used)]

use alipay_instore::keys::VerifyingKey;
use alipay_instore::signature::Backend;
use wycheproof::TestResult;
use wycheproof::rsa_pkcs1_verify::{TestName, TestSet};

/// Runs one set; gives back how many signatures were tried and how many of them were good.
fn run(name: TestName, backend: Backend) -> (usize, usize) {
    let set = TestSet::load(name).unwrap();
    let (mut tried, mut good) = (0, 0);
    for group in &set.test_groups {
        // The same key in its three spellings.
        let key = VerifyingKey::load_with(backend, &group.pem).unwrap();
        for spelling in [&group.der, &group.asn_key] {
            let other = VerifyingKey::load_with(backend, spelling).unwrap();
            assert_eq!(other.fingerprint(), key.fingerprint());
        }
        assert_eq!(usize::try_from(key.bits()).unwrap(), group.key_size);
        for test in &group.tests {
            let verified = key.verify_raw(&test.msg, &test.sig).is_ok();
            let expected = match test.result {
                TestResult::Valid => true,
                TestResult::Invalid => false,
                // A digest info without its NULL: the gateways never write it, so it is refused.
                TestResult::Acceptable => false,
            };
            assert_eq!(verified, expected, "{name:?} {} {backend:?}: {}", test.tc_id, test.comment);
            tried += 1;
            good += usize::from(verified);
        }
    }
    (tried, good)
}

#[test]
fn rsa_pkcs1_sha256() {
    for &backend in Backend::ALL {
        for name in [
            TestName::Rsa2048Sha256,
            TestName::Rsa3072Sha256,
            TestName::Rsa4096Sha256,
            TestName::Rsa8192Sha256,
        ] {
            let (tried, good) = run(name, backend);
            assert!(tried > 200 && good >= 5, "{name:?}: {good} of {tried}");
        }
    }
}

#[test]
fn a_signature_with_another_digest_is_none_with_sha256() {
    for &backend in Backend::ALL {
        for name in [
            TestName::Rsa2048Sha224,
            TestName::Rsa2048Sha384,
            TestName::Rsa2048Sha512,
            TestName::Rsa3072Sha512,
        ] {
            for group in &TestSet::load(name).unwrap().test_groups {
                let key = VerifyingKey::load_with(backend, &group.pem).unwrap();
                for test in group.tests.iter().filter(|test| test.result == TestResult::Valid) {
                    let error = key.verify_raw(&test.msg, &test.sig).unwrap_err();
                    assert_eq!(error.code(), "signature.mismatch", "{name:?} {}", test.tc_id);
                }
            }
        }
    }
}
