//! Reading what options name: a key, a body, standard input.

use std::io::Read as _;
use std::path::Path;

use alipay_instore::message::json::MAX_BYTES;
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
