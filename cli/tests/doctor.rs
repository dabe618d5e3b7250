//! `doctor` against the sandbox: green where everything is right, and red at the right line for each wrong setting.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "test code"
)]

mod program;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use program::{Ran, Sandbox, finish, path, program, run, write};
use serde_json::{Value, json};

/// The program without the proxies of whoever runs the tests.
fn doctor(config: &str, more: &[&str]) -> Command {
    let mut command = program();
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command.args(["--json", "doctor", "--config", config]).args(more);
    command
}

/// A copy of the sandbox's folder with some settings changed; `null` takes one away.
fn changed(sandbox: &Sandbox, name: &str, changes: Value) -> String {
    let folder = sandbox.folder.path().join(name);
    std::fs::create_dir(&folder).unwrap();
    for file in ["merchant_private_key.pem", "merchant_public_key.pem", "gateway_public_key.pem", "ca.pem"] {
        // Only a sandbox with TLS has an authority.
        let _ = std::fs::copy(sandbox.folder.path().join(file), folder.join(file));
    }
    let mut settings: Value = serde_json::from_slice(&std::fs::read(sandbox.config()).unwrap()).unwrap();
    for (name, value) in changes.as_object().unwrap() {
        settings[name] = value.clone();
    }
    write(&folder, "sandbox.json", settings.to_string().as_bytes());
    path(&folder, "sandbox.json")
}

/// The lines of every merchant that failed.
fn failed(ran: &Ran) -> Vec<(String, String)> {
    let json = ran.json();
    let merchants = json["merchants"].as_array().unwrap_or_else(|| panic!("{}", ran.all()));
    let checks = merchants.iter().flat_map(|merchant| merchant["checks"].as_array().unwrap().clone());
    checks
        .filter(|check| check["status"] == "failed")
        .map(|check| {
            assert_ne!(check["hint"], "", "{check}");
            let text = |name: &str| check[name].as_str().unwrap().to_owned();
            (text("name"), text("detail"))
        })
        .collect()
}

/// A port of this machine where nobody listens.
fn closed() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A handler that acknowledges whatever comes, once for each merchant.
fn credulous() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/notify", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming().take(2) {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).unwrap();
            let body = r#"{"result":{"resultCode":"SUCCESS","resultStatus":"S"}}"#;
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            )
            .unwrap();
        }
    });
    url
}

struct Listening {
    child: Child,
    url: String,
}

