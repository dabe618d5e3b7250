//! A header is read as the second reader reads it, and what was read is written back to the same thing.

use alipay_instore::signature::SignatureHeader;

use super::second_header;

pub(super) fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let first = SignatureHeader::parse(text);
    if let Ok(header) = &first {
        assert_eq!(
            SignatureHeader::parse(&header.to_string()).as_ref(),
            Ok(header),
            "printed and read again"
        );
    }
    let first =
        first.map(|header| (header.key_version, header.signature)).map_err(|error| error.code().as_str());
    assert_eq!(first, second_header::read(text), "the two readers differ");
}
