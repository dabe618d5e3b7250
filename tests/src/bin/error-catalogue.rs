//! Prints the error catalogue as JSON; `make catalogue` puts it where every language checks itself against it.

use conformance::catalogue;

fn main() {
    print!("{}", catalogue::text());
}
