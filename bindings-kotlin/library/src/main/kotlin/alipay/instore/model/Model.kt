package alipay.instore.model

import alipay.instore.AlipayException
import alipay.instore.Amount
import alipay.instore.Arguments
import alipay.instore.FlatCall
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.put
import kotlin.properties.PropertyDelegateProvider
import kotlin.properties.ReadWriteProperty
import kotlin.reflect.KProperty

/**
 * A message, or an object inside one, in the shape it has in JSON. Properties that are not set are left out; members that
 * have no property here are reached with [get] and [set]. The library checks a request when it is used, and names the JSON
 * path of what is wrong.
 */
public abstract class Model internal constructor() {
    private val members = LinkedHashMap<String, Any>()

    /** A member by its JSON name. */
    public operator fun get(name: String): JsonElement? = members[name]?.let { json(it) }

    /** Sets a member by its JSON name, or removes it. */
    public operator fun set(name: String, value: JsonElement?) {
        if (value == null) members.remove(name) else members[name] = value
    }

    /** The JSON. */
    public fun toJson(): JsonObject = JsonObject(members.mapValues { (_, value) -> json(value) })

    /** Shows which members are set, and no value: a request can hold a payment code. */
    override fun toString(): String = "${javaClass.simpleName}${members.keys}"

    override fun equals(other: Any?): Boolean =
        other is Model && other.javaClass == javaClass && other.toJson() == toJson()

    override fun hashCode(): Int = toJson().hashCode()

    internal fun read(json: JsonObject) {
        members.putAll(json)
    }

    private fun json(value: Any): JsonElement = when (value) {
        is Model -> value.toJson()
        is Models -> JsonArray(value.list.map { it.toJson() })
        else -> value as JsonElement
    }

    private class Models(val list: List<Model>)

    private fun <T> property(
        name: String?,
        read: (JsonElement) -> T?,
        write: (T) -> JsonElement,
        alias: String? = null,
    ): PropertyDelegateProvider<Model, ReadWriteProperty<Model, T?>> = PropertyDelegateProvider { _, property ->
        Member(name ?: property.name, read, write, alias)
    }

    private class Member<T>(
        private val name: String,
        private val read: (JsonElement) -> T?,
        private val write: (T) -> JsonElement,
        /** Another spelling of the documents, which is read as well. */
        private val alias: String?,
    ) : ReadWriteProperty<Model, T?> {
        override fun getValue(thisRef: Model, property: KProperty<*>): T? =
            (thisRef[name] ?: alias?.let { thisRef[it] })?.let(read)

        override fun setValue(thisRef: Model, property: KProperty<*>, value: T?) {
            thisRef[name] = value?.let(write)
            if (alias != null) thisRef[alias] = null
        }
    }

    internal fun text(name: String? = null, alias: String? = null) =
        property(name, { scalar(it) }, { JsonPrimitive(it) }, alias)

    internal fun flag(name: String? = null) =
        property(name, { scalar(it)?.lowercase()?.toBooleanStrictOrNull() }, { JsonPrimitive(it) })

    internal fun integer(name: String? = null) = property(name, { scalar(it)?.toLongOrNull() }, { JsonPrimitive(it) })

    internal fun texts(name: String? = null) =
        property(name, { (it as? JsonArray)?.mapNotNull(::scalar) }, { JsonArray(it.map(::JsonPrimitive)) })

    /** A word that can be another one than those of the documents. */
    internal fun <T : OpenWord> word(of: (String) -> T) =
        property(null, { scalar(it)?.takeIf(String::isNotEmpty)?.let(of) }, { JsonPrimitive(it.word) })

    /** One of these values and no other. */
    internal fun <T> choice(values: Array<T>, word: (T) -> String) =
        property(null, { json -> values.find { word(it) == scalar(json) } }, { JsonPrimitive(word(it)) })

