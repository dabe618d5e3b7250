package alipay.instore

import alipay.instore.ffi.SigningKey as FfiSigningKey
import alipay.instore.ffi.VerifyingKey as FfiVerifyingKey

/** What a signature is made over ("Alipay, Digital signature"): opaque text and the bytes of the body as they stand. */
public class Content(
    /** The HTTP method. */
    public val method: String,
    /** The path of the URL. */
    public val path: String,
    /** The client id. */
    public val clientId: String,
    /** The time, as it stands in its header. */
    public val time: String,
    /** The body, byte for byte. */
    public val body: ByteArray,
) {
    internal fun put(to: Arguments): Arguments = to.text(method).text(path).text(clientId).text(time).bytes(body)

    /** Where this and a signature fit. */
    internal fun arguments() = Arguments(body.size + ROOM)

    private companion object {
        const val ROOM = 1024
    }
}

/**
 * A private RSA key that signs. Safe to share between threads; it shows its fingerprint and nothing else.
 *
 * The key itself lives in native memory, which is wiped when the key is closed or collected.
 */
public class SigningKey private constructor(internal val ffi: FfiSigningKey) : AutoCloseable {
    private val number = native { ffi.number() }

    /** The length of the modulus in bits. */
    public val bits: Int = native { ffi.bits() }.toInt()

    /** The SHA-256 of the public half's SPKI DER, in lower-case hexadecimal. */
    public val fingerprint: String = native { ffi.fingerprint() }

    /** The public half. */
    public fun verifyingKey(): VerifyingKey = VerifyingKey(native { ffi.verifyingKey() })

    /** Signs, and gives the value of the Signature header. */
    @JvmOverloads
    public fun sign(content: Content, keyVersion: Long = 1): String {
        if (keyVersion !in 0..UInt.MAX_VALUE.toLong()) {
            throw AlipayException.of("signature.key_version", "the key version is not a number of 32 bits", null, null)
        }
        return FlatCall.SIGN.of(this, number, content.put(content.arguments()).int(keyVersion.toInt())).text()
    }

    /** Wipes the key, once no merchant uses it any more. */
    override fun close(): Unit = ffi.close()

    override fun toString(): String = "SigningKey($fingerprint)"

    public companion object {
        /** Reads a key from PKCS#8 or PKCS#1, as PEM, base64 or DER, in every format that merchants paste. */
        @JvmStatic
        public fun load(text: String): SigningKey = load(text.toByteArray())

        /** The same from bytes, which the caller can wipe afterwards. */
        @JvmStatic
        public fun load(text: ByteArray): SigningKey = SigningKey(native { FfiSigningKey.load(text) })
    }
}

/** A public RSA key that verifies. Safe to share between threads. */
public class VerifyingKey internal constructor(internal val ffi: FfiVerifyingKey) : AutoCloseable {
    private val number = native { ffi.number() }

    /** The length of the modulus in bits. */
    public val bits: Int = native { ffi.bits() }.toInt()

    /** The SHA-256 of the SPKI DER, in lower-case hexadecimal. */
    public val fingerprint: String = native { ffi.fingerprint() }

    /** The key as SPKI PEM. */
    public fun toPem(): String = native { ffi.toPem() }

    /** Verifies a Signature header; a signature that is wrong is an [AlipayException.Signature]. */
    public fun verify(header: String, content: Content) {
        FlatCall.VERIFY.of(this, number, content.put(content.arguments().text(header)))
    }

    override fun close(): Unit = ffi.close()

    override fun toString(): String = "VerifyingKey($fingerprint)"

    public companion object {
        /** Reads a key from SPKI or PKCS#1, as PEM, base64 or DER. */
        @JvmStatic
        public fun load(text: String): VerifyingKey = load(text.toByteArray())

        /** The same from bytes. */
        @JvmStatic
        public fun load(text: ByteArray): VerifyingKey = VerifyingKey(native { FfiVerifyingKey.load(text) })
    }
}
