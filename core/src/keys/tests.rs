//! What the shared vectors of kind `key` can't show: what is printed, what both backends share, and that no input
//! makes the reader panic.

use std::sync::OnceLock;

use proptest::prelude::*;

use super::*;
use crate::signature::{Content, SignatureHeader};

fn pair() -> &'static GeneratedKey {
    static PAIR: OnceLock<GeneratedKey> = OnceLock::new();
    PAIR.get_or_init(|| generate(2048).unwrap())
}

fn der_of(pem: &str) -> Vec<u8> {
    spelling::to_der(pem.as_bytes()).unwrap().to_vec()
}

fn code<T>(result: Result<T>) -> &'static str {
    result.map_or_else(|error| error.code().as_str(), |_| "good")
}

#[test]
fn keys_are_shared_between_threads() {
    fn check<T: Send + Sync>() {}
    check::<SigningKey>();
    check::<VerifyingKey>();
}

#[test]
fn debug_shows_the_fingerprint_only() {
    let key = SigningKey::load(&*pair().private_pem).unwrap();
    let fingerprint = key.fingerprint();
    assert_eq!(fingerprint.len(), 64);
    assert_eq!(format!("{key:?}"), format!("SigningKey({fingerprint})"));
    assert_eq!(format!("{:?}", key.verifying_key()), format!("VerifyingKey({fingerprint})"));
    assert_eq!(format!("{:?}", pair()), format!("GeneratedKey({fingerprint})"));
}

#[test]
fn the_public_half_is_written_as_it_is_read() {
    let public = SigningKey::load(&*pair().private_pem).unwrap().verifying_key();
    assert_eq!(public.to_pem(), pair().public_pem);
    let again = VerifyingKey::load(public.to_pem()).unwrap();
    assert_eq!((again.fingerprint(), again.bits()), (public.fingerprint(), 2048));
    assert!(public.to_pem().starts_with("-----BEGIN PUBLIC KEY-----\n"));
    assert!(public.to_pem().ends_with("\n-----END PUBLIC KEY-----\n"));
}

#[test]
fn bytes_and_their_signature_verify_without_a_header() {
    let key = SigningKey::load(&*pair().private_pem).unwrap();
    let content = Content { method: "POST", path: "/p", client_id: "c", time: "t", body: b"{}" };
    let signature = SignatureHeader::parse(&key.sign(content, 1).unwrap()).unwrap().signature;
    let public = key.verifying_key();
    assert_eq!(public.verify_raw(b"POST /p\nc.t.{}", &signature), Ok(()));
    for (bytes, signature) in
        [(&b"POST /p\nc.t.{} "[..], &signature[..]), (b"POST /p\nc.t.{}", &signature[1..])]
    {
        assert_eq!(code(public.verify_raw(bytes, signature)), "signature.mismatch");
    }
}

#[test]
fn no_letters_within_a_key_are_taken_for_a_mark() {
    let pem = &pair().public_pem;
    // Four characters within the modulus, which is any odd number.
    let third = pem.match_indices('\n').nth(2).unwrap().0 + 1;
    for letters in ["SSH2", "sshx", "BEGI", "ENDx", "Proc", "LS0t"] {
        let other = format!("{}{letters}{}", &pem[..third + 8], &pem[third + 12..]);
        let key = VerifyingKey::load(&other).map(|key| key.fingerprint().to_owned());
        assert!(key.is_ok_and(|fingerprint| fingerprint != pair().fingerprint), "{letters}");
    }
    let ssh =
        "---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3NzaC1yc2EAAAADAQABAAABAQ==\n---- END SSH2 PUBLIC KEY ----\n";
    assert_eq!(
        VerifyingKey::load(ssh).unwrap_err().hint(),
        SigningKey::load("ssh-rsa AAAA").unwrap_err().hint()
    );
}

#[test]
fn every_backend_makes_keys_that_every_backend_reads() {
    for &maker in Backend::ALL {
        let pair = generate_with(maker, 2048).unwrap();
        for &reader in Backend::ALL {
            let key = SigningKey::load_with(reader, &*pair.private_pem).unwrap();
            assert_eq!(key.fingerprint(), pair.fingerprint);
            assert_eq!(key.bits(), 2048);
            assert!(VerifyingKey::load_with(reader, &pair.public_pem).is_ok());
        }
    }
    for bits in [0, 1024, 2047, 2049, 5120, 16384, u32::MAX] {
        for &backend in Backend::ALL {
            assert_eq!(code(generate_with(backend, bits)), "key.size");
        }
    }
}

