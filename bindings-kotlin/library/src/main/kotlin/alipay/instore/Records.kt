package alipay.instore

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject

/** What a store knows of a record without reading it. The library computes it, and a store keeps it as it is. */
public class Columns(
    /** The payment request id: the key of the record. 1 to 64 visible ASCII characters. */
    public val id: String,
    /** The client id of the merchant; empty in a record of an earlier version, which did not have it. */
    public val merchant: String,
    /** The state of the payment, such as `confirming`. */
    public val state: String,
    /** The outcome of the payment, such as `succeeded`; null while it has none. */
    public val outcome: String?,
    /** The currency of what is paid. */
    public val currency: String,
    /** What is paid, in minor units. */
    public val value: Long,
    /** When something is to be done, in milliseconds since the epoch; null when nothing is. */
    public val dueAt: Long?,
    /** The payment, its refunds and its reverse have ended. A finished record has no owner. */
    public val finished: Boolean,
    /** An alert is not acknowledged. */
    public val openAlerts: Boolean,
    /** When the payment was made, in milliseconds since the epoch. */
    public val created: Long,
    /** When the record was last changed, in milliseconds since the epoch. */
    public val updated: Long,
    /** Before this time the record is never purged, in milliseconds since the epoch; null while it is not finished. */
    public val keepUntil: Long?,
    /** The newest time that the gateway signed in an answer about this payment, in milliseconds since the epoch. */
    public val gatewayTime: Long?,
    /** The ids of the refunds that were sent, by which a refund notification finds the record. */
    public val refundIds: List<String>,
) {
    override fun toString(): String = "Columns($id, $state)"

    internal fun members(): Map<String, JsonElement> = mapOf(
        "id" to JsonPrimitive(id),
        "merchant" to JsonPrimitive(merchant),
        "state" to JsonPrimitive(state),
        "outcome" to JsonPrimitive(outcome),
        "amount" to jsonOf("currency" to currency, "value" to value.toString()),
        "due_at" to JsonPrimitive(dueAt),
        "finished" to JsonPrimitive(finished),
        "open_alerts" to JsonPrimitive(openAlerts),
        "created" to JsonPrimitive(created),
        "updated" to JsonPrimitive(updated),
        "keep_until" to JsonPrimitive(keepUntil),
        "gateway_time" to JsonPrimitive(gatewayTime),
        "refund_ids" to JsonArray(refundIds.map { JsonPrimitive(it) }),
    )

    internal companion object {
        fun of(json: JsonObject): Columns {
            val amount = json.getValue("amount").jsonObject
            return Columns(
                json.text("id"), json.text("merchant"), json.text("state"), json["outcome"].text(), amount.text("currency"),
                amount.number("value"), json["due_at"].long(), json.flag("finished"), json.flag("open_alerts"),
                json.number("created"), json.number("updated"), json["keep_until"].long(), json["gateway_time"].long(),
                json.getValue("refund_ids").jsonArray.mapNotNull { it.text() },
            )
        }
    }
}

/** What is written. */
public class Row(
    /** The columns. */
    public val columns: Columns,
    /** The record. It may hold a payment code, so a store keeps it as a secret. */
    public val text: String,
) {
    /** Without the text. */
    override fun toString(): String = "Row(${columns.id})"

    internal fun json() = JsonObject(columns.members() + ("text" to JsonPrimitive(text)))

    internal companion object {
        fun of(json: JsonObject): Row = Row(Columns.of(json), json.text("text"))
    }
}

/** What is read. */
public class StoredRow(
    /** The columns and the record, as they were written. */
    public val row: Row,
    /** Counts up from 1 with every write of the record. */
    public val revision: Long,
    /** Who drives it; null if nobody does, or if it is finished. */
    public val owner: String?,
) {
    override fun toString(): String = "StoredRow(${row.columns.id}, revision $revision)"

    internal fun json() =
        JsonObject(row.json() + mapOf("revision" to JsonPrimitive(revision), "owner" to JsonPrimitive(owner)))

    internal companion object {
        fun of(json: JsonElement): StoredRow? =
            (json as? JsonObject)?.let { StoredRow(Row.of(it), it.number("revision"), it["owner"].text()) }

        fun listOf(json: JsonElement): List<StoredRow> = json.jsonArray.mapNotNull { of(it) }
    }
}

