//! Reading what options name: a key, a body, payment codes, standard input.

use std::io::{BufRead, Read as _};
use std::path::Path;

use alipay_instore::json::MAX_BYTES;
use alipay_instore::payment_code::{PaymentCode, ScannedLines};
use zeroize::Zeroizing;

use crate::failure::{Failure, Result};

/// The content of a file, or of standard input for `-`. `what` names the option in errors; the path is not
/// shown, since a secret may stand in its place.
pub(crate) fn content(path: &Path, what: &str) -> Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::new());
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::io(what, &error))?;
    if bytes.len() > MAX_BYTES {
        return Err(Failure::new(
            "message.too_large",
            format!("{what}: more than 1 MiB"),
            "pass at most 1 MiB",
        ));
    }
    Ok(bytes)
}

/// The next code of standard input, which ends at its first CR or LF: a serial scanner never closes the stream.
/// What follows is left for the next call. `None` at the end of the stream.
pub(crate) fn scanned_code() -> Result<Option<alipay_instore::Result<PaymentCode>>> {
    next_code(&mut std::io::stdin().lock()).map_err(|error| Failure::io("standard input", &error))
}

/// The same for any source of lines.
pub(crate) fn next_code(
    source: &mut impl BufRead,
) -> std::io::Result<Option<alipay_instore::Result<PaymentCode>>> {
    let mut lines = ScannedLines::new();
    loop {
        let arrived = match source.fill_buf() {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            arrived => arrived?,
        };
        if arrived.is_empty() {
            return Ok(lines.finish());
        }
        let end = arrived.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
        let taken = end.map_or(arrived.len(), |end| end.saturating_add(1));
        // At most one line ends, and a line that is too long is said before its end.
        let code = arrived.get(..taken).and_then(|line| lines.push(line).into_iter().next());
        source.consume(taken);
        if code.is_some() {
            return Ok(code);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_call_takes_one_line() {
        let source = b"\r\n]C1281006020000000000125733\r\nhttps://shop.example\n2810060200000000";
        // However the bytes arrive.
        for size in 1..source.len() {
            let mut source = std::io::BufReader::with_capacity(size, &source[..]);
            let mut next = || next_code(&mut source).unwrap();
            assert_eq!(next().unwrap().unwrap().expose(), "281006020000000000125733");
            assert_eq!(next().unwrap().unwrap_err().code(), "code.not_digits");
            assert_eq!(next().unwrap().unwrap().expose(), "2810060200000000");
            assert!(next().is_none());
        }
    }
}
