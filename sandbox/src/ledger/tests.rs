//! The ledger's rules, one by one.

use super::*;

const NOW: i64 = 1_795_303_736_000;
const MINUTE: i64 = 60_000;

fn usd(value: u128) -> Money {
    Money { currency: "USD".into(), value }
}

fn order(id: &str, wallet: Wallet) -> Order {
    Order {
        request_id: id.into(),
        amount: usd(1000),
        key_parameters: "code".into(),
        scenario: Scenario::PaymentCode,
        course: Course::of(wallet),
        expiry_asked_ms: None,
        notify_url: None,
        redirect_url: None,
        form: Form::Get,
        scanned: Scanned::AtOnce,
        notes: Vec::new(),
    }
}

fn ams() -> Ledger {
    Ledger::new(Protocol::Ams, false)
}

fn plus() -> Ledger {
    Ledger::new(Protocol::AlipayPlus, false)
}

fn refund(id: &str, value: u128) -> RefundOrder {
    RefundOrder { request_id: id.into(), amount: usd(value), notify_url: None }
}

const P: Key<'static> = Key::RequestId("p");

fn net(ledger: &Ledger) -> u128 {
    ledger.payments().iter().map(Payment::net).sum()
}

#[test]
fn the_first_final_result_of_an_id_is_repeated() {
    for (wallet, code) in
        [(Wallet::PaysAtOnce, Code::Success), (Wallet::RefusesAtOnce(Code::RiskReject), Code::RiskReject)]
    {
        let mut ledger = ams();
        for _ in 0..3 {
            assert_eq!(ledger.pay(order("p", wallet), NOW), (code, Some(0)));
        }
        assert_eq!(ledger.payments().len(), 1);
    }
}

#[test]
fn money_is_captured_once_however_often_pay_arrives() {
    let mut ledger = plus();
    for second in 0..30 {
        ledger.pay(order("p", Wallet::PaysAtOnce), NOW + second * 1000);
    }
    assert_eq!(net(&ledger), 1000);
}

#[test]
fn a_copy_that_differs_in_a_key_parameter_is_refused_and_changes_nothing() {
    let mut ledger = ams();
    ledger.pay(order("p", Wallet::PaysAtOnce), NOW);
    let other_amount = Order { amount: usd(999), ..order("p", Wallet::PaysAtOnce) };
    let other_code = Order { key_parameters: "other".into(), ..order("p", Wallet::PaysAtOnce) };
    let other_currency =
        Order { amount: Money { currency: "EUR".into(), value: 1000 }, ..order("p", Wallet::PaysAtOnce) };
    for wrong in [other_amount, other_code, other_currency] {
        assert_eq!(ledger.pay(wrong, NOW), (Code::RepeatReqInconsistent, None));
    }
    assert_eq!(net(&ledger), 1000);
    // What is not a key parameter may differ: the expiry that was first given counts.
    let later = Order { expiry_asked_ms: Some(NOW + 9 * MINUTE), ..order("p", Wallet::PaysAtOnce) };
    assert_eq!(ledger.pay(later, NOW).0, Code::Success);
}

#[test]
fn no_success_at_or_after_the_expiry() {
    let mut ledger = ams();
    let late = Order { expiry_asked_ms: Some(NOW), ..order("p", Wallet::PaysAtOnce) };
    assert_eq!(ledger.pay(late, NOW).0, Code::OrderIsClosed);
    let mut ledger = plus();
    ledger.pay(order("p", Wallet::PaysAfterInquiries(1)), NOW);
    ledger.inquire(P, NOW + MINUTE);
    assert_eq!(ledger.at(0).unwrap().state, State::Closed);
    let mut ledger = plus();
    ledger.pay(order("p", Wallet::PaysAfterInquiries(1)), NOW);
    ledger.inquire(P, NOW + MINUTE - 1);
    assert_eq!(ledger.at(0).unwrap().state, State::Succeeded);
}

