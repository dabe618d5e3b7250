//! What every `--help` and every manual page ends with: examples that can be typed as they stand, and what the exit
//! status says.

use clap::{Command, CommandFactory as _, FromArgMatches as _};

use crate::commands::Cli;

/// The command with examples and exit statuses.
pub(crate) fn command() -> Command {
    add(Cli::command(), String::new())
}

/// Reads the command line.
pub(crate) fn parse() -> Result<Cli, clap::Error> {
    Cli::from_arg_matches(&command().try_get_matches()?)
}

fn add(command: Command, path: String) -> Command {
    let end = ending(&path);
    command.after_help(end).mut_subcommands(|below| {
        let path = match path.as_str() {
            "" => below.get_name().to_owned(),
            path => format!("{path} {}", below.get_name()),
        };
        add(below, path)
    })
}

fn ending(path: &str) -> String {
    let of = EXAMPLES.iter().find(|(name, _)| *name == path).map_or(&[][..], |(_, lines)| *lines);
    let mut text = "Examples:\n".to_owned();
    for line in of {
        text.push_str(&format!("  alipay-instore {line}\n"));
    }
    text.push_str(&format!("\nExit status: {}", status(path)));
    text
}

const OTHERS: &str = "64 wrong usage, 70 anything else.";

fn status(path: &str) -> String {
    let said = match path {
        "pay" | "resume" => "0 paid, 1 not paid, 2 not decided: needs manual review,",
        "cancel" => {
            "0 not paid: cancelled, refused or given back; 1 paid, nothing was changed; 2 not decided;"
        }
        "reverse" => "0 the whole amount was given back, 1 refused, 2 not decided,",
        "refund" => "0 given back, 1 refused, 2 not decided,",
        "inquire" => "0 paid, 1 not paid, 2 not decided yet,",
        "doctor" => "0 nothing is wrong, 1 something is wrong,",
        "verify" | "explain" => "0 the signature verifies, 1 it does not,",
        "route" => "0 every code is taken, 1 one is not,",
        "code" => "0 the code is known, 1 it is not,",
        "demo" => "0 every outcome agrees with the ledger, 1 one does not,",
        "notify" => "0 the handler did right, 1 it did not,",
        "notify-listen" => "0 done, 1 fewer notifications than --count,",
        "store alerts" => "0 there are none, 1 there are some,",
        "store check" => "0 every record can be read, 1 one can't,",
        _ => "0 done,",
    };
    format!("{said} {OTHERS}")
}

