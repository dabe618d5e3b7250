//! Every fuzz target holds over its seeds, which are the shared vectors, and over the inputs that once broke it; and the
//! two readers of the Signature header agree about headers that look like one.
#![allow(clippy::unwrap_used)]

use conformance::fuzz::seeds::{Seeds, add, add_drawn};
use conformance::fuzz::{TARGETS, second_header};
use conformance::vectors::VectorFile;
use proptest::prelude::*;

fn vector_files() -> Vec<std::path::PathBuf> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let read = |folder: &std::path::Path| -> Vec<_> {
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
    };
    [read(&folder), read(&folder.join("snapshots"))].concat()
}

#[test]
fn every_target_holds_over_its_seeds() {
    let mut seeds = Seeds::new();
    for file in vector_files().iter().filter(|file| file.extension().is_some_and(|name| name == "json")) {
        if let Ok(file) = VectorFile::parse(&std::fs::read(file).unwrap()) {
            add(&mut seeds, &file.cases);
        }
    }
    add_drawn(&mut seeds);
    for (name, target) in TARGETS {
        let inputs = seeds.get(name).map(Vec::as_slice).unwrap_or_default();
        assert!(inputs.len() >= 3, "{name} has {} seeds", inputs.len());
        // Keys cost a millisecond each with the second backend.
        for input in inputs.iter().take(1_000) {
            target(input);
        }
    }
}

fn header() -> impl Strategy<Value = String> {
    let blank = || prop::sample::select(&["", " ", "\t", "  "][..]);
    let name = prop::sample::select(
        &["algorithm", "keyVersion", "signature", "Signature", "nonce", "ALGORITHM", "", "x y", "é"][..],
    );
    let value = prop_oneof![
        4 => Just("RSA256".to_owned()),
        1 => "[0-9]{0,12}",
        4 => "[A-Za-z0-9+/]{0,12}={0,3}",
        2 => "(%2B|%2b|%2F|%3D|%3d|%4|%|[A-Za-z0-9]{1,4}){0,6}",
        1 => "[ -~é\t\n=]{0,6}",
    ];
    let field = (blank(), name, blank(), prop::bool::weighted(0.97), blank(), value, blank()).prop_map(
        |(a, name, b, equals, c, value, d)| {
            let equals = if equals { "=" } else { "" };
            format!("{a}{name}{b}{equals}{c}{value}{d}")
        },
    );
    let good =
        ("[A-Za-z0-9+/]{4}", prop::option::of(0..=u64::from(u32::MAX) + 2)).prop_map(|(base64, version)| {
            let version = version.map_or(String::new(), |version| format!("keyVersion={version}, "));
            format!("algorithm=RSA256, {version}signature={base64}")
        });
    prop_oneof![
        3 => prop::collection::vec(field.clone(), 0..5).prop_map(|fields| fields.join(",")),
        1 => good.clone(),
        1 => (good, field).prop_map(|(good, field)| format!("{field},{good}")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn two_readers_of_the_header_agree(text in header()) {
        let first = alipay_instore::signature::SignatureHeader::parse(&text);
        let first = first.map(|header| (header.key_version, header.signature)).map_err(|error| error.code().as_str());
        prop_assert_eq!(first, second_header::read(&text));
    }
}