#[test]
fn a_customer_who_is_too_late_pays_nothing() {
    let mut ledger = plus();
    ledger.pay(order("p", Wallet::PaysAfter(MINUTE)), NOW);
    ledger.settle(0, NOW + 2 * MINUTE);
    assert_eq!((ledger.at(0).unwrap().state, net(&ledger)), (State::Closed, 0));
    let mut ledger = plus();
    ledger.pay(order("p", Wallet::PaysAfter(MINUTE - 1)), NOW);
    ledger.settle(0, NOW + 2 * MINUTE);
    let payment = ledger.at(0).unwrap();
    assert_eq!((payment.state, payment.finished_ms), (State::Succeeded, Some(NOW + MINUTE - 1)));
}

#[test]
fn a_cancel_gives_everything_back_and_is_final() {
    let mut ledger = ams();
    ledger.pay(order("p", Wallet::PaysAtOnce), NOW);
    assert_eq!(ledger.cancel(P, NOW), (Code::Success, Some(0)));
    assert_eq!(ledger.cancel(P, NOW + 1).0, Code::Success);
    assert_eq!(net(&ledger), 0);
    assert_eq!(ledger.at(0).unwrap().reversed, 1000);
    assert_eq!(ledger.pay(order("p", Wallet::PaysAtOnce), NOW).0, Code::OrderIsCanceled);
    assert_eq!(ledger.refund(P, refund("r", 1), NOW).0, Code::OrderIsCanceled);
}

#[test]
fn a_payment_in_process_that_was_cancelled_never_succeeds() {
    let mut ledger = ams();
    ledger.pay(order("p", Wallet::PaysAfterInquiries(1)), NOW);
    assert_eq!(ledger.cancel(P, NOW).0, Code::Success);
    ledger.inquire(P, NOW);
    ledger.customer(0, true, NOW);
    assert_eq!((ledger.at(0).unwrap().state, net(&ledger)), (State::Cancelled, 0));
}

#[test]
fn a_cancel_before_its_pay_finds_no_order_and_does_not_stop_it() {
    let mut ledger = ams();
    assert_eq!(ledger.cancel(P, NOW), (Code::OrderNotExist, None));
    assert_eq!(ledger.pay(order("p", Wallet::PaysAtOnce), NOW).0, Code::Success);
    assert_eq!(net(&ledger), 1000);
}

#[test]
fn a_ledger_that_closes_unknown_ids_refuses_the_late_pay() {
    let mut ledger = Ledger::new(Protocol::Ams, true);
    assert_eq!(ledger.cancel(P, NOW), (Code::Success, None));
    assert_eq!(ledger.pay(order("p", Wallet::PaysAtOnce), NOW).0, Code::OrderIsCanceled);
    assert_eq!(net(&ledger), 0);
}

#[test]
fn the_cancel_window_ends() {
    let mut ledger = ams();
    ledger.pay(order("p", Wallet::PaysAtOnce), NOW);
    assert_eq!(ledger.cancel(P, NOW + 24 * 60 * MINUTE).0, Code::CancelWindowExceed);
    assert_eq!(net(&ledger), 1000);
    assert_eq!(ledger.cancel(P, NOW + 24 * 60 * MINUTE - 1).0, Code::Success);
}

#[test]
fn a_failed_payment_cannot_be_cancelled() {
    let mut ledger = ams();
    ledger.pay(order("p", Wallet::RefusesAtOnce(Code::ExpiredCode)), NOW);
    assert_eq!(ledger.cancel(P, NOW).0, Code::OrderStatusInvalid);
}

#[test]
fn refunds_never_exceed_the_payment() {
    let mut ledger = plus();
    ledger.pay(order("p", Wallet::PaysAtOnce), NOW);
    assert_eq!(ledger.refund(P, refund("r1", 600), NOW).0, Code::Success);
    assert_eq!(ledger.refund(P, refund("r2", 401), NOW).0, Code::RefundAmountExceed);
    assert_eq!(ledger.refund(P, refund("r2", 401), NOW).0, Code::RefundAmountExceed, "also repeated");
    assert_eq!(ledger.refund(P, refund("r3", 400), NOW).0, Code::Success);
    assert_eq!(ledger.refund(P, refund("r4", 1), NOW).0, Code::RefundAmountExceed);
    assert_eq!(net(&ledger), 0);
}

