//! From what a merchant pastes to the bytes of one DER document.
//!
//! PEM, bare base64 and DER come with line breaks, spaces, quotes, escapes of environment variables, marks of
//! editors and text around them; all of that is undone here. What the document holds is `document`'s job.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use crate::error::{Error, ErrorCode, Result};

/// The padding must be there: a key without it lost its last characters. Bits beyond the last byte don't
/// matter, for the DER inside says where the key ends.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical)
        .with_decode_allow_trailing_bits(true),
);

const SSH_HINT: &str = "this is OpenSSH's own format; write PEM with: ssh-keygen -p -m PEM -f KEY (private), ssh-keygen -e -m PKCS8 -f KEY (public)";

/// The DER bytes of the one key in `input`.
pub(super) fn to_der(input: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    if input.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::new(ErrorCode::KeyEmpty, "there is no key"));
    }
    if is_binary(input) {
        return Ok(Zeroizing::new(input.to_vec()));
    }
    let text = plain_text(input);
    let text = unquoted(&text);
    if text.is_empty() {
        return Err(Error::new(ErrorCode::KeyEmpty, "there is no key"));
    }
    match pem_body(text)? {
        Some(body) => from_base64(body),
        None => from_base64(text),
    }
}

/// DER begins with a SEQUENCE, which is the character `0`, and always holds bytes that no text has.
fn is_binary(input: &[u8]) -> bool {
    input.first() == Some(&0x30)
        && input
            .iter()
            .any(|byte| !byte.is_ascii() || (byte.is_ascii_control() && !byte.is_ascii_whitespace()))
}

/// The input as ASCII: UTF-16 narrowed, byte order marks and non-breaking spaces turned into spaces, `\n`, `\r`
/// and `\t` written as two characters made line breaks, `\/` a slash. What else is not ASCII becomes a question mark.
fn plain_text(input: &[u8]) -> Zeroizing<String> {
    let narrowed;
    let input = match input {
        [0xff, 0xfe, rest @ ..] => {
            narrowed = narrow(rest, 0);
            &narrowed[..]
        }
        [0xfe, 0xff, rest @ ..] => {
            narrowed = narrow(rest, 1);
            &narrowed[..]
        }
        _ => input,
    };
    let mut text = Zeroizing::new(String::with_capacity(input.len()));
    let mut rest = input;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (0xef, [0xbb, 0xbf, tail @ ..]) | (0xe2, [0x80, 0x8b, tail @ ..]) | (0xc2, [0xa0, tail @ ..]) => {
                rest = tail;
                text.push(' ');
            }
            (b'\\', [b'\\', ..]) => {}
            (b'\\', [b'n' | b'r' | b't', tail @ ..]) => {
                rest = tail;
                text.push('\n');
            }
            // A slash as JSON may write it.
            (b'\\', [b'/', ..]) => {}
            // A shell's line continuation.
            (b'\\', [b'\n' | b'\r', ..]) => {}
            _ if byte.is_ascii() => text.push(char::from(byte)),
            _ => text.push('?'),
        }
    }
    text
}

/// One byte of each pair of UTF-16; a pair whose other byte is not zero stands for a question mark.
fn narrow(pairs: &[u8], low: usize) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(pairs.len() / 2));
    for pair in pairs.chunks_exact(2) {
        if let [first, second] = *pair {
            let (byte, other) = if low == 0 { (first, second) } else { (second, first) };
            out.push(if other == 0 { byte } else { b'?' });
        }
    }
    out
}

fn unquoted(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(inner) = ['"', '\'', '`']
        .into_iter()
        .find_map(|quote| text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)))
    {
        text = inner.trim();
    }
    text
}

struct Block<'a> {
    /// Without its spaces: `RSAPRIVATEKEY`.
    label: String,
    body: &'a str,
}

impl Block<'_> {
    fn is_key(&self) -> bool {
        self.label.ends_with("PRIVATEKEY") || self.label.ends_with("PUBLICKEY")
    }
}