    internal fun time(alias: String? = null) = property(
        null,
        { scalar(it)?.let { text -> FlatCall.PARSE_TIME.of(Arguments().text(text)).optional { long() } } },
        { JsonPrimitive(FlatCall.RFC3339.of(Arguments().long(it)).text()) },
        alias,
    )

    internal fun amount(name: String? = null) = property(name, ::amountOf, ::jsonOf)

    internal fun <T : Model> model(make: () -> T) = model(null, make)

    /** A nested object that is read from JSON is kept as a model, so that what is changed in it counts. */
    internal fun <T : Model> model(name: String?, make: () -> T): PropertyDelegateProvider<Model, ReadWriteProperty<Model, T?>> =
        PropertyDelegateProvider { _, property -> Nested(name ?: property.name, make) }

    private class Nested<T : Model>(private val name: String, private val make: () -> T) : ReadWriteProperty<Model, T?> {
        override fun getValue(thisRef: Model, property: KProperty<*>): T? {
            val made = make()
            val stored = thisRef.members[name]
            if (stored != null && stored.javaClass == made.javaClass) {
                @Suppress("UNCHECKED_CAST")
                return stored as T
            }
            val json = objectOf(stored) ?: return null
            made.read(json)
            thisRef.members[name] = made
            return made
        }

        override fun setValue(thisRef: Model, property: KProperty<*>, value: T?) {
            if (value == null) thisRef.members.remove(name) else thisRef.members[name] = value
        }
    }

    internal fun <T : Model> models(make: () -> T): PropertyDelegateProvider<Model, ReadWriteProperty<Model, List<T>?>> =
        PropertyDelegateProvider { _, property -> NestedList(property.name, make) }

    private class NestedList<T : Model>(
        private val name: String,
        private val make: () -> T,
    ) : ReadWriteProperty<Model, List<T>?> {
        override fun getValue(thisRef: Model, property: KProperty<*>): List<T>? {
            val stored = thisRef.members[name]
            if (stored is Models) {
                @Suppress("UNCHECKED_CAST")
                return stored.list as List<T>
            }
            val made = (stored as? JsonArray ?: return null).mapNotNull { element ->
                (element as? JsonObject)?.let { json -> make().also { it.read(json) } }
            }
            if (made.size == stored.size) thisRef.members[name] = Models(made)
            return made
        }

        override fun setValue(thisRef: Model, property: KProperty<*>, value: List<T>?) {
            if (value == null) thisRef.members.remove(name) else thisRef.members[name] = Models(value.toList())
        }
    }

    internal companion object {
        fun scalar(json: JsonElement): String? = (json as? JsonPrimitive)?.contentOrNull

        /** An object, also one that was put into a string, as `extendInfo` is. */
        fun objectOf(value: Any?): JsonObject? = when (value) {
            is JsonObject -> value
            is JsonPrimitive -> value.contentOrNull?.takeIf { it.startsWith("{") }?.let {
                try {
                    Json.parseToJsonElement(it) as? JsonObject
                } catch (_: SerializationException) {
                    null
                }
            }
            else -> null
        }

        /** What a gateway states can be in any form: an amount that can't be read is none. */
        fun amountOf(json: JsonElement): Amount? {
            val value = (json as? JsonObject)?.get("value")?.let(::scalar) ?: return null
            val currency = json["currency"]?.let(::scalar) ?: return null
            return try {
                Amount.fromMinor(value, currency)
            } catch (_: AlipayException) {
                null
            }
        }

        fun jsonOf(amount: Amount): JsonElement = buildJsonObject {
            put("currency", amount.currency)
            put("value", amount.value.toString())
        }

        fun parse(text: String): JsonObject = try {
            Json.parseToJsonElement(text) as? JsonObject
                ?: throw AlipayException.of("message.not_object", "the text is another kind of JSON value", null, null)
        } catch (_: SerializationException) {
            // The parser's words quote the text.
            throw AlipayException.of("message.not_json", "the text is not valid JSON", null, null)
        }
    }
}