#[test]
fn a_refund_is_idempotent_and_its_copies_must_agree() {
    let mut ledger = plus();
    ledger.pay(order("p", Wallet::PaysAtOnce), NOW);
    ledger.pay(order("q", Wallet::PaysAtOnce), NOW);
    for _ in 0..3 {
        assert_eq!(ledger.refund(P, refund("r", 300), NOW), (Code::Success, Some(0)));
    }
    assert_eq!(ledger.refund(P, refund("r", 301), NOW), (Code::RepeatReqInconsistent, None));
    assert_eq!(ledger.refund(Key::RequestId("q"), refund("r", 300), NOW).0, Code::RepeatReqInconsistent);
    assert_eq!(net(&ledger), 1700);
}

#[test]
fn a_refund_in_process_counts_as_spent_and_ends_when_asked_for() {
    let mut ledger = ams();
    let course = Course { refund_asks: 2, ..Course::of(Wallet::PaysAtOnce) };
    ledger.pay(Order { course, ..order("p", Wallet::PaysAtOnce) }, NOW);
    assert_eq!(ledger.refund(P, refund("r1", 700), NOW).0, Code::RefundInProcess);
    assert_eq!(ledger.refund(P, refund("r2", 301), NOW).0, Code::RefundAmountExceed);
    assert_eq!(ledger.cancel(P, NOW).0, Code::OrderStatusInvalid);
    assert_eq!(ledger.inquire_refund(Some("r1"), None, NOW), Some(0));
    assert_eq!(ledger.refunds()[0].state, RefundState::Processing(Waits::Asks(1)));
    assert_eq!(ledger.refund(P, refund("r1", 700), NOW).0, Code::Success);
    assert_eq!(net(&ledger), 300);
}

#[test]
fn a_refund_that_the_merchant_could_not_fund_needs_a_new_id() {
    let mut ledger = ams();
    let course = Course {
        refund_refused: Some((1, Code::MerchantBalanceNotEnough)),
        ..Course::of(Wallet::PaysAtOnce)
    };
    ledger.pay(Order { course, ..order("p", Wallet::PaysAtOnce) }, NOW);
    assert_eq!(ledger.refund(P, refund("r1", 10), NOW).0, Code::MerchantBalanceNotEnough);
    assert_eq!(ledger.refund(P, refund("r1", 10), NOW).0, Code::MerchantBalanceNotEnough);
    assert_eq!(ledger.refund(P, refund("r2", 10), NOW).0, Code::Success);
}

#[test]
fn a_refund_that_takes_its_time_ends_then_well_or_badly() {
    let later = Course { refund_takes_ms: Some(5_000), ..Course::of(Wallet::PaysAtOnce) };
    let badly = Course { refund_refused: Some((1, Code::MerchantBalanceNotEnough)), ..later };
    for (course, end, refunded) in [
        (later, RefundState::Succeeded, 700),
        (badly, RefundState::Failed(Code::MerchantBalanceNotEnough), 0),
    ] {
        let mut ledger = ams();
        ledger.pay(Order { course, ..order("p", Wallet::PaysAtOnce) }, NOW);
        assert_eq!(ledger.refund(P, refund("r1", 700), NOW).0, Code::RefundInProcess);
        ledger.settle_refund(0, NOW + 4_999);
        assert!(matches!(ledger.refunds()[0].state, RefundState::Processing(_)));
        ledger.settle_all(NOW + 9_000);
        let ended = &ledger.refunds()[0];
        assert_eq!((ended.state, ended.finished_ms), (end, Some(NOW + 5_000)));
        let payment = ledger.at(0).unwrap();
        assert_eq!((payment.refunding, payment.refunded), (0, refunded));
    }
}

