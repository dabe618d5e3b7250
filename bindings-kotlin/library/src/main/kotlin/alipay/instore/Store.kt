package alipay.instore

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/**
 * Where payments survive the process. A host writes its own over its database, from Java by [BlockingStore], and tests it with
 * [StoreKit].
 *
 * Every write is durable when its function returns. Times are arguments, in milliseconds; a store reads no clock for what it
 * decides. Where the record has another revision or another owner than was expected, or is already there, a function throws
 * [StoreConflict] with the record that is stored. [StoreNotWritten] says that certainly nothing was written. After any other
 * exception the library takes it that something may be written, and looks.
 *
 * A record is **free** if it has no owner, or one that the store does not know: one that never beat, or was forgotten.
 */
public interface Store {
    /** Writes a new record with revision 1, that this owner drives. A conflict if there is a record of this id, finished or not. */
    public suspend fun insert(row: Row, owner: String?)

    /** The record of this id, finished or not. */
    public suspend fun load(id: String): StoredRow?

    /**
     * Replaces a record whose revision is still the expected one, and makes the revision one more. A finished record loses its
     * owner; otherwise the owner stays. With [by] the record must belong to that owner. Without, whoever owns it is told by
     * [touched].
     */
    public suspend fun save(row: Row, expected: Long, by: String?)

    /** Makes [owner] the owner of this record if it is free, finished or not, and gives the record as it is then. The revision stays. */
    public suspend fun take(id: String, owner: String): StoredRow?

    /** Makes [owner] the owner of records that are free and were due at [now], the earliest first. No two owners get the same one. */
    public suspend fun claim(owner: String, now: Long, limit: Int): List<StoredRow>

    /** The records of this owner that were saved without it since it last saved, took, or was told of them here. */
    public suspend fun touched(owner: String, limit: Int): List<StoredRow>

    /** Gives a record back that this owner has; nothing happens if it has not. */
    public suspend fun release(id: String, owner: String)

    /** Counts one beat of this owner, tells whether it was known before, and names all owners, this one included. */
    public suspend fun beat(owner: String): Heartbeats

    /** Forgets an owner, so that its records are free. With [beats] only if it has beaten exactly so often. */
    public suspend fun forget(owner: String, beats: Long?)

    /** Lists records in the order of creation and id. A record that stays as it is while the pages are read is on exactly one. */
    public suspend fun list(query: StoreQuery): StorePage

    /**
     * Removes finished records that were last changed before [before], have no open alert, and whose `keepUntil` is not later
     * than [now]; at most [limit]. Tells how many.
     */
    public suspend fun purge(before: Long, now: Long, limit: Int): Long

    /** The newest `gatewayTime` of the records of this merchant. */
    public suspend fun gatewayTime(merchant: String): Long?

    /** The record that names this refund among its `refundIds`, found without reading every record. */
    public suspend fun findRefund(refundRequestId: String): StoredRow?
}

/** Another record is stored than was expected. Nothing was written. */
public class StoreConflict(
    /** The record that is stored; null if there is none. */
    public val found: StoredRow?,
) : RuntimeException("another record is stored than was expected")

/** The store failed, and certainly nothing was written. */
public class StoreNotWritten @JvmOverloads constructor(message: String, cause: Throwable? = null) : RuntimeException(message, cause)

/** The same as [Store] for hosts whose database blocks, such as JDBC, and for Java. */
public interface BlockingStore {
    /** As [Store.insert]. */
    public fun insert(row: Row, owner: String?)

    /** As [Store.load]. */
    public fun load(id: String): StoredRow?

    /** As [Store.save]. */
    public fun save(row: Row, expected: Long, by: String?)

    /** As [Store.take]. */
    public fun take(id: String, owner: String): StoredRow?

    /** As [Store.claim]. */
    public fun claim(owner: String, now: Long, limit: Int): List<StoredRow>

    /** As [Store.touched]. */
    public fun touched(owner: String, limit: Int): List<StoredRow>

    /** As [Store.release]. */
    public fun release(id: String, owner: String)

    /** As [Store.beat]. */
    public fun beat(owner: String): Heartbeats

    /** As [Store.forget]. */
    public fun forget(owner: String, beats: Long?)

    /** As [Store.list]. */
    public fun list(query: StoreQuery): StorePage

    /** As [Store.purge]. */
    public fun purge(before: Long, now: Long, limit: Int): Long

    /** As [Store.gatewayTime]. */
    public fun gatewayTime(merchant: String): Long?

    /** As [Store.findRefund]. */
    public fun findRefund(refundRequestId: String): StoredRow?

    /** This store as the client takes it, called on at most [threads] threads of its own. */
    public fun asStore(threads: Int): Store = OnThreads(this, threads)

    /** The same on at most eight threads. */
    public fun asStore(): Store = asStore(THREADS)

    private companion object {
        const val THREADS = 8
    }
}

private class OnThreads(private val store: BlockingStore, threads: Int) : Store {
    private val own = Dispatchers.IO.limitedParallelism(threads)

    private suspend fun <T> run(work: BlockingStore.() -> T): T = withContext(own) { store.work() }

    override suspend fun insert(row: Row, owner: String?) = run { insert(row, owner) }

    override suspend fun load(id: String) = run { load(id) }

    override suspend fun save(row: Row, expected: Long, by: String?) = run { save(row, expected, by) }

    override suspend fun take(id: String, owner: String) = run { take(id, owner) }

    override suspend fun claim(owner: String, now: Long, limit: Int) = run { claim(owner, now, limit) }

    override suspend fun touched(owner: String, limit: Int) = run { touched(owner, limit) }

    override suspend fun release(id: String, owner: String) = run { release(id, owner) }

    override suspend fun beat(owner: String) = run { beat(owner) }

    override suspend fun forget(owner: String, beats: Long?) = run { forget(owner, beats) }

    override suspend fun list(query: StoreQuery) = run { list(query) }

    override suspend fun purge(before: Long, now: Long, limit: Int) = run { purge(before, now, limit) }

    override suspend fun gatewayTime(merchant: String) = run { gatewayTime(merchant) }

    override suspend fun findRefund(refundRequestId: String) = run { findRefund(refundRequestId) }
}