/// The base64 between the markers of the only key, or `None` when the text holds no marker at all.
fn pem_body(text: &str) -> Result<Option<&str>> {
    let blocks = pem_blocks(text)?;
    let mut keys = blocks.iter().filter(|block| block.is_key());
    // A file often carries its certificate, or the parameters of its curve, beside the key: that is no second key.
    let Some(block) = keys.next().or_else(|| blocks.first()) else { return Ok(None) };
    if keys.next().is_some() {
        return Err(Error::new(ErrorCode::KeyMultiple, "the text holds more than one PEM key"));
    }
    if block.label == "OPENSSHPRIVATEKEY" {
        return Err(not_a_key("this is an OpenSSH private key").with_hint(SSH_HINT));
    }
    let headers_say_encrypted = block.body.contains("Proc-Type") && block.body.contains("ENCRYPTED");
    if block.label == "ENCRYPTEDPRIVATEKEY" || headers_say_encrypted {
        return Err(Error::new(ErrorCode::KeyEncrypted, "the private key is encrypted with a passphrase"));
    }
    if block.body.trim().is_empty() {
        return Err(truncated("there is nothing between the BEGIN and the END line"));
    }
    Ok(Some(block.body))
}

fn pem_blocks(text: &str) -> Result<Vec<Block<'_>>> {
    const DASHES: &str = "-----";
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("-----BEGIN") {
        if before.contains("-----END") {
            return Err(truncated("an END line stands before its BEGIN line"));
        }
        let (label, after) =
            after.split_once(DASHES).ok_or_else(|| truncated("the BEGIN line of the PEM text is cut off"))?;
        let (body, after) =
            after.split_once(DASHES).ok_or_else(|| truncated("the END line of the PEM text is missing"))?;
        let (end_label, after) = after
            .strip_prefix("END")
            .and_then(|after| after.split_once(DASHES))
            .ok_or_else(|| truncated("the END line of the PEM text is missing or cut off"))?;
        let label: String = label.split_ascii_whitespace().collect();
        if !end_label.split_ascii_whitespace().collect::<String>().eq(&label) {
            return Err(truncated("the PEM text begins as one thing and ends as another"));
        }
        blocks.push(Block { label, body });
        rest = after;
    }
    // Dashes may stand in the text after a key, but without any key they are what is left of its markers.
    if rest.contains("-----END") || (blocks.is_empty() && rest.contains(DASHES)) {
        return Err(truncated("the BEGIN line of the PEM text is missing or cut off"));
    }
    Ok(blocks)
}

fn from_base64(text: &str) -> Result<Zeroizing<Vec<u8>>> {
    let mut symbols = Zeroizing::new(Vec::with_capacity(text.len()));
    symbols.extend(text.bytes().filter(|byte| !byte.is_ascii_whitespace()));
    // Both have a dash, which base64 has not: the letters alone stand in one good key of ten thousand.
    if symbols.starts_with(b"ssh-") || text.contains("-- BEGIN SSH2") {
        return Err(not_a_key("this is an OpenSSH public key").with_hint(SSH_HINT));
    }
    if symbols.starts_with(b"LS0tLS1CRUdJT") {
        return Err(not_a_key("this is a PEM text that was base64-encoded once more")
            .with_hint("decode it once, for example with: base64 -d"));
    }
    if !symbols.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')) {
        return Err(not_a_key("the text is neither PEM nor base64"));
    }
    // Every DER key is a SEQUENCE, and base64 writes its first byte as M.
    if symbols.first() != Some(&b'M') {
        return Err(not_a_key("the base64 text does not begin as a key does"));
    }
    let pieces = symbols.split(|&byte| byte == b'=').filter(|piece| !piece.is_empty());
    if pieces.clone().count() > 1 {
        return Err(if pieces.clone().all(|piece| piece.starts_with(b"M")) {
            Error::new(ErrorCode::KeyMultiple, "the text holds more than one base64 key")
        } else {
            not_a_key("padding stands in the middle of the base64 text")
        });
    }
    let mut der = Zeroizing::new(vec![0; base64::decoded_len_estimate(symbols.len())]);
    let length = BASE64
        .decode_slice(&symbols[..], &mut der)
        .map_err(|_| truncated("the base64 text does not end with whole, padded groups of four"))?;
    der.truncate(length);
    Ok(der)
}

fn not_a_key(reason: &str) -> Error {
    Error::new(ErrorCode::KeyNotAKey, reason)
}

fn truncated(reason: &str) -> Error {
    Error::new(ErrorCode::KeyTruncated, reason)
}