#[test]
fn an_order_that_nobody_scanned_can_be_closed_by_a_ledger_that_closes_unknown_ids() {
    let unscanned = || Order { scanned: Scanned::Never, ..order("p", Wallet::NeverPays) };
    let mut ledger = ams();
    ledger.pay(unscanned(), NOW);
    assert_eq!(ledger.inquire(P, NOW), None);
    assert_eq!(ledger.cancel(P, NOW), (Code::OrderNotExist, None));
    assert_eq!(ledger.refund(P, refund("r", 1), NOW), (Code::OrderNotExist, None));
    assert_eq!(ledger.at(0).unwrap().state, State::Processing, "the cancel did not close it");
    let mut ledger = Ledger::new(Protocol::Ams, true);
    ledger.pay(unscanned(), NOW);
    assert_eq!(ledger.cancel(P, NOW), (Code::Success, None));
    assert_eq!(ledger.at(0).unwrap().state, State::Cancelled);
    ledger.customer(0, true, NOW);
    assert_eq!(net(&ledger), 0);
}

#[test]
fn refunds_need_an_order_that_was_paid() {
    let mut ledger = plus();
    assert_eq!(ledger.refund(P, refund("r0", 1), NOW), (Code::OrderNotExist, None));
    ledger.pay(order("p", Wallet::NeverPays), NOW);
    assert_eq!(ledger.refund(P, refund("r1", 1), NOW).0, Code::OrderStatusInvalid);
    let mut ledger = plus();
    ledger.pay(order("p", Wallet::PaysAtOnce), NOW);
    let year = 365 * 24 * 60 * MINUTE;
    assert_eq!(ledger.refund(P, refund("r1", 1), NOW + year).0, Code::RefundWindowExceed);
    assert_eq!(ledger.refund(P, refund("r2", 1), NOW + year - 1).0, Code::Success);
    let euros = RefundOrder { amount: Money { currency: "EUR".into(), value: 1 }, ..refund("r3", 1) };
    assert_eq!(ledger.refund(P, euros, NOW).0, Code::CurrencyNotSupport);
}

#[test]
fn a_veiled_payment_looks_in_process_until_a_cancel_reverses_it() {
    let mut ledger = plus();
    let course = Course { veiled: true, ..Course::of(Wallet::PaysAtOnce) };
    let veiled = Order { course, ..order("p", Wallet::PaysAtOnce) };
    assert_eq!(ledger.pay(veiled, NOW).0, Code::PaymentInProcess);
    ledger.inquire(P, NOW);
    assert!(ledger.at(0).unwrap().looks_in_process());
    assert_eq!(net(&ledger), 1000);
    assert_eq!(ledger.refund(P, refund("r", 1), NOW).0, Code::OrderStatusInvalid);
    assert_eq!(ledger.cancel(P, NOW).0, Code::Success);
    assert_eq!(net(&ledger), 0);
}

#[test]
fn a_refused_cancel_lifts_the_veil() {
    let mut ledger = ams();
    let course = Course {
        veiled: true,
        cancel_refused: Some((u32::MAX, Code::CancelWindowExceed)),
        ..Course::of(Wallet::PaysAtOnce)
    };
    ledger.pay(Order { course, ..order("p", Wallet::PaysAtOnce) }, NOW);
    assert_eq!(ledger.cancel(P, NOW).0, Code::CancelWindowExceed);
    assert!(!ledger.at(0).unwrap().looks_in_process());
    assert_eq!(ledger.refund(P, refund("r", 1000), NOW).0, Code::Success);
}

#[test]
fn payments_and_refunds_are_found_by_either_id_and_the_gateways_own_wins() {
    let mut ledger = ams();
    ledger.pay(order("p", Wallet::PaysAtOnce), NOW);
    ledger.pay(order("q", Wallet::PaysAtOnce), NOW);
    let second = ledger.at(1).unwrap().payment_id.clone();
    assert!(second.len() <= 64 && second.bytes().all(|digit| digit.is_ascii_digit()));
    assert_eq!(ledger.find(Key::PaymentId(&second)), Some(1));
    assert_eq!(ledger.find(Key::RequestId("x")), None);
    ledger.refund(P, refund("r", 1), NOW);
    let id = ledger.refunds()[0].refund_id.clone();
    assert_eq!(ledger.inquire_refund(Some("unknown"), Some(&id), NOW), Some(0));
    assert_eq!(ledger.inquire_refund(Some("r"), Some("unknown"), NOW), None);
}

