//! Every kind of genuine signed message in every place where one can be presented: zero accepted wrongly. The table
//! stands in `docs/assurance.md`; `make confusion` writes it.
#![allow(clippy::unwrap_used, reason = "test code")]

use conformance::confusion::{matrix, put_into};

#[test]
fn nothing_counts_where_it_does_not_belong() {
    let matrix = matrix().unwrap();
    println!("{}", matrix.text);
    assert!(matrix.wrong.is_empty(), "{:#?}", matrix.wrong);
    // Each place of each protocol takes its own message: seven in AMS, five in Alipay+, which notifies no refund.
    assert_eq!(matrix.accepted, 7 + 5);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/assurance.md");
    let page = std::fs::read_to_string(path).unwrap();
    assert!(
        put_into(&page, &matrix.text).unwrap() == page,
        "run `make confusion` and look at the difference"
    );
}
