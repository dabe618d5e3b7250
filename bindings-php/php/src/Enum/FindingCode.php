<?php

// Generated from schema/words by `make generate`; do not edit.

declare(strict_types=1);

namespace AlipayInstore\Enum;

/** What was found about a signature that does not verify. The part before the dot says where. */
enum FindingCode: string
{
    /** Nothing is wrong: the signature verifies. */
    case Verifies = 'verifies';
    /** The signature verifies, but the message is refused for another reason. */
    case MessageRefused = 'message.refused';
    /** The input or the configuration can't be used, so nothing was compared. */
    case InputUnusable = 'input.unusable';
    /** The message has no signature. */
    case SignatureMissing = 'signature.missing';
    /** The Signature header does not have its documented form. */
    case SignatureHeader = 'signature.header';
    /** The header holds the bare signature, without algorithm and key version. */
    case SignatureNoHeader = 'signature.no_header';
    /** The message has two Signature headers, or two joined into one. */
    case SignatureJoined = 'signature.joined';
    /** The signature is percent-encoded or base64-encoded twice. */
    case SignatureEncodedTwice = 'signature.encoded_twice';
    /** The signature is written in the URL-safe alphabet of base64. */
    case SignatureBase64url = 'signature.base64url';
    /** The base64 of the signature lost the padding at its end. */
    case SignatureUnpadded = 'signature.unpadded';
    /** The plus signs of the signature were turned into spaces. */
    case SignatureSpaces = 'signature.spaces';
    /** The base64 of the signature is broken into lines. */
    case SignatureLineBreaks = 'signature.line_breaks';
    /** The signature is shorter than one of the key: its end is missing. */
    case SignatureCut = 'signature.cut';
    /** The signature has a length that no RSA key makes. */
    case SignatureLength = 'signature.length';
    /** The signer hashed with SHA-1. */
    case SignatureSha1 = 'signature.sha1';
    /** The signer hashed with another algorithm than SHA-256. */
    case SignatureHash = 'signature.hash';
    /** The signer used PSS padding. */
    case SignaturePss = 'signature.pss';
    /** The signer left out the name of the hash inside the padding. */
    case SignatureDigestInfo = 'signature.digest_info';
    /** A key that is configured under another version made the signature. */
    case KeyVersion = 'key.version';
    /** The merchant's own key made the signature. */
    case KeyOwn = 'key.own';
    /** Another key that was named, such as that of the sandbox or of the other protocol, made the signature. */
    case KeyOther = 'key.other';
    /** A key of another length than the configured ones made the signature. */
    case KeyLength = 'key.length';
    /** None of the keys made the signature. */
    case KeyUnknown = 'key.unknown';
    /** The path was signed without its query, or with one that is missing here. */
    case PathQuery = 'path.query';
    /** The path was signed with a slash at its end, or without it. */
    case PathTrailingSlash = 'path.trailing_slash';
    /** The path was signed without the slash at its start, or with it. */
    case PathFirstSlash = 'path.first_slash';
    /** The path was signed with more or less at its start: a proxy added or took away a prefix. */
    case PathPrefix = 'path.prefix';
    /** The whole URL was signed in place of the path, or the path in place of the URL. */
    case PathFullUrl = 'path.full_url';
    /** The path was signed in its sandbox form, or in its production form. */
    case PathSandbox = 'path.sandbox';
    /** The path of an API of the gateway was signed. */
    case PathApi = 'path.api';
    /** The path was signed with other percent-encoding. */
    case PathEncoding = 'path.encoding';
    /** Another path was signed. */
    case PathOther = 'path.other';
    /** Another client id was signed. */
    case ClientIdOther = 'client_id.other';
    /** The client id was signed with spaces around it, or without them. */
    case ClientIdSpaces = 'client_id.spaces';
    /** The client id was signed with the prefix SANDBOX_, or without it. */
    case ClientIdSandbox = 'client_id.sandbox';
    /** The time of another header was signed. */
    case TimeOtherHeader = 'time.other_header';
    /** The same instant was signed in another text. */
    case TimeText = 'time.text';
    /** The time was signed without its fraction of a second, or with one. */
    case TimeFraction = 'time.fraction';
    /** The plus sign of the time was turned into a space. */
    case TimePlus = 'time.plus';
    /** The time was signed with spaces around it, or without them. */
    case TimeSpaces = 'time.spaces';
    /** Another time was signed. */
    case TimeOther = 'time.other';
    /** A header was sent twice, or two were joined into one. */
    case HeaderJoined = 'header.joined';
    /** The body was parsed as JSON and printed again. */
    case BodyReserialized = 'body.reserialized';
    /** Spaces or line breaks at the end of the body were added or taken away. */
    case BodyEnd = 'body.end';
    /** The line endings of the body were changed. */
    case BodyLineEndings = 'body.line_endings';
    /** A byte order mark at the start of the body was added or taken away. */
    case BodyByteOrderMark = 'body.byte_order_mark';
    /** The body is the base64 of what was signed, or the other way round. */
    case BodyBase64 = 'body.base64';
    /** An empty body, or {}, was signed. */
    case BodyEmpty = 'body.empty';
    /** The body was signed in another character set. */
    case BodyCharset = 'body.charset';
    /** Another HTTP method was signed. */
    case ContentMethod = 'content.method';
    /** The parts of the content were joined in another way. */
    case ContentSeparator = 'content.separator';
    /** The digest of the content was hashed again before it was signed. */
    case ContentHashedTwice = 'content.hashed_twice';
    /** The key and the hash are right; nothing that was tried is what was signed. */
    case ContentDiffers = 'content.differs';
}
