//! What something in front of the gateway answers keeps its HTTP status, and decides nothing.

use alipay_instore::client::{Proxy, TransportOptions};
use alipay_instore::payment::Certainty;

use crate::connecting::trouble;
use crate::listeners::answering;
use crate::shop::Shop;

fn http(status: &str, content_type: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn u19_what_is_not_signed_keeps_its_status() {
    let shop = Shop::open(1).await;
    let page = "<html><body>no</body></html>";
    let refusal = r#"{"result":{"resultStatus":"F","resultCode":"CLIENT_INVALID"}}"#;
    for (status, content_type, body, code, hint) in [
        ("403 Forbidden", "text/html; charset=utf-8", page, "transport.http_status", "allowed"),
        ("407 Proxy Authentication Required", "text/html", page, "transport.http_status", "proxy"),
        ("429 Too Many Requests", "text/plain", "slow down", "transport.http_status", "fewer"),
        ("502 Bad Gateway", "text/html", page, "transport.http_status", "does not work"),
        ("200 OK", "text/html", page, "transport.http_status", "another server"),
        (
            "403 Forbidden",
            "application/json",
            r#"{"message":"Forbidden"}"#,
            "transport.http_status",
            "allowed",
        ),
        ("500 Internal Server Error", "application/json", refusal, "signature.missing", "client id"),
    ] {
        let url = format!("http://{}", answering(http(status, content_type, body)).await);
        let options = TransportOptions { proxy: Proxy::None, ..TransportOptions::default() };
        let (error, certainty) = trouble(&shop, &url, &options).await;
        assert_eq!((error.code().as_str(), certainty), (code, Certainty::Unknown), "{status}: {error}");
        assert!(error.hint().contains(hint), "{status}: {error}");
        let number = status.split(' ').next().unwrap();
        let answer = error.http().unwrap();
        assert_eq!(answer.status.to_string(), number);
        assert_eq!(answer.content_type.as_deref(), content_type.split(';').next());
        // The timeline of every language shows this form.
        let json: serde_json::Value = serde_json::from_str(&error.to_json().to_string()).unwrap();
        assert_eq!(json["http_status"].to_string(), number);
        assert_eq!(json["content_type"].as_str(), content_type.split(';').next());
        assert!(!error.to_string().contains("slow down") && !error.to_string().contains("<html>"), "{error}");
    }
}
