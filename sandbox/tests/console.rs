//! The console: who may use it, what it shows, and that its page asks nobody else.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod till;

use serde_json::{Value, json};
use till::{PLAIN_CODE, Till, ams_pay, sandbox};

async fn status(till: &Till, path: &str, headers: &[(&str, &str)]) -> u16 {
    let mut request = till.http.get(format!("{}{path}", till.base));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn the_page_is_served_and_asks_nobody_else() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    for (path, kind) in [("/", "text/html"), ("/console.css", "text/css"), ("/console.js", "text/javascript")]
    {
        let answer = till.http.get(format!("{}{path}", till.base)).send().await.unwrap();
        let headers = answer.headers().clone();
        assert!(headers["content-type"].to_str().unwrap().starts_with(kind), "{path}");
        assert!(headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
        let text = answer.text().await.unwrap();
        // The one address in it is an example of what can be typed.
        let addresses = text.matches("://").count();
        assert_eq!(addresses, text.matches("http://…/wallet/pay/…").count(), "{path}");
        assert!(!text.contains("innerHTML") && !text.contains(" style="), "{path}");
    }
    // Every element that the script names is there.
    let page = till.http.get(format!("{}/", till.base)).send().await.unwrap().text().await.unwrap();
    let script =
        till.http.get(format!("{}/console.js", till.base)).send().await.unwrap().text().await.unwrap();
    let named: Vec<&str> = script.split("$(\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(named.len() > 30);
    for name in named {
        assert!(page.contains(&format!("id=\"{name}\"")), "{name}");
    }
}

#[tokio::test]
async fn a_stranger_may_not_use_the_control_api() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    let own = till.base.strip_prefix("http://").unwrap();
    for path in ["/sandbox/ledger", "/sandbox/journal", "/sandbox/clock", "/sandbox/behaviours"] {
        assert_eq!(status(&till, path, &[]).await, 200, "{path}");
        assert_eq!(status(&till, path, &[("host", "shop.example")]).await, 403, "{path}");
        assert_eq!(status(&till, path, &[("origin", "https://shop.example")]).await, 403, "{path}");
        assert_eq!(status(&till, path, &[("origin", &format!("http://{own}"))]).await, 200, "{path}");
    }
    // The gateway itself is known by the name that the till was given, whatever that is.
    assert_eq!(status(&till, "/", &[("host", "gateway.test")]).await, 200);
    // What a page of another origin can send without asking first.
    let sent =
        till.http.post(format!("{}/sandbox/clock", till.base)).header("origin", "https://shop.example");
    let refused = sent.body(r#"{"speed":0}"#).send().await.unwrap();
    assert_eq!(refused.status().as_u16(), 403);
    assert_eq!(till.get("/sandbox/clock").await["speed"], 1);
}

#[tokio::test]
async fn where_others_can_reach_it_a_token_is_needed() {
    let (running, till, _folder) = sandbox(|options| options.listen = "0.0.0.0:0".parse().unwrap()).await;
    let settings: Value = serde_json::from_slice(&std::fs::read(running.description()).unwrap()).unwrap();
    let token = settings["control_token"].as_str().unwrap();
    assert_eq!(token.len(), 32);
    assert_eq!(running.control_token(), Some(token));
    assert_eq!(running.console_url(), format!("{}/#token={token}", running.base_url()));
    assert!(!format!("{running:?}").contains(token));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(running.description()).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
    assert_eq!(status(&till, "/sandbox/ledger", &[]).await, 401);
    assert_eq!(status(&till, "/sandbox/ledger", &[("authorization", "Bearer x")]).await, 401);
    let right = format!("Bearer {token}");
    assert_eq!(status(&till, "/sandbox/ledger", &[("authorization", &right)]).await, 200);
    // The page holds nothing, and payments are signed.
    assert_eq!(status(&till, "/", &[]).await, 200);
    let paid = till.ams("pay", &ams_pay("p", "PaymentCode", Some(PLAIN_CODE))).await;
    assert_eq!(paid.code(), "SUCCESS");
}

#[tokio::test]
async fn one_that_listens_here_alone_has_no_token() {
    let (running, _till, _folder) = sandbox(|_| {}).await;
    assert_eq!((running.control_token(), running.console_url()), (None, format!("{}/", running.base_url())));
}

#[tokio::test]
async fn the_journal_tells_what_happened_in_order() {
    let (_running, till, _folder) = sandbox(|_| {}).await;
    till.control("/sandbox/customers/j1", &json!({"plan": "never"})).await;
    let pay = ams_pay("j1", "OrderCode", None);
    assert_eq!(till.ams("pay", &pay).await.code(), "SUCCESS");
    till.control("/sandbox/customers/j1", &json!({"does": "scan"})).await;
    till.control("/sandbox/customers/j1", &json!({"does": "pay"})).await;
    till.control("/sandbox/faults", &json!({"fault": "wrong_amount", "operation": "inquiryPayment"})).await;
    till.ams("inquiryPayment", &json!({"paymentRequestId": "j1"})).await;
    till.control("/sandbox/faults", &json!({"fault": "http_502"})).await;
    let faults = till.get("/sandbox/faults").await;
    let waiting = faults.as_array().unwrap().iter().filter(|fault| fault["waits"] != 0);
    assert_eq!(
        waiting.map(|fault| (&fault["fault"], &fault["waits"])).collect::<Vec<_>>(),
        [(&json!("http_502"), &json!(1))]
    );
    till.try_post("/ams/api/v1/payments/cancel", &json!({"paymentRequestId": "j1"})).await.unwrap();
    let strange =
        till.http.post(format!("{}/ams/api/v1/payments/pay?code=281006020000000000125733", till.base));
    strange.send().await.unwrap();

    let journal = till.get("/sandbox/journal").await;
    let told: Vec<_> = journal["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let text = |name: &str| entry[name].as_str().unwrap_or("-").to_owned();
            (text("payment_request_id"), text("what"), text("result"), text("fault"))
        })
        .collect();
    let told: Vec<_> =
        told.iter().map(|(id, what, result, fault)| [&**id, &**what, &**result, &**fault]).collect();
    assert_eq!(
        told,
        [
            ["j1", "pay", "S SUCCESS", "-"],
            ["j1", "the customer scans the code", "-", "-"],
            ["j1", "the customer pays", "-", "-"],
            ["j1", "inquiryPayment", "S SUCCESS", "wrong_amount"],
            ["j1", "cancel", "stopped by a page, HTTP 502", "-"],
            ["-", "POST /ams/api/v1/payments/pay", "CLIENT_INVALID", "-"],
        ]
    );
    let newest = journal["newest"].as_u64().unwrap();
    assert_eq!(newest, 6);
    let rest = till.get(&format!("/sandbox/journal?after={}", newest - 1)).await;
    assert_eq!(rest["entries"].as_array().unwrap().len(), 1);
    assert!(!journal.to_string().contains("2810060200"), "no payment code is in the journal");
    assert_eq!(status(&till, "/sandbox/journal?after=x", &[]).await, 400);
    assert_eq!(till.entry("j1").await["digits"], 2);
}
