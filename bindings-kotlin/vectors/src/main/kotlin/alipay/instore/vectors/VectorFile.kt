package alipay.instore.vectors

import alipay.instore.AlipayException
import alipay.instore.Alternatives
import alipay.instore.Amount
import alipay.instore.Content
import alipay.instore.Gateway
import alipay.instore.Header
import alipay.instore.Merchant
import alipay.instore.Operation
import alipay.instore.PaymentCode
import alipay.instore.Protocol
import alipay.instore.Reply
import alipay.instore.ResultCode
import alipay.instore.Rounding
import alipay.instore.Router
import alipay.instore.AmountRules
import alipay.instore.SigningKey
import alipay.instore.Target
import alipay.instore.VerifyingKey
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.longOrNull
import java.lang.reflect.Modifier
import java.util.Base64

/** A case that says too little, or something that no case may say. */
internal class CaseError(val code: String) : RuntimeException(code)

internal fun JsonObject.optionalText(name: String): String? =
    (this[name] as? JsonPrimitive)?.takeIf { it.isString }?.content

internal fun JsonObject.text(name: String): String = optionalText(name) ?: throw CaseError("config.missing")

internal fun obj(vararg members: Pair<String, Any?>): JsonObject = JsonObject(members.associate { (name, value) -> name to json(value) })

private fun json(value: Any?): JsonElement = when (value) {
    null -> JsonNull
    is String -> JsonPrimitive(value)
    is Boolean -> JsonPrimitive(value)
    is Number -> JsonPrimitive(value)
    is List<*> -> JsonArray(value.map { json(it) })
    else -> error("no JSON form for ${value.javaClass}")
}

/** An object of the library as the shared JSON has it. */
private fun plain(value: Any?): JsonElement = when (value) {
    null, is String, is Boolean, is Number -> json(value)
    is List<*> -> JsonArray(value.map { plain(it) })
    else -> wordOf(value)?.let { JsonPrimitive(it) } ?: JsonObject(membersOf(value))
}

private fun wordOf(value: Any): String? =
    value.javaClass.methods.firstOrNull { it.name == "getWord" }?.invoke(value) as? String

private fun membersOf(value: Any): Map<String, JsonElement> =
    value.javaClass.declaredFields.filterNot { Modifier.isStatic(it.modifiers) }.associate { field ->
        field.isAccessible = true
        field.name.replace(Regex("[A-Z]")) { "_" + it.value.lowercase() } to plain(field[value])
    }

/** What a case was answered with. */
internal class Answer(private val case: JsonObject, private val result: JsonElement) {
    fun line(): String = JsonObject(mapOf("name" to JsonPrimitive(case.optionalText("name").orEmpty()), "result" to result)).toString()

    /** What is wrong, if something was expected and came out differently. */
    fun difference(): String? {
        val expected = case["expected"] ?: return null
        // Of a flow, and of a verification, only the members that are expected are compared.
        val partial = case.optionalText("kind") in setOf("flow", "snapshot", "refund", "reverse", "reading", "verify", "explain")
        val matched = if (partial && expected is JsonObject && result is JsonObject) {
            expected.all { (name, value) -> result[name] == value }
        } else {
            expected == result
        }
        return if (matched) null else "${case.optionalText("name")}: expected $expected, got $result"
    }
}

/** A vector file; keys are read once. */
internal class VectorFile(file: JsonObject) {
    val cases: List<JsonObject> = (file["cases"] as JsonArray).map { it as JsonObject }
    private val signingKey = file.optionalText("private_key")?.let { runCatching { SigningKey.load(it) } }
    private val privateKey = file.optionalText("private_key")
    private val keys = (file["keys"] as? JsonObject).orEmpty().mapValues { (_, key) -> VerifyingKey.load((key as JsonPrimitive).content) }
    private val verifyingKey = file.optionalText("public_key")?.let { runCatching { VerifyingKey.load(it) } }

    init {
        require((file["schema"] as? JsonPrimitive)?.longOrNull == 1L) { "the file's schema is not 1" }
    }

    fun run(case: JsonObject): Answer = Answer(
        case,
        try {
            when (case.optionalText("kind")) {
                "sign" -> sign(case)
                "verify" -> verify(case)
                "explain" -> explain(case)
                "key" -> key(case)
                "amount" -> amount(case)
                "route" -> route(case)
                "scan" -> scan(case)
                "advice" -> advice(case)
                "reading" -> reading(case)
                "flow" -> Flow.of(case).run()
                "snapshot" -> Flow.ofSnapshot(case).run()
                "refund" -> RefundFlow.of(case).run()
                "reverse" -> ReverseFlow.of(case).run()
                else -> throw CaseError("config.invalid")
            }
        } catch (e: AlipayException) {
            obj("error" to e.code)
        } catch (e: CaseError) {
            obj("error" to e.code)
        },
    )

    private fun bytes(case: JsonObject, plain: String, encoded: String): ByteArray {
        case.optionalText(plain)?.let { return it.toByteArray() }
        val text = case.optionalText(encoded) ?: return ByteArray(0)
        return try {
            Base64.getDecoder().decode(text)
        } catch (_: IllegalArgumentException) {
            throw CaseError("config.invalid")
        }
    }