/** The owners that a store knows. */
public class Heartbeats(
    /** Whether the owner that beat was known before. */
    public val known: Boolean,
    /** Every owner, the one that beat included, with how often it has beaten. */
    public val owners: Map<String, Long>,
) {
    internal fun json() = JsonObject(
        mapOf(
            "known" to JsonPrimitive(known),
            "owners" to JsonArray(owners.map { (owner, beats) -> jsonOf("owner" to owner, "beats" to beats) }),
        ),
    )

    internal companion object {
        fun of(json: JsonObject): Heartbeats = Heartbeats(
            json.flag("known"),
            json.getValue("owners").jsonArray.map { it.jsonObject }.associate { it.text("owner") to it.number("beats") },
        )
    }
}

/** The place of a record in the order of creation and id; ids are compared byte by byte. */
public class Place(
    /** When the payment was made, in milliseconds since the epoch. */
    public val created: Long,
    /** Its id. */
    public val id: String,
) {
    internal fun json() = jsonOf("created" to created, "id" to id)

    internal companion object {
        fun of(json: JsonElement?): Place? = (json as? JsonObject)?.let { Place(it.number("created"), it.text("id")) }
    }
}

/** Which records to list. What is null does not count. */
public class StoreQuery @JvmOverloads constructor(
    /** Only those of this merchant. */
    public val merchant: String? = null,
    /** Only those in this state. */
    public val state: String? = null,
    /** Only those with an open alert, or only those without. */
    public val openAlerts: Boolean? = null,
    /** Only those that are finished, or only those that are not. */
    public val finished: Boolean? = null,
    /** Only those changed at this time or later, in milliseconds since the epoch. */
    public val since: Long? = null,
    /** Only those after this one: what [StorePage.next] of the page before says. */
    public val after: Place? = null,
    /** How many at most. */
    public val limit: Int = 100,
) {
    internal fun json() = JsonObject(
        jsonOf("merchant" to merchant, "state" to state, "open_alerts" to openAlerts, "finished" to finished, "since" to since,
            "limit" to limit) + ("after" to (after?.json() ?: JsonNull)),
    )

    internal companion object {
        fun of(json: JsonObject): StoreQuery = StoreQuery(
            json["merchant"].text(), json["state"].text(), json["open_alerts"].text()?.toBoolean(),
            json["finished"].text()?.toBoolean(), json["since"].long(), Place.of(json["after"]), json.number("limit").toInt(),
        )
    }
}

/** Part of a list. */
public class StorePage(
    /** The columns of the records, in the order of creation and id. */
    public val rows: List<Columns>,
    /** Where the next page begins: the place of the last row if there are more. */
    public val next: Place?,
) {
    internal fun json() = JsonObject(
        mapOf("rows" to JsonArray(rows.map { JsonObject(it.members()) }), "next" to (next?.json() ?: JsonNull)),
    )

    internal companion object {
        fun of(json: JsonObject): StorePage =
            StorePage(json.getValue("rows").jsonArray.map { Columns.of(it.jsonObject) }, Place.of(json["next"]))
    }
}

internal fun JsonElement?.long(): Long? = text()?.toLong()

/** An object of texts, numbers and flags. */
internal fun jsonOf(vararg members: Pair<String, Any?>): JsonObject = JsonObject(
    members.associate { (name, value) ->
        name to when (value) {
            null -> JsonNull
            is JsonElement -> value
            is Boolean -> JsonPrimitive(value)
            is Number -> JsonPrimitive(value)
            else -> JsonPrimitive(value.toString())
        }
    },
)

internal fun elementOf(text: String): JsonElement = Json.parseToJsonElement(text)