mod random {
    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug)]
    enum Step {
        Pay(u8, u8),
        Inquire(u8),
        Cancel(u8),
        Refund(u8, u8, u128),
        Customer(u8, bool),
        Wait(i64),
    }

    fn step() -> impl Strategy<Value = Step> {
        let id = 0u8..3;
        prop_oneof![
            (id.clone(), 0u8..9).prop_map(|(id, wallet)| Step::Pay(id, wallet)),
            id.clone().prop_map(Step::Inquire),
            id.clone().prop_map(Step::Cancel),
            (id.clone(), 0u8..4, 1u128..1200).prop_map(|(id, refund, value)| Step::Refund(id, refund, value)),
            (id, any::<bool>()).prop_map(|(id, pays)| Step::Customer(id, pays)),
            (0i64..200_000).prop_map(Step::Wait),
        ]
    }

    fn course(number: u8) -> Course {
        let once = Course::of(Wallet::PaysAtOnce);
        match number {
            0 => once,
            1 => Course::of(Wallet::PaysAfterInquiries(2)),
            2 => Course::of(Wallet::RefusesAtOnce(Code::RiskReject)),
            3 => Course::of(Wallet::PaysAfter(30_000)),
            4 => Course { veiled: true, cancel_refused: Some((1, Code::OrderStatusInvalid)), ..once },
            5 => Course { refund_asks: 2, ..once },
            6 => Course { refund_refused: Some((1, Code::MerchantBalanceNotEnough)), ..once },
            7 => Course { refund_takes_ms: Some(30_000), ..once },
            _ => Course {
                refund_takes_ms: Some(30_000),
                refund_refused: Some((1, Code::MerchantBalanceNotEnough)),
                ..once
            },
        }
    }

    proptest! {
        #[test]
        fn no_coin_is_made_or_lost_and_what_is_final_stays(
            steps in proptest::collection::vec(step(), 1..60),
            plus in any::<bool>(),
        ) {
            let protocol = if plus { Protocol::AlipayPlus } else { Protocol::Ams };
            let mut ledger = Ledger::new(protocol, false);
            let mut now = NOW;
            let ids = ["a", "b", "c"].map(String::from);
            for step in steps {
                let before: Vec<Payment> = ledger.payments().to_vec();
                match step {
                    Step::Pay(id, wallet) => {
                        let order = Order { course: course(wallet), ..order(&ids[usize::from(id)], Wallet::NeverPays) };
                        ledger.pay(order, now);
                    }
                    Step::Inquire(id) => drop(ledger.inquire(Key::RequestId(&ids[usize::from(id)]), now)),
                    Step::Cancel(id) => drop(ledger.cancel(Key::RequestId(&ids[usize::from(id)]), now)),
                    Step::Refund(id, number, value) => {
                        let order = refund(&format!("r{number}"), value);
                        ledger.refund(Key::RequestId(&ids[usize::from(id)]), order, now);
                    }
                    Step::Customer(id, pays) => ledger.customer(usize::from(id), pays, now),
                    Step::Wait(ms) => now += ms,
                }
                ledger.settle_all(now);
                for payment in ledger.payments() {
                    prop_assert!(payment.captured == 0 || payment.captured == payment.order.amount.value);
                    prop_assert!(payment.refunded + payment.refunding <= payment.captured);
                    prop_assert!(payment.reversed == 0 || payment.refunded + payment.refunding == 0);
                    prop_assert_eq!(payment.net() + payment.reversed + payment.refunded, payment.captured);
                    let paid = payment.state == State::Succeeded || payment.reversed > 0;
                    prop_assert_eq!(payment.captured > 0, paid);
                }
                for (old, new) in before.iter().zip(ledger.payments()) {
                    let cancelled_after_success = old.state == State::Succeeded && new.state == State::Cancelled;
                    prop_assert!(old.state == State::Processing || old.state == new.state || cancelled_after_success);
                }
                for payment in ledger.payments() {
                    let at = ledger.find(Key::PaymentId(&payment.payment_id));
                    let sum: u128 = ledger
                        .refunds()
                        .iter()
                        .filter(|refund| Some(refund.payment) == at && refund.state == RefundState::Succeeded)
                        .map(|refund| refund.order.amount.value)
                        .sum();
                    prop_assert_eq!(sum, payment.refunded);
                }
            }
        }
    }
}