    private fun content(case: JsonObject) = Content(
        case.text("method"), case.text("path"), case.text("client_id"), case.text("time"), bytes(case, "body", "body_base64"),
    )

    private fun sign(case: JsonObject): JsonObject {
        val version = case["key_version"]?.let {
            (it as? JsonPrimitive)?.takeIf { !it.isString }?.longOrNull ?: throw CaseError("signature.key_version")
        } ?: 1L
        val key = (signingKey ?: throw CaseError("config.missing")).getOrThrow()
        return obj("signature_header" to key.sign(content(case), version))
    }

    private fun verify(case: JsonObject): JsonObject {
        val key = (verifyingKey ?: throw CaseError("config.missing")).getOrThrow()
        val (header, content) = case.text("signature_header") to content(case)
        return try {
            key.verify(header, content)
            obj("verified" to true)
        } catch (e: AlipayException) {
            obj("error" to e.code, "verified" to false)
        }
    }

    private fun named(name: String): VerifyingKey = when (name) {
        "gateway" -> (verifyingKey ?: throw CaseError("config.missing")).getOrThrow()
        else -> keys[name] ?: throw CaseError("config.missing")
    }

    private fun explain(case: JsonObject): JsonObject {
        val builder = Merchant.Builder(Protocol.AMS, case.text("client_id"), Gateway.SEA)
            .signingKey(SigningKey.load(privateKey ?: throw CaseError("config.missing")))
        val listed = case["gateway_keys"] as? JsonObject
        listed.orEmpty().forEach { (version, name) -> builder.gatewayKey(named((name as JsonPrimitive).content), version.toLong()) }
        if (listed == null) builder.gatewayKey(named("gateway"))
        val others = case["alternatives"] as? JsonObject
        fun texts(name: String) = (others?.get(name) as? JsonArray).orEmpty().map { (it as JsonPrimitive).content }
        val alternatives = Alternatives(texts("paths"), texts("client_ids"), texts("times"), texts("keys").associateWith { named(it) })
        val headers = (case["headers"] as JsonArray).map { pair ->
            val (name, value) = (pair as JsonArray).map { (it as JsonPrimitive).content }
            Header(name, value)
        }
        val body = bytes(case, "body", "body_base64")
        return builder.build().use { merchant ->
            val found = case.optionalText("path")?.let { merchant.explainResponse(it, headers, body, alternatives) }
                ?: merchant.explainNotification(headers, body, alternatives, case.optionalText("notify_url"))
            JsonObject(obj("codes" to found.findings.map { it.code.word }) + ("diagnosis" to plain(found)))
        }
    }

    private fun key(case: JsonObject): JsonObject {
        val text = bytes(case, "text", "der_base64")
        return when (case.text("role")) {
            "private" -> SigningKey.load(text).use { obj("bits" to it.bits, "fingerprint" to it.fingerprint) }
            else -> VerifyingKey.load(text).use { obj("bits" to it.bits, "fingerprint" to it.fingerprint) }
        }
    }

    private fun amount(case: JsonObject): JsonObject {
        val (text, currency) = case.text("text") to case.text("currency")
        val rounding = case.optionalText("rounding")?.let { Rounding.of(it) }
        val rules = AmountRules.of(case.optionalText("rules") ?: "alipay")
        val value = when (case.text("op")) {
            "to_minor" -> Amount.fromMajor(text, currency, rounding, rules).value.toString()
            else -> Amount.fromMinor(text, currency).toMajor()
        }
        return obj("value" to value)
    }

    private fun route(case: JsonObject): JsonObject = Router.fromJson((case["router"] ?: JsonNull).toString()).use { router ->
        val route = router.route(case.text("code"))
        val wallet = route.wallet.takeIf { route.target == Target.WALLET }
        obj("rule" to route.rule.word, "target" to route.target.word, "wallet" to wallet)
    }

    private fun scan(case: JsonObject): JsonObject = try {
        val code = PaymentCode.fromScan(bytes(case, "text", "text_base64"))
        obj("value" to code.expose(), "kind" to code.kind.word, "routing_number" to code.routingNumber)
    } catch (e: AlipayException) {
        obj("error" to e.code, "scanned_as" to e.scannedAs?.word)
    }

    private fun reading(case: JsonObject): JsonElement {
        val (protocol, operation) = Protocol.of(case.text("protocol")) to Operation.of(case.text("operation"))
        val ours = case["ours"] as? JsonObject ?: JsonObject(emptyMap())
        return plain(Reply.readVerified(protocol, operation, bytes(case, "body", "body_base64"), ours))
    }

    private fun advice(case: JsonObject): JsonObject {
        val protocol = Protocol.of(case.text("protocol"))
        val operation = Operation.of(case.text("operation"))
        val (status, code) = case.optionalText("result_status").orEmpty() to case.optionalText("result_code").orEmpty()
        return obj("meaning" to ResultCode.advice(protocol, operation, status, code).meaning.word)
    }
}
