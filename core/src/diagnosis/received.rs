//! The headers of a message as they came, also where they are there twice or unreadable.
//!
//! What verifies reads them strictly, in `message::headers`; here every value counts, because the broken one is looked for.

/// Longer values are cut: no documented one comes near.
const MAX_LENGTH: usize = 16 * 1024;
/// More values of one header are left out.
const MAX_VALUES: usize = 4;

/// The values of the headers that matter, as text.
#[derive(Clone, Default)]
pub(super) struct Received {
    pub(super) signatures: Vec<String>,
    pub(super) client_ids: Vec<String>,
    pub(super) request_times: Vec<String>,
    pub(super) response_times: Vec<String>,
    pub(super) dates: Vec<String>,
    pub(super) hosts: Vec<String>,
    /// What a proxy says it took away from the path.
    pub(super) prefixes: Vec<String>,
    /// The path as the client asked for it, by a proxy.
    pub(super) paths: Vec<String>,
}

impl Received {
    pub(super) fn read<N: AsRef<[u8]>, V: AsRef<[u8]>>(headers: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut read = Received::default();
        for (name, value) in headers {
            if let Some(place) = read.place(name.as_ref())
                && place.len() < MAX_VALUES
            {
                let value = value.as_ref();
                let value = value.get(..MAX_LENGTH).unwrap_or(value);
                place.push(String::from_utf8_lossy(value).into_owned());
            }
        }
        read
    }

    fn place(&mut self, name: &[u8]) -> Option<&mut Vec<String>> {
        let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
        Some(if is("Signature") {
            &mut self.signatures
        } else if is("Client-Id") {
            &mut self.client_ids
        } else if is("Request-Time") {
            &mut self.request_times
        } else if is("Response-Time") {
            &mut self.response_times
        } else if is("Date") {
            &mut self.dates
        } else if is("Host") || is("X-Forwarded-Host") {
            &mut self.hosts
        } else if is("X-Forwarded-Prefix") || is("X-Script-Name") {
            &mut self.prefixes
        } else if is("X-Original-URI") || is("X-Forwarded-URI") || is("X-Original-URL") || is("X-Rewrite-URL")
        {
            &mut self.paths
        } else {
            return None;
        })
    }
}
