package alipay.instore

import alipay.instore.ffi.PendingOperation
import alipay.instore.ffi.StoreReply
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import java.util.concurrent.ConcurrentHashMap
import alipay.instore.ffi.OwnStore as FfiOwnStore
import alipay.instore.ffi.Store as FfiStore

/** The store as the native library takes it. */
internal fun Store.ffi(): FfiStore = when (this) {
    is MemoryStore -> core.ffi
    is FileStore -> core.ffi
    else -> native { FfiStore.ofHost(OwnStore(this)) }
}

/**
 * The store of a client, what a host's own raised about a payment, which is the cause of an error that comes of it, and in whose
 * contexts a host's code is called.
 */
internal class OpenedStore private constructor(val ffi: FfiStore, private val own: OwnStore?) {
    val contexts = own?.contexts ?: CallerContexts()

    fun failureOf(id: String?): Throwable? = id?.let { own?.failures?.get(it) }

    companion object {
        fun of(store: Store): OpenedStore = when (store) {
            is MemoryStore, is FileStore -> OpenedStore(store.ffi(), null)
            else -> OwnStore(store).let { own -> OpenedStore(native { FfiStore.ofHost(own) }, own) }
        }
    }
}

/** A host's store, called by the native library: each operation as its name and JSON. */
internal class OwnStore(private val store: Store) : FfiOwnStore {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.IO.limitedParallelism(THREADS))
    val contexts = CallerContexts()

    /** What was raised last, by payment, until an operation about it succeeds. */
    val failures = ConcurrentHashMap<String, Throwable>()

    override fun begin(pending: PendingOperation, operation: String, arguments: String) {
        scope.launch {
            pending.use { it.answer(reply(operation, jsonOf(arguments))) }
        }
    }

    private suspend fun reply(operation: String, arguments: JsonObject): StoreReply {
        val id = arguments["id"].text() ?: (arguments["row"] as? JsonObject)?.get("id").text()
        try {
            val answer = withContext(contexts.of(id ?: arguments["refund_request_id"].text())) { perform(operation, arguments) }.toString()
            id?.let { failures.remove(it) }
            return StoreReply(answer, null, null, null, null)
        } catch (e: StoreConflict) {
            return StoreReply(null, "conflict", e.found?.json()?.toString(), null, null)
        } catch (e: StoreNotWritten) {
            return failed(id, e, "not_written", "the store raised ${e.javaClass.name}: ${e.message}")
        } catch (e: Throwable) {
            // Not its message, which may hold the record. Whatever it is, the engine has to hear of it.
            return failed(id, e, "maybe_written", "the store raised ${e.javaClass.name}")
        }
    }

    private fun failed(id: String?, e: Throwable, failure: String, reason: String): StoreReply {
        if (failures.size >= MOST_FAILURES) failures.clear()
        if (id != null) failures[id] = e
        return StoreReply(null, failure, null, reason, null)
    }

    private suspend fun perform(operation: String, of: JsonObject): JsonElement = when (operation) {
        "insert" -> done { store.insert(Row.of(of.getValue("row").jsonObject), of["owner"].text()) }
        "load" -> row(store.load(of.text("id")))
        "save" -> done { store.save(Row.of(of.getValue("row").jsonObject), of.number("expected"), of["by"].text()) }
        "take" -> row(store.take(of.text("id"), of.text("owner")))
        "claim" -> rows(store.claim(of.text("owner"), of.number("now"), of.limit()))
        "touched" -> rows(store.touched(of.text("owner"), of.limit()))
        "release" -> done { store.release(of.text("id"), of.text("owner")) }
        "beat" -> store.beat(of.text("owner")).json()
        "forget" -> done { store.forget(of.text("owner"), of["beats"].long()) }
        "list" -> store.list(StoreQuery.of(of)).json()
        "purge" -> JsonPrimitive(store.purge(of.number("before"), of.number("now"), of.limit()))
        "gateway_time" -> JsonPrimitive(store.gatewayTime(of.text("merchant")))
        "find_refund" -> row(store.findRefund(of.text("refund_request_id")))
        else -> throw StoreNotWritten("a store has no operation $operation")
    }

    private inline fun done(work: () -> Unit): JsonElement {
        work()
        return JsonNull
    }

    private fun row(row: StoredRow?): JsonElement = row?.json() ?: JsonNull

    private fun rows(rows: List<StoredRow>): JsonElement = JsonArray(rows.map { it.json() })

    private fun JsonObject.limit() = number("limit").coerceAtMost(Int.MAX_VALUE.toLong()).toInt()

    private companion object {
        /** A store that blocks blocks only these threads. */
        const val THREADS = 16

        const val MOST_FAILURES = 1_000
    }
}
