// Generated from schema/dialect/reports.toml by `make generate`; do not edit.

package alipay.instore

import kotlinx.serialization.json.JsonObject

/** One thing that was looked at before the first payment. */
public class Check internal constructor(
    /** What was checked. */
    public val name: CheckName,
    /** How it ended. */
    public val status: CheckStatus,
    /** What was found, in one sentence without secrets. */
    public val detail: String,
    /** What to do; empty where it passed. */
    public val hint: String,
    /** The code of the error that was met, if one was. */
    public val code: String?,
) {
    override fun toString(): String = shown(
        "Check",
        "name" to name.word,
        "status" to status.word,
        "detail" to detail,
        "hint" to hint,
        "code" to code,
    )

    internal companion object {
        fun of(json: JsonObject): Check = Check(
            CheckName.of(json.text("name")),
            CheckStatus.of(json.text("status")),
            json.text("detail"),
            json.text("hint"),
            json["code"].text(),
        )
    }
}

/** What a check of a client found. */
public class CheckReport internal constructor(
    /** Whether nothing is wrong. Warnings do not count. */
    public val healthy: Boolean,
    /** One entry for each [CheckName], in the order of a request's way. */
    public val checks: List<Check>,
) {
    override fun toString(): String = shown("CheckReport", "healthy" to healthy, "checks" to checks)

    internal companion object {
        fun of(json: JsonObject): CheckReport = CheckReport(
            json.flag("healthy"),
            json.objects("checks").map { Check.of(it) },
        )
    }
}

/** One thing that was found about a signature that does not verify. */
public class Finding internal constructor(
    /** Which one, for programs. */
    public val code: FindingCode,
    /** The findings that hold only together with this one: all of them have to be changed. */
    public val also: List<FindingCode>,
    /** What was found. */
    public val found: String,
    /** What shows it. It holds no body, no key and no query of a path. */
    public val evidence: String,
    /** What to change. */
    public val change: String,
) {
    override fun toString(): String = shown(
        "Finding",
        "code" to code.word,
        "also" to also.map { it.word },
        "found" to found,
        "evidence" to evidence,
        "change" to change,
    )

    internal companion object {
        fun of(json: JsonObject): Finding = Finding(
            FindingCode.of(json.text("code")),
            json.texts("also").map { FindingCode.of(it) },
            json.text("found"),
            json.text("evidence"),
            json.text("change"),
        )
    }
}

/** What a signature was found to hold. */
public class SignedDigest internal constructor(
    /** `pkcs1`, `pkcs1_without_hash` or `pss`. */
    public val padding: String,
    /** The hash, such as `sha256`; `null` where the signature names none. */
    public val hash: String?,
    /** The digest that was signed, in lower-case hexadecimal; `null` where it can't be read from the padding. */
    public val digest: String?,
) {
    override fun toString(): String = shown("SignedDigest", "padding" to padding, "hash" to hash, "digest" to digest)

    internal companion object {
        fun of(json: JsonObject): SignedDigest = SignedDigest(
            json.text("padding"),
            json["hash"].text(),
            json["digest"].text(),
        )
    }
}

/** A key that was tried. */
public class TriedKey internal constructor(
    /** `gateway` for a configured key, `own` for the merchant's own one, else the name that it was given. */
    public val name: String,
    /** The version that it is configured under. */
    public val version: Long?,
    /** The length of the modulus, in bits. */
    public val bits: Long,
    /** The SHA-256 of the key, as that of a verifying key. */
    public val fingerprint: String,
    /** Whether the signature was made with it. */
    public val signer: Boolean,
) {
    override fun toString(): String = shown(
        "TriedKey",
        "name" to name,
        "version" to version,
        "bits" to bits,
        "fingerprint" to fingerprint,
        "signer" to signer,
    )

    internal companion object {
        fun of(json: JsonObject): TriedKey = TriedKey(
            json.text("name"),
            json["version"].text()?.toLong(),
            json.number("bits"),
            json.text("fingerprint"),
            json.flag("signer"),
        )
    }
}

/** What was found about a signature that does not verify. It decides nothing. */
public class Diagnosis internal constructor(
    /** The result in one sentence. */
    public val summary: String,
    /** Everything found, the most likely cause first; never empty. */
    public val findings: List<Finding>,
    /** What can't be the cause, a sentence each. */
    public val excluded: List<String>,
    /** What the signature holds, where a key opened it. */
    public val signed: SignedDigest?,
    /** Every key that was tried. */
    public val keys: List<TriedKey>,
    /** The number of contents that were compared with what was signed. */
    public val tried: Long,
    /** Whether every candidate was compared. False where the limit of work was reached. */
    public val complete: Boolean,
    /** The same in words, a sentence a line. */
    public val text: String,
) {
    override fun toString(): String = text

    internal companion object {
        fun of(json: JsonObject): Diagnosis = Diagnosis(
            json.text("summary"),
            json.objects("findings").map { Finding.of(it) },
            json.texts("excluded"),
            (json["signed"] as? JsonObject)?.let { SignedDigest.of(it) },
            json.objects("keys").map { TriedKey.of(it) },
            json.number("tried"),
            json.flag("complete"),
            json.text("text"),
        )
    }
}

/** What a result means, and what to do about it: a sentence for the cashier and one for the developer. */
public class Advice internal constructor(
    /** What it means for the operation that it answers. */
    public val meaning: Meaning,
    /** The canonical spelling of the code; `null` for a code that no document names. */
    public val code: String?,
    /** What the cashier does, in English. */
    public val cashierEn: String,
    /** What the cashier does, in Chinese. */
    public val cashierZh: String,
    /** What the developer or the operator does, in English. */
    public val developerEn: String,
    /** What the developer or the operator does, in Chinese. */
    public val developerZh: String,
    /** Whether a new attempt needs a new payment request id, or for a refund a new refund request id. */
    public val newIdNeeded: Boolean,
    /** What may be sent next. */
    public val retry: Retry,
) {
    override fun toString(): String = shown(
        "Advice",
        "meaning" to meaning.word,
        "code" to code,
        "cashierEn" to cashierEn,
        "cashierZh" to cashierZh,
        "developerEn" to developerEn,
        "developerZh" to developerZh,
        "newIdNeeded" to newIdNeeded,
        "retry" to retry.word,
    )

    internal companion object {
        fun of(json: JsonObject): Advice = Advice(
            Meaning.of(json.text("meaning")),
            json["code"].text(),
            json.text("cashier_en"),
            json.text("cashier_zh"),
            json.text("developer_en"),
            json.text("developer_zh"),
            json.flag("new_id_needed"),
            Retry.of(json.text("retry")),
        )
    }
}

/** Where a code goes, and the rule that decided. */
public class Route internal constructor(
    /** The system that takes the payment. */
    public val target: Target,
    /** The wallet, where a directly integrated one takes it. */
    public val wallet: String?,
    /** The rule that decided. */
    public val rule: RoutingRule,
    /** Directly integrated wallets that issue codes of the same shape. */
    public val alternatives: List<String>,
) {
    override fun toString(): String = shown("Route", "target" to target.word, "wallet" to wallet, "rule" to rule.word)

    internal companion object {
        fun of(json: JsonObject): Route = Route(
            Target.of(json.text("target")),
            json["wallet"].text(),
            RoutingRule.of(json.text("rule")),
            json.texts("alternatives"),
        )
    }
}
