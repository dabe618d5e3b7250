//! MariaDB or MySQL. `make test-databases` starts a MariaDB, or takes the URL in `ALIPAY_TEST_MARIADB`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "test code"
)]

mod checks;

use checks::{processes, proxy, records, schema};

fn url() -> String {
    std::env::var("ALIPAY_TEST_MARIADB").expect("run `make test-databases`")
}

macro_rules! checks {
    ($($module:ident::$name:ident)+) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            $module::$name(&url()).await;
        }
    )+};
}

checks! {
    checks::keeps_the_contract
    records::a_prefix_separates
    records::names_are_compared_byte_by_byte
    records::an_unreadable_record_stops_nothing
    records::a_record_of_a_newer_version_is_refused_by_itself
    records::a_locked_record_is_passed_over
    records::wrong_owners_are_refused
    schema::tables_are_made_on_request
    schema::newer_tables_are_refused
    schema::errors_show_no_password
    processes::two_processes_share_a_database
    proxy::a_lost_commit_is_in_doubt
}

#[test]
fn the_runtime_may_end_first() {
    checks::the_runtime_may_end_first(&url());
}