impl Listening {
    fn start(config: &str) -> Self {
        let mut child = program()
            .args(["notify-listen", "--config", config, "--protocol", "ams", "--store", "none"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").unwrap().to_owned();
        Listening { child, url }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn everything_is_right() {
    let sandbox = Sandbox::start(20, &["--tls"]);
    let listening = Listening::start(&sandbox.config());
    let config = changed(&sandbox, "right", json!({"notify_url": listening.url}));
    let ran = finish(&mut doctor(&config, &[]));
    let json = ran.json();
    let merchants = json["merchants"].as_array().unwrap();
    assert_eq!((ran.status, json["healthy"].as_bool(), merchants.len()), (0, Some(true), 2), "{json}");
    for (merchant, protocol) in merchants.iter().zip(["ams", "alipay_plus"]) {
        assert_eq!(merchant["protocol"], protocol);
        for check in merchant["checks"].as_array().unwrap() {
            assert_eq!(check["status"], "passed", "{check}");
        }
    }
    // For people, without colours where it is no terminal.
    let mut people = doctor(&config, &["--protocol", "ams"]);
    let arguments: Vec<_> = people.get_args().skip(1).map(ToOwned::to_owned).collect();
    let mut plain = program();
    plain.args(arguments);
    people = plain;
    let ran = finish(&mut people);
    assert!(ran.out.contains("ok       inquiry") && ran.out.contains("nothing is wrong"), "{}", ran.all());
    assert!(!ran.all().contains('\x1b') && !ran.all().contains("PRIVATE KEY"), "{}", ran.all());
}

#[test]
fn what_is_not_configured_is_a_warning() {
    let sandbox = Sandbox::start(1, &[]);
    let ran = finish(&mut doctor(&sandbox.config(), &["--protocol", "ams", "--store", "none"]));
    let json = ran.json();
    let checks = json["merchants"][0]["checks"].as_array().unwrap();
    let last = checks.last().unwrap();
    assert_eq!(
        (ran.status, last["name"].as_str(), last["status"].as_str()),
        (0, Some("notify_url"), Some("warned"))
    );
}

/// Each wrong setting, and the one line that is red. The table is printed: `cargo test --test doctor -- --nocapture`.
#[test]
fn each_wrong_setting_is_red_at_its_own_line() {
    let plain = Sandbox::start(1, &[]);
    let tls = Sandbox::start(1, &["--tls"]);
    let off = Sandbox::start(1, &["--clock-off", "600000"]);
    let keys = plain.folder.path().join("others");
    assert_eq!(run(&["keys", "new", keys.to_str().unwrap()]).status, 0);
    let with_key = |name: &str, file: &str, from: &str| {
        let config = changed(&plain, name, json!({}));
        std::fs::copy(keys.join(from), Path::new(&config).with_file_name(file)).unwrap();
        config
    };
    let port = closed();
    let proxy = format!("http://127.0.0.1:{port}");
    let below_a_file = path(plain.folder.path(), "sandbox.json/payments");
    let over_https = tls.base_url.clone();
    let http_as_https = plain.base_url.replace("http:", "https:");
    let rows: Vec<(&str, Command, &str)> = vec![
        (
            "settings without a client id",
            doctor(&changed(&plain, "a", json!({"client_id": null})), &[]),
            "configuration",
        ),
        ("a key that is none", doctor(&with_key_text(&plain), &[]), "keys"),
        (
            "our public key as the gateway's",
            doctor(&changed(&plain, "b", json!({"gateway_public_key": "merchant_public_key.pem"})), &[]),
            "keys",
        ),
        ("a store that can't be made", doctor(&plain.config(), &["--store", &below_a_file]), "store"),
        (
            "a proxy that does not run",
            {
                let config = changed(&plain, "c", json!({"base_url": "https://gateway.example"}));
                let mut command = doctor(&config, &[]);
                command.env("HTTPS_PROXY", &proxy);
                command
            },
            "proxy",
        ),
        (
            "a port where nobody listens",
            doctor(&changed(&plain, "d", json!({"base_url": format!("http://127.0.0.1:{port}")})), &[]),
            "connection",
        ),
        (
            "https where http is spoken",
            doctor(&changed(&plain, "e", json!({"base_url": http_as_https})), &[]),
            "tls",
        ),
        (
            "an authority that is not trusted",
            doctor(&changed(&tls, "f", json!({"ca": null, "base_url": over_https})), &[]),
            "tls",
        ),
        (
            "an address that is not the gateway's",
            doctor(&changed(&plain, "g", json!({"base_url": format!("{}/shop", plain.base_url)})), &[]),
            "answer",
        ),
        (
            "a client id of somebody else",
            doctor(&changed(&plain, "h", json!({"client_id": "5Y0000000000000002"})), &[]),
            "client_id",
        ),
        (
            "a signing key that is not registered",
            doctor(&with_key("i", "merchant_private_key.pem", "merchant_private_key.pem"), &[]),
            "signing_key",
        ),
        (
            "a gateway key of somebody else",
            doctor(&with_key("j", "gateway_public_key.pem", "merchant_public_key.pem"), &[]),
            "gateway_key",
        ),
        ("a clock that is off", doctor(&off.config(), &[]), "clock"),
        (
            "a notify URL where nobody listens",
            doctor(
                &changed(&plain, "k", json!({"notify_url": format!("http://127.0.0.1:{port}/notify")})),
                &[],
            ),
            "notify_url",
        ),
        (
            "a notify URL of another page",
            doctor(&changed(&plain, "l", json!({"notify_url": format!("{}/notify", plain.base_url)})), &[]),
            "notify_url",
        ),
        (
            "a handler that believes everybody",
            doctor(&changed(&plain, "m", json!({"notify_url": credulous()})), &[]),
            "notify_url",
        ),
    ];
    for (setting, mut command, line) in rows {
        let ran = finish(&mut command);
        let failed = failed(&ran);
        assert_eq!(ran.status, 1, "{setting}: {}", ran.all());
        assert!(!failed.is_empty(), "{setting}: {}", ran.all());
        for (name, detail) in &failed {
            assert_eq!(name, line, "{setting}: {}", ran.all());
            println!("{setting:38} {name:14} {detail}");
        }
        assert!(!ran.all().contains("PRIVATE KEY"), "{setting}");
    }
}

fn with_key_text(sandbox: &Sandbox) -> String {
    let config = changed(sandbox, "text", json!({}));
    std::fs::write(Path::new(&config).with_file_name("merchant_private_key.pem"), "not a key").unwrap();
    config
}
