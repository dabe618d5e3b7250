//! `notify`: what a handler does with correct and with wrong notifications, and what the command makes of it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "test code")]

mod program;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::process::{Child, Stdio};

use program::{Sandbox, program, run};

struct Listening {
    child: Child,
    url: String,
}

impl Listening {
    fn start(config: &str, protocol: &str) -> Self {
        let mut child = program()
            .args(["notify-listen", "--config", config, "--protocol", protocol, "--store", "none"])
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
fn a_good_handler_takes_the_correct_one_and_refuses_every_other() {
    let sandbox = Sandbox::start(1, &[]);
    let config = sandbox.config();
    for protocol in ["ams", "alipay_plus"] {
        let listening = Listening::start(&config, protocol);
        let notify = |more: &[&str]| {
            let line =
                ["--json", "notify", "--to", &listening.url, "--config", &config, "--protocol", protocol];
            run(&[&line[..], more].concat())
        };
        for result in ["paid", "failed"] {
            let sent = notify(&["--id", "N1", "--result", result]);
            let json = sent.json();
            assert_eq!((sent.status, json["sent"][0]["acknowledged"].as_bool()), (0, Some(true)), "{json}");
            assert_eq!(json["sent"][0]["signature"], "valid");
        }
        let sent = notify(&["--wrong", "all"]);
        let json = sent.json();
        let rows = json["sent"].as_array().unwrap();
        assert_eq!((sent.status, rows.len()), (0, 10), "{json}");
        for row in rows {
            assert_eq!(
                (row["acknowledged"].as_bool(), row["http_status"].as_u64()),
                (Some(false), Some(400)),
                "{row}"
            );
        }
        // Signed over another path, a correct one is refused, and that is said.
        let elsewhere = notify(&["--path", "/elsewhere"]);
        assert_eq!(
            (elsewhere.status, elsewhere.json()["sent"][0]["as_it_should_be"].as_bool()),
            (1, Some(false))
        );
    }
}

#[test]
fn a_handler_that_believes_everybody_is_found_out() {
    let sandbox = Sandbox::start(1, &[]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/notify", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        let _ = stream.read(&mut [0; 4096]).unwrap();
        let body = r#"{"result":{"resultStatus":"S"}}"#;
        let head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length";
        write!(stream, "{head}: {}\r\n\r\n{body}", body.len()).unwrap();
    });
    let ran = run(&[
        "notify",
        "--to",
        &url,
        "--config",
        &sandbox.config(),
        "--protocol",
        "ams",
        "--wrong",
        "unsigned",
    ]);
    assert_eq!(ran.status, 1, "{}", ran.all());
    assert!(ran.out.contains("ACKNOWLEDGED"), "{}", ran.all());
}

#[test]
fn what_can_not_be_sent_is_said() {
    let sandbox = Sandbox::start(1, &[]);
    let config = sandbox.config();
    let code = |to: &str, more: &[&str]| {
        let line = ["--json", "notify", "--to", to, "--config", &config, "--protocol", "ams"];
        run(&[&line[..], more].concat()).json()["error"]["code"].as_str().unwrap().to_owned()
    };
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(code(&format!("http://{closed}/n"), &[]), "cli.network");
    assert_eq!(code("/n", &[]), "cli.usage");
    assert_eq!(code("shop.example/n", &[]), "config.notify_url");
    assert_eq!(code("http://127.0.0.1:1/n", &["--wrong", "nothing"]), "cli.usage");
}
