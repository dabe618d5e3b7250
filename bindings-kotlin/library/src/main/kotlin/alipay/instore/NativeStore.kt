package alipay.instore

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.jsonObject
import java.io.File
import alipay.instore.ffi.Store as FfiStore

/**
 * Keeps records in memory. **Everything is lost with the process**: a payment that was under way then can't be resumed.
 * Tills and services use [FileStore] or a store over their database.
 */
public class MemoryStore private constructor(internal val core: CoreStore) : Store by core {
    /** An empty store. */
    public constructor() : this(CoreStore(native { FfiStore.memory() }))
}

/**
 * Keeps each record in a file of its own, readable for its owner only: while pay may have to be sent again, a record holds the
 * customer's payment code. Several processes of one machine can share the folder; it must not be on a network file system.
 * Records of an earlier version are migrated.
 *
 * It is the store of the other languages, with threads of its own. On Android a folder below `Context.getNoBackupFilesDir()` is
 * the place.
 */
public class FileStore private constructor(internal val core: CoreStore) : Store by core {
    /** A store in this folder, which is made if it is not there. `store.failed` if it can't be made. */
    public constructor(folder: String) : this(CoreStore(native { FfiStore.file(folder) }))

    /** The same by the folder. */
    public constructor(folder: File) : this(folder.path)
}

/** Each operation as its name and JSON, so that an own store can be written around one of the core. */
internal class CoreStore(val ffi: FfiStore) : Store {
    private suspend fun perform(operation: String, vararg arguments: Pair<String, Any?>): JsonElement {
        val reply = native { ffi.perform(operation, jsonOf(*arguments).toString()) }
        val error = reply.error?.let { AlipayException.of(jsonOf(it)) }
        when (reply.failure) {
            null -> return elementOf(checkNotNull(reply.answer) { "an operation has an answer" })
            "conflict" -> throw StoreConflict(reply.found?.let { StoredRow.of(elementOf(it)) })
            "not_written" -> throw StoreNotWritten(error?.reason ?: "the store failed", error)
            else -> throw error ?: AlipayException.of("store.failed", "the store failed", null, null)
        }
    }

    override suspend fun insert(row: Row, owner: String?) {
        perform("insert", "row" to row.json(), "owner" to owner)
    }

    override suspend fun load(id: String) = StoredRow.of(perform("load", "id" to id))

    override suspend fun save(row: Row, expected: Long, by: String?) {
        perform("save", "row" to row.json(), "expected" to expected, "by" to by)
    }

    override suspend fun take(id: String, owner: String) = StoredRow.of(perform("take", "id" to id, "owner" to owner))

    override suspend fun claim(owner: String, now: Long, limit: Int) =
        StoredRow.listOf(perform("claim", "owner" to owner, "now" to now, "limit" to limit))

    override suspend fun touched(owner: String, limit: Int) =
        StoredRow.listOf(perform("touched", "owner" to owner, "limit" to limit))

    override suspend fun release(id: String, owner: String) {
        perform("release", "id" to id, "owner" to owner)
    }

    override suspend fun beat(owner: String) = Heartbeats.of(perform("beat", "owner" to owner).jsonObject)

    override suspend fun forget(owner: String, beats: Long?) {
        perform("forget", "owner" to owner, "beats" to beats)
    }

    override suspend fun list(query: StoreQuery): StorePage =
        StorePage.of(perform("list", *query.json().toList().toTypedArray()).jsonObject)

    override suspend fun purge(before: Long, now: Long, limit: Int): Long =
        checkNotNull(perform("purge", "before" to before, "now" to now, "limit" to limit).long()) { "a purge has a number" }

    override suspend fun gatewayTime(merchant: String) = perform("gateway_time", "merchant" to merchant).long()

    override suspend fun findRefund(refundRequestId: String) =
        StoredRow.of(perform("find_refund", "refund_request_id" to refundRequestId))
}