#[test]
fn hints_say_what_to_do_in_special_cases() {
    let certificate = include_str!("../../../tests/vectors/generate/keys/certificate.pem");
    assert!(VerifyingKey::load(certificate).unwrap_err().hint().contains("openssl x509"));
    assert!(SigningKey::load("ssh-rsa AAAA").unwrap_err().hint().contains("ssh-keygen"));
    let ec = include_str!("../../../tests/vectors/generate/keys/ec.pem");
    assert!(SigningKey::load(ec).unwrap_err().reason().contains("elliptic curve"));
    let small = include_str!("../../../tests/vectors/generate/keys/rsa_1024.pem");
    assert!(SigningKey::load(small).unwrap_err().reason().contains("1024 bits"));
}

/// The bytes from which the numbers of the test key begin: behind the container's headers.
const HEADERS: usize = 30;

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// A damaged key gives the same answer from every backend, and never the key of somebody else.
    #[test]
    fn backends_agree_on_damaged_private_keys(place in 0..2000usize, bit in 0..8u32) {
        let mut der = der_of(&pair().private_pem);
        let place = place % der.len();
        der[place] ^= 1 << bit;
        let results = Backend::ALL.iter().map(|&backend| code(SigningKey::load_with(backend, &der))).collect::<Vec<_>>();
        prop_assert!(results.windows(2).all(|pair| pair[0] == pair[1]), "byte {place}: {results:?}");
        prop_assert!(place < HEADERS || results[0] != "good", "byte {place}");
    }

    #[test]
    fn backends_agree_on_damaged_public_keys(place in 0..400usize, bit in 0..8u32) {
        let mut der = der_of(&pair().public_pem);
        let place = place % der.len();
        der[place] ^= 1 << bit;
        let results = Backend::ALL.iter().map(|&backend| code(VerifyingKey::load_with(backend, &der))).collect::<Vec<_>>();
        prop_assert!(results.windows(2).all(|pair| pair[0] == pair[1]), "byte {place}: {results:?}");
    }

    #[test]
    fn a_key_cut_anywhere_is_refused(cut in 1..1190usize) {
        let der = der_of(&pair().private_pem);
        prop_assert_eq!(code(SigningKey::load(&der[..cut])), if cut == 1 { "key.not_a_key" } else { "key.truncated" });
        let pem = &pair().private_pem;
        prop_assert_ne!(code(SigningKey::load(&pem[..cut])), "good");
    }

    #[test]
    fn no_input_panics_and_no_error_repeats_it(input in proptest::collection::vec(any::<u8>(), 0..400)) {
        for result in [SigningKey::load(&input).err(), VerifyingKey::load(&input).err()] {
            prop_assert!(result.is_some_and(|error| error.code().as_str().starts_with("key.")));
        }
    }

    #[test]
    fn text_like_a_key_does_not_panic(text in r#"(-----(BEGIN|END) (RSA )?(PRIVATE|PUBLIC) KEY-----|[MIAB=]{1,9}|\\n|\\r|[ "'\n\t\\-]|Proc-Type: 4,ENCRYPTED){0,12}"#) {
        prop_assert!(SigningKey::load(&text).is_err() && VerifyingKey::load(&text).is_err());
    }
}

/// A recognisable key: no piece of it may stand in what is printed about it.
#[test]
fn errors_hold_no_part_of_the_key() {
    let pem = &*pair().private_pem;
    let base64 = pem.lines().filter(|line| !line.starts_with('-')).collect::<String>();
    let spoilt = [
        pem.replace("-----END", "-----"),
        pem.replacen("BEGIN PRIVATE", "BEGIN ENCRYPTED PRIVATE", 1),
        pem.repeat(2),
        format!("{base64}!"),
        base64[..base64.len() - 8].to_owned(),
        base64[4..].to_owned(),
        base64.replacen(&base64[400..404], "AAAA", 1),
    ];
    for text in &spoilt {
        for error in [SigningKey::load(text).err(), VerifyingKey::load(text).err()].into_iter().flatten() {
            let printed = format!("{error} {error:?}");
            let leaked = base64
                .as_bytes()
                .windows(12)
                .find(|piece| printed.contains(std::str::from_utf8(piece).unwrap()));
            assert_eq!(leaked, None, "{}", error.code());
        }
    }
}
