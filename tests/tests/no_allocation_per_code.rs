//! Routing many codes and converting many prices allocates nothing for each that succeeds: a till's server
//! can route a whole day's codes in a loop without touching the heap.
#![allow(clippy::unwrap_used)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use alipay_instore::amount::{Amount, AmountRules, Rounding};
use alipay_instore::payment_code::PaymentCode;
use alipay_instore::routing::{DirectWallet, Router, RouterConfig, RoutingRules};

struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is passed on to the system's allocator unchanged; only a counter without a destructor, and
// without an allocation of its own, is added.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: the place came from `System` with this layout.
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations_of(work: impl FnOnce()) -> usize {
    let before = ALLOCATIONS.with(Cell::get);
    work();
    ALLOCATIONS.with(Cell::get) - before
}

#[test]
fn the_counter_counts() {
    assert!(allocations_of(|| drop(std::hint::black_box(vec![1_u8]))) >= 1);
}

#[test]
fn routing_allocates_nothing() {
    let codes: Vec<String> =
        (0..1_000_u32).map(|number| format!(" 28{:03}{number:019}\r\n", number % 1_000)).collect();
    let short: Vec<String> = (0..1_000_u32).map(|number| format!("289{number:014}")).collect();
    for ruleset in [RoutingRules::AlipayPlus, RoutingRules::AlipayPlus2023_08, RoutingRules::Ams] {
        let direct =
            [("ALIPAY_CN", None), ("ALIPAY_HK", None), ("MPAY", Some("003")), ("PAYPAY", Some("801"))].map(
                |(wallet, number)| DirectWallet {
                    wallet: wallet.to_owned(),
                    routing_number: number.map(str::to_owned),
                    min_length: None,
                },
            );
        let router =
            Router::new(RouterConfig { alipay_plus: true, ruleset, direct: direct.to_vec() }).unwrap();
        let mut routed = 0;
        let allocations = allocations_of(|| {
            routed = router.route_many(codes.iter().chain(&short)).filter(Result::is_ok).count();
        });
        assert_eq!((routed, allocations), (2_000, 0), "{ruleset:?}");
    }
}

#[test]
fn a_payment_code_lives_in_place() {
    let allocations = allocations_of(|| {
        let code = PaymentCode::new("281006020000000000125733").unwrap();
        std::hint::black_box(&code);
    });
    assert_eq!(allocations, 0);
}

#[test]
fn converting_prices_allocates_nothing() {
    let prices: Vec<String> = (0..1_000_u32).map(|price| format!("{price}.{:03}", price % 1_000)).collect();
    let mut converted = 0;
    let allocations = allocations_of(|| {
        let amounts =
            Amount::from_major_many(&prices, "USD", Some(Rounding::HalfEven), AmountRules::Alipay).unwrap();
        converted = amounts.filter(Result::is_ok).count();
    });
    assert_eq!((converted, allocations), (1_000, 0));
}
