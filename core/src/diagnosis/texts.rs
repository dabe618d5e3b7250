//! What is said about each finding: what was found, and what to change.

use super::finding::FindingCode as Code;

/// What was found, without the particulars.
pub(super) fn found(code: Code) -> &'static str {
    match code {
        Code::Verifies => "the signature verifies",
        Code::MessageRefused => "the signature verifies, but the message is refused for another reason",
        Code::InputUnusable => "the input or the configuration can't be used",
        Code::SignatureMissing => "the message has no Signature header",
        Code::SignatureHeader => "the Signature header does not have its documented form",
        Code::SignatureNoHeader => "the header holds the bare signature",
        Code::SignatureJoined => "the message has two Signature headers, or two joined into one",
        Code::SignatureEncodedTwice => "the signature is encoded twice",
        Code::SignatureBase64url => "the signature is written in URL-safe base64",
        Code::SignatureUnpadded => "the base64 of the signature lost its padding",
        Code::SignatureSpaces => "the plus signs of the signature were turned into spaces",
        Code::SignatureLineBreaks => "the base64 of the signature is broken into lines",
        Code::SignatureCut => "the signature is cut off",
        Code::SignatureLength => "the signature has a length that no RSA key makes",
        Code::SignatureSha1 => "the signer hashed with SHA-1",
        Code::SignatureHash => "the signer hashed with another algorithm than SHA-256",
        Code::SignaturePss => "the signer used PSS padding",
        Code::SignatureDigestInfo => "the signer left out the name of the hash inside the padding",
        Code::KeyVersion => "a key that is configured under another version made the signature",
        Code::KeyOwn => "the merchant's own key made the signature",
        Code::KeyOther => "another key than the configured ones made the signature",
        Code::KeyLength => "a key of another length than the configured ones made the signature",
        Code::KeyUnknown => "none of the keys made the signature",
        Code::PathQuery => "the path was signed with another query",
        Code::PathTrailingSlash => "the path was signed with, or without, a slash at its end",
        Code::PathFirstSlash => "the path was signed with, or without, the slash at its start",
        Code::PathPrefix => "the start of the path differs from what was signed: a proxy changed it",
        Code::PathFullUrl => "the whole URL stands where the path belongs",
        Code::PathSandbox => "the path has its sandbox form on one side and its production form on the other",
        Code::PathApi => "the path of an API of the gateway was signed",
        Code::PathEncoding => "the path was signed with other percent-encoding",
        Code::PathOther => "another path was signed",
        Code::ClientIdOther => "another client id was signed",
        Code::ClientIdSpaces => "the client id was signed with, or without, spaces around it",
        Code::ClientIdSandbox => "the client id was signed with, or without, the prefix SANDBOX_",
        Code::TimeOtherHeader => "the time of another header was signed",
        Code::TimeText => "the same instant was signed in another text",
        Code::TimeFraction => "the time was signed with another fraction of a second",
        Code::TimePlus => "the plus sign of the time was turned into a space",
        Code::TimeSpaces => "the time was signed with, or without, spaces around it",
        Code::TimeOther => "another time was signed",
        Code::HeaderJoined => "a header was sent twice, or two were joined into one",
        Code::BodyReserialized => "the body was parsed as JSON and printed again",
        Code::BodyEnd => "spaces or line breaks at the end of the body were added or taken away",
        Code::BodyLineEndings => "the line endings of the body were changed",
        Code::BodyByteOrderMark => "a byte order mark was added to the body or taken away",
        Code::BodyBase64 => "the body was encoded as base64, or decoded",
        Code::BodyEmpty => "an empty body, or {}, was signed",
        Code::BodyCharset => "the body was signed in another character set",
        Code::ContentMethod => "another HTTP method was signed",
        Code::ContentSeparator => "the parts of the content were joined in another way",
        Code::ContentHashedTwice => "the digest was hashed again before it was signed",
        Code::ContentDiffers => "the content is not what was signed, and nothing that was tried is",
    }
}