const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "sandbox --data-dir /tmp/sandbox",
            "doctor --config /tmp/sandbox/sandbox.json",
            "pay --config /tmp/sandbox/sandbox.json --protocol ams --code 281006020000000000125733 --amount 19.99 --currency USD",
            "pay --help",
        ],
    ),
    ("keys", &["keys new ./keys"]),
    ("keys new", &["keys new ./keys", "keys new ./keys --bits 4096"]),
    (
        "sign",
        &[
            "sign --key merchant_private_key.pem --path /ams/api/v1/payments/pay --client-id 5Y0000000000000001 --time 1685599933871 --body pay.json",
        ],
    ),
    (
        "verify",
        &[
            "verify --key gateway_public_key.pem --signature 'algorithm=RSA256,keyVersion=1,signature=…' --path /ams/api/v1/payments/pay --client-id 5Y0000000000000001 --time 2023-06-01T14:12:14+08:00 --body answer.json",
        ],
    ),
    (
        "explain",
        &[
            "explain --key gateway_public_key.pem --path /alipay/notify --client-id 5Y0000000000000001 --headers headers.txt --body body.json",
            "explain --config /tmp/sandbox/sandbox.json --protocol ams --path /alipay/notify --headers headers.txt --body body.json",
        ],
    ),
    ("route", &["route 281006020000000000125733", "route --router router.json --from codes.txt"]),
    ("amount", &["amount to-minor 19.99 USD", "amount to-major 1999 USD"]),
    ("amount to-minor", &["amount to-minor 19.99 USD", "amount to-minor 19.995 USD --rounding half_up"]),
    ("amount to-major", &["amount to-major 1999 USD"]),
    ("code", &["code PAYMENT_IN_PROCESS", "code USER_BALANCE_NOT_ENOUGH --lang zh --protocol ams"]),
    (
        "sandbox",
        &[
            "sandbox --data-dir /tmp/sandbox",
            "sandbox --data-dir /tmp/sandbox --listen 127.0.0.1:8080 --speed 20",
            "sandbox --codes",
            "sandbox --fresh-code balance_too_low",
        ],
    ),
    (
        "pay",
        &[
            "pay --config /tmp/sandbox/sandbox.json --protocol ams --code 281006020000000000125733 --amount 19.99 --currency USD",
            "pay --config /tmp/sandbox/sandbox.json --protocol alipay_plus --scenario order --amount 19.99 --currency USD --qr-png code.png",
            "pay --protocol ams --code - --amount 5 --currency EUR --store /var/lib/till",
        ],
    ),
    ("resume", &["resume --store /var/lib/till", "resume --store /var/lib/till --id P1"]),
    ("cancel", &["cancel --store /var/lib/till --id P1"]),
    ("reverse", &["reverse --store /var/lib/till --id P1"]),
    (
        "refund",
        &[
            "refund --store /var/lib/till --id P1",
            "refund --store /var/lib/till --id P1 --amount 5.00 --reason 'one cup broken'",
        ],
    ),
    ("worker", &["worker --store /var/lib/till", "worker --store postgresql://till@db/payments --for 3600"]),
    ("store", &["store list --store /var/lib/till", "store alerts --store /var/lib/till"]),
    ("store list", &["store list", "store list --store /var/lib/till --open"]),
    ("store show", &["store show --store /var/lib/till --id P1"]),
    ("store alerts", &["store alerts --store /var/lib/till"]),
    ("store acknowledge", &["store acknowledge --store /var/lib/till --id P1 --alert 1 --who Ada"]),
    (
        "store resolve",
        &["store resolve --store /var/lib/till --id P1 --as made --who Ada --note 'seen in the statement'"],
    ),
    ("store purge", &["store purge --store /var/lib/till --older-than 400"]),
    ("store migrate", &["store migrate --store postgresql://till@db/payments"]),
    ("store check", &["store check --store /var/lib/till"]),
    ("doctor", &["doctor --config /tmp/sandbox/sandbox.json", "doctor --store /var/lib/till"]),
    (
        "inquire",
        &[
            "inquire --store /var/lib/till --id P1",
            "inquire --config /tmp/sandbox/sandbox.json --protocol ams --id P1",
        ],
    ),
    (
        "notify",
        &[
            "notify --to http://127.0.0.1:8080/notify --config /tmp/sandbox/sandbox.json --protocol ams",
            "notify --to http://127.0.0.1:8080/notify --config /tmp/sandbox/sandbox.json --protocol ams --wrong all",
        ],
    ),
    (
        "notify-listen",
        &[
            "notify-listen --config /tmp/sandbox/sandbox.json --protocol ams --listen 127.0.0.1:8080 --count 1",
        ],
    ),
    ("demo", &["demo", "demo --only paid_at_once"]),
    (
        "completions",
        &[
            "completions bash > /etc/bash_completion.d/alipay-instore",
            "completions zsh > ~/.zfunc/_alipay-instore",
        ],
    ),
    ("man", &["man ./man", "man /usr/local/share/man/man1"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(command: &Command, path: &str, seen: &mut Vec<String>) {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(help.contains("  alipay-instore "), "`{path}` has no example");
        assert!(help.contains("Exit status: 0 "), "`{path}` does not tell its exit statuses");
        seen.push(path.to_owned());
        for below in command.get_subcommands() {
            walk(below, format!("{path} {}", below.get_name()).trim(), seen);
        }
    }

    #[test]
    fn every_help_has_examples_and_exit_statuses() {
        let mut seen = Vec::new();
        walk(&command(), "", &mut seen);
        for (path, _) in EXAMPLES {
            assert!(seen.iter().any(|known| known == path), "there is no command `{path}`");
        }
    }

    /// As a shell reads it: words, quotes, and a redirection at the end.
    fn words(line: &str) -> Vec<String> {
        let line = line.split(" > ").next().unwrap();
        let mut words = vec![String::new()];
        let mut quoted = false;
        for character in line.chars() {
            match character {
                '\'' => quoted = !quoted,
                ' ' if !quoted => words.push(String::new()),
                other => words.last_mut().unwrap().push(other),
            }
        }
        words
    }

    #[test]
    fn every_example_is_a_command_line_that_is_understood() {
        for line in EXAMPLES.iter().flat_map(|(_, lines)| *lines) {
            let words = std::iter::once("alipay-instore".to_owned()).chain(words(line));
            match command().try_get_matches_from(words) {
                Ok(matches) => drop(Cli::from_arg_matches(&matches).unwrap()),
                Err(error) => {
                    assert_eq!(error.kind(), clap::error::ErrorKind::DisplayHelp, "{line}: {error}")
                }
            }
        }
    }
}
