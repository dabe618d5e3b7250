package alipay.instore

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject

// Events and actions as JSON: the form that the core and every language share.

/** An event; members that say nothing are left out. */
internal fun event(type: String, vararg members: Pair<String, Any?>): String {
    val said = members.mapNotNull { (name, value) ->
        when (value) {
            is String -> name to JsonPrimitive(value)
            is Number -> name to JsonPrimitive(value)
            true -> name to JsonPrimitive(true)
            else -> null
        }
    }
    return JsonObject(mapOf("type" to JsonPrimitive(type)) + said).toString()
}

/** What is printed of a kind: its name and its members, without those that say nothing. */
internal fun shown(name: String, vararg members: Pair<String, Any?>): String {
    val said = members.filter { (_, value) -> value != null && value != false }
    return if (said.isEmpty()) name else said.joinToString(prefix = "$name(", postfix = ")") { (member, value) -> "$member=$value" }
}

/** The actions of a machine. */
internal fun <A> actions(text: String, read: (JsonObject) -> A): List<A> =
    Json.parseToJsonElement(text).jsonArray.map { read(it.jsonObject) }

/** How something ended, if it has: what is read stands beside the word. */
internal fun <O> ended(text: String, read: (JsonObject) -> O): O? = ended(jsonOf(text), read)

internal fun <O> ended(json: JsonObject, read: (JsonObject) -> O): O? = json.takeIf { it["outcome"].text() != null }?.let(read)

/** A member that the core always writes. */
internal fun JsonObject.text(name: String): String = checkNotNull(get(name).text()) { "$name is missing" }

/** A member that is true; one that is not there is not. */
internal fun JsonObject.flag(name: String): Boolean = (get(name) as? JsonPrimitive)?.booleanOrNull ?: false

/** Every object of a list. */
internal fun JsonObject.objects(name: String): List<JsonObject> = (get(name) as? JsonArray).orEmpty().map { it.jsonObject }

/** Every text of a list. */
internal fun JsonObject.texts(name: String): List<String> = (get(name) as? JsonArray).orEmpty().mapNotNull { it.text() }

internal fun JsonObject.number(name: String): Long = text(name).toLong()