/// What to change.
pub(super) fn change(code: Code) -> &'static str {
    match code {
        Code::Verifies => "nothing to change",
        Code::MessageRefused => "see the error that is named",
        Code::InputUnusable => "correct the value that is named",
        Code::SignatureMissing => {
            "pass all headers of the message; if it came without one, it is not signed and must not be trusted"
        }
        Code::SignatureHeader => {
            "pass the value of the header as received: algorithm=RSA256,keyVersion=…,signature=…"
        }
        Code::SignatureNoHeader => "pass the whole value of the Signature header, not the signature alone",
        Code::SignatureJoined => {
            "find what sends the header twice, such as a proxy that copies headers, and keep one"
        }
        Code::SignatureEncodedTwice => {
            "pass the header as received, and encode the signature once when sending"
        }
        Code::SignatureBase64url => "use the standard alphabet of base64, with + and /",
        Code::SignatureUnpadded => {
            "keep the = signs at the end; split the header's fields at the first = only"
        }
        Code::SignatureSpaces => {
            "do not decode the header as a form or a query: there a plus sign means a space"
        }
        Code::SignatureLineBreaks => "write the base64 in one line",
        Code::SignatureCut => {
            "pass the whole header; look for a column, a log or a proxy with a shorter limit"
        }
        Code::SignatureLength => "pass the signature as received",
        Code::SignatureSha1 | Code::SignatureHash => "sign with SHA-256: SHA256withRSA",
        Code::SignaturePss => "sign with PKCS#1 v1.5 padding: SHA256withRSA, not RSASSA-PSS",
        Code::SignatureDigestInfo => {
            "sign with the function that hashes too (SHA256withRSA), not by encrypting a digest with the private key"
        }
        Code::KeyVersion => "list the key under the version that the header names, or correct the header",
        Code::KeyOwn => {
            "for messages of the gateway configure the gateway's public key; one that your own key signed is your own \
             request or answer"
        }
        Code::KeyOther => "configure the public key of this environment and protocol: each has its own",
        Code::KeyLength => "copy the gateway's public key again, for this environment and this client id",
        Code::KeyUnknown => {
            "copy the gateway's public key again, for this environment, protocol and client id; if it is right, the \
             signature was changed on its way"
        }
        Code::PathQuery => {
            "AMS signs notifications over the notify URL without its query; use the path that verifies"
        }
        Code::PathTrailingSlash => {
            "register and configure the same notify URL, with or without the slash at its end"
        }
        Code::PathFirstSlash => "the path starts with a slash on both sides",
        Code::PathPrefix => {
            "configure the notify URL as the gateway knows it; never take the path from the web framework behind a proxy"
        }
        Code::PathFullUrl => "use the path alone: no scheme, host or port",
        Code::PathSandbox => {
            "use the sandbox path with a client id of the sandbox, and the other path with any other client id"
        }
        Code::PathApi => {
            "this is a response to a request: verify it over the path of that API, not over the notify URL"
        }
        Code::PathEncoding => "use the path as it is written in the request line, without decoding it",
        Code::PathOther => "configure the path that verifies, if it is yours",
        Code::ClientIdOther => {
            "configure the client id that verifies, if it is yours; check which merchant it is for"
        }
        Code::ClientIdSpaces => "remove the spaces around the client id in the configuration",
        Code::ClientIdSandbox => "use the client id of the same environment, character for character",
        Code::TimeOtherHeader => {
            "use Request-Time for requests and notifications, and Response-Time for responses"
        }
        Code::TimeText | Code::TimeFraction => {
            "use the text of the header as it stands; never parse and print the time"
        }
        Code::TimePlus => "do not decode the header as a form or a query: there a plus sign means a space",
        Code::TimeSpaces => "use the header's value without the spaces around it",
        Code::TimeOther => "use the text of the header that came with this message",
        Code::HeaderJoined => {
            "find what sends the header twice, such as a proxy that copies headers, and keep one"
        }
        Code::BodyReserialized => {
            "verify the bytes as received, before any JSON parser: read the raw body of the request"
        }
        Code::BodyEnd => "verify the bytes as received; do not trim them or add a line break",
        Code::BodyLineEndings => "handle the body as bytes, not as lines of text",
        Code::BodyByteOrderMark => "handle the body as bytes; save and read files without a byte order mark",
        Code::BodyBase64 => {
            "decode the body where the platform hands it over as base64 (isBase64Encoded), and verify the bytes inside"
        }
        Code::BodyEmpty => "read the raw body before anything else reads it; a stream can be read only once",
        Code::BodyCharset => "handle the body as bytes; both protocols sign the bytes of UTF-8",
        Code::ContentMethod => "the method is POST in every direction",
        Code::ContentSeparator => {
            "join as documented: POST, a space, the path, a line feed, then client id, time and body with dots"
        }
        Code::ContentHashedTwice => "pass the content, not its digest, to the function that signs",
        Code::ContentDiffers => {
            "compare the content with the sender's, byte by byte: method, path, client id, time and body"
        }
    }
}
