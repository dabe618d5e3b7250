package alipay.instore

import alipay.instore.ffi.NamedKey
import alipay.instore.ffi.SeenElsewhere
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.int
import kotlinx.serialization.json.long
import alipay.instore.ffi.Explained as FfiExplained

/** Other values that the caller holds possible for a message that does not verify, and other keys by a name for them. */
public class Alternatives @JvmOverloads constructor(
    /** Paths, such as that which the web framework saw. */
    private val paths: List<String> = emptyList(),
    /** Client ids. */
    private val clientIds: List<String> = emptyList(),
    /** Texts of the time header. */
    private val times: List<String> = emptyList(),
    /** Public keys by name, such as that of the sandbox. */
    private val keys: Map<String, VerifyingKey> = emptyMap(),
) {
    internal fun ffi() = SeenElsewhere(paths, clientIds, times, keys.map { NamedKey(it.key, it.value.ffi) })
}

/** What was found about a signature that does not verify. `toString` writes a sentence a line. */
public class Diagnosis internal constructor(ffi: FfiExplained) {
    private val text: String = ffi.text

    /** The same as JSON, equal in every language. */
    public val json: JsonObject = jsonOf(ffi.json)

    /** The result in one sentence. */
    public val summary: String = json.string("summary")

    /** Everything found, the most likely cause first; never empty. */
    public val findings: List<Finding> = json.list("findings").map { Finding(it as JsonObject) }

    /** What can't be the cause, a sentence each. */
    public val excluded: List<String> = json.list("excluded").map { (it as JsonPrimitive).content }

    /** What the signature holds, where a key opened it. */
    public val signed: SignedDigest? = (json["signed"] as? JsonObject)?.let { SignedDigest(it) }

    /** Every key that was tried. */
    public val keys: List<TriedKey> = json.list("keys").map { TriedKey(it as JsonObject) }

    /** The number of contents that were compared with what was signed. */
    public val tried: Int = (json["tried"] as JsonPrimitive).int

    /** Whether every candidate was compared. False where the limit of work was reached. */
    public val isComplete: Boolean = (json["complete"] as JsonPrimitive).boolean

    override fun toString(): String = text
}

/** One thing that was found about a signature that does not verify. */
public class Finding internal constructor(json: JsonObject) {
    /** Which one, for programs. */
    public val code: FindingCode = FindingCode.of(json.string("code"))

    /** The findings that hold only together with this one: all of them have to be changed. */
    public val also: List<FindingCode> = json.list("also").map { FindingCode.of((it as JsonPrimitive).content) }

    /** What was found. */
    public val found: String = json.string("found")

    /** What shows it. It holds no body, no key and no query of a path. */
    public val evidence: String = json.string("evidence")

    /** What to change. */
    public val change: String = json.string("change")

    override fun toString(): String = "${code.word}: $found: $evidence; $change"
}

/** What a signature was found to hold. */
public class SignedDigest internal constructor(json: JsonObject) {
    /** `pkcs1`, `pkcs1_without_hash` or `pss`. */
    public val padding: String = json.string("padding")

    /** The hash, such as `sha256`; absent where the signature names none. */
    public val hash: String? = json["hash"].text()

    /** The digest that was signed, in lower-case hexadecimal; absent where it can't be read from the padding. */
    public val digest: String? = json["digest"].text()

    override fun toString(): String = "SignedDigest($padding, $hash)"
}

/** A key that was tried. */
public class TriedKey internal constructor(json: JsonObject) {
    /** `gateway` for a configured key, `own` for the merchant's own one, else the name that it was given. */
    public val name: String = json.string("name")

    /** The version that it is configured under. */
    public val version: Long? = json["version"].text()?.toLong()

    /** The length of the modulus in bits. */
    public val bits: Long = (json["bits"] as JsonPrimitive).long

    /** The fingerprint, as [VerifyingKey.fingerprint] gives it. */
    public val fingerprint: String = json.string("fingerprint")

    /** Whether the signature was made with it. */
    public val isSigner: Boolean = (json["signer"] as JsonPrimitive).boolean

    override fun toString(): String = "TriedKey($name, $fingerprint)"
}

private fun JsonObject.string(name: String): String = this[name].text().orEmpty()

private fun JsonObject.list(name: String): List<JsonElement> = this[name] as JsonArray
