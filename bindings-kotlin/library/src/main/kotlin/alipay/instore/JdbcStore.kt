package alipay.instore

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import java.sql.ResultSet
import java.util.concurrent.ConcurrentHashMap
import javax.sql.DataSource

/**
 * Keeps payments in SQLite, PostgreSQL, MySQL or MariaDB, over the host's JDBC driver and pool, in the tables of `SqlStore` of the
 * other languages: any number of processes in any of them share the store. For a server give it a pool, such as HikariCP: without
 * one every read of the store is a login.
 *
 * The tables are made by [migrate], or by `alipay-instore store migrate`. Tables that are missing, or of another version, are
 * refused (`store.schema`), and so is a database whose settings would lose payments in a power cut (`store.durability`). Every
 * connection of the pool has to have the settings of the one that is asked when the store is opened.
 */
public class JdbcStore private constructor(private val records: JdbcRecords, threads: Int) : Store by records.asStore(threads) {
    /** Works with the tables whose names begin with [prefix], on at most [threads] connections at once. */
    @JvmOverloads
    public constructor(dataSource: DataSource, prefix: String = PREFIX, threads: Int = THREADS) :
        this(JdbcRecords(JdbcDatabase(dataSource, prefix)).also { it.database.check() }, threads)

    override fun toString(): String = "JdbcStore(${records.database.dialect.title})"

    public companion object {
        private const val PREFIX = "alipay_"
        private const val THREADS = 8

        /** Makes the tables; those that are there are left as they are. Blocks. */
        @JvmStatic
        @JvmOverloads
        public fun migrate(dataSource: DataSource, prefix: String = PREFIX): Unit = JdbcDatabase(dataSource, prefix).migrate()
    }
}

/** The operations, which are those of `SqlStore`. */
internal class JdbcRecords(val database: JdbcDatabase) : BlockingStore {
    private val sql = JdbcStatements(database.dialect, database.prefix)

    /** Records of which an owner was told, and perhaps did not hear. */
    private val owed = ConcurrentHashMap<String, Set<String>>()

    override fun insert(row: Row, owner: String?) {
        val keeps = owner.takeIf { !row.columns.finished }
        // A record that is in the way can be removed before it is read.
        repeat(TRIES) {
            val inserted = database.writing { session ->
                val rows = try {
                    session.update(sql.insert, *values(row), keeps)
                } catch (e: java.sql.SQLException) {
                    if (!database.dialect.isDuplicate(e)) throw e
                    0
                }
                if (rows == 1) nameRefunds(session, row)
                rows == 1
            }
            if (inserted) return
            load(row.columns.id)?.let { throw StoreConflict(it) }
        }
        throw StoreNotWritten("the record is in the way, and it is not there")
    }

    override fun load(id: String): StoredRow? = database.reading { it.query(sql.load, id, read = ::stored) }.firstOrNull()

    override fun save(row: Row, expected: Long, by: String?) {
        val owner = if (by == null) emptyArray<Any?>() else arrayOf<Any?>(by)
        val arguments = arrayOf(*values(row).drop(1).toTypedArray(), *owner, row.columns.id, expected, *owner)
        val saved = database.writing { session ->
            val saved = session.update(sql.save(by != null, row.columns.finished), *arguments) == 1
            if (saved) nameRefunds(session, row)
            if (saved && by == null) sql.told?.let { session.query(it, row.columns.id) {} }
            saved
        }
        if (!saved) throw StoreConflict(load(row.columns.id))
    }

    override fun take(id: String, owner: String): StoredRow? {
        val found = load(id)
        if (found == null || found.owner == owner) return found
        database.writing { it.update(sql.take, owner, id) }
        return load(id)
    }

    override fun claim(owner: String, now: Long, limit: Int): List<StoredRow> {
        val most = limit.coerceAtMost(MOST)
        // Mostly nothing is due, which is found out without a lock.
        if (most < 1 || database.reading { it.query(sql.due, now, 1) {} }.isEmpty()) return emptyList()
        return database.writing { session ->
            val claimed = session.query(sql.lockDue, now, most, read = ::stored)
            if (claimed.isNotEmpty()) session.update(sql.own(claimed.size), owner, *ids(claimed))
            claimed.map { StoredRow(it.row, it.revision, owner) }
        }
    }

    override fun touched(owner: String, limit: Int): List<StoredRow> {
        val most = limit.coerceAtMost(MOST)
        if (most < 1) return emptyList()
        val before = owed[owner].orEmpty().mapNotNull { load(it) }
        val told = if (database.reading { it.query(sql.anyTouched, owner) {} }.isEmpty()) {
            emptyList()
        } else {
            database.writing { session ->
                session.query(sql.lockTouched, owner, most, read = ::stored).also { told ->
                    if (told.isNotEmpty()) session.update(sql.told(told.size), owner, *ids(told))
                    owed.merge(owner, told.map { it.row.columns.id }.toSet()) { old, new -> old + new }
                }
            }
        }
        owed.remove(owner)
        val known = told.map { it.row.columns.id }.toSet()
        return before.filter { it.row.columns.id !in known } + told
    }

    override fun release(id: String, owner: String) {
        database.writing { it.update(sql.release, id, owner) }
    }

    override fun beat(owner: String): Heartbeats {
        database.writing { it.update(sql.beat, owner) }
        val owners = database.reading { it.query(sql.owners) { row -> row.getString(1) to row.getLong(2) } }.toMap()
        // An owner that was not known has beaten once, and one that was forgotten since is not there.
        return Heartbeats((owners[owner] ?: 0) > 1, owners)
    }

    override fun forget(owner: String, beats: Long?) {
        database.writing { session ->
            val forgotten = if (beats == null) session.update(sql.forget, owner) else session.update(sql.forgetAt, owner, beats)
            // It would tell somebody who is gone.
            if (forgotten > 0) session.update(sql.forgetTouched, owner)
        }
    }

    override fun list(query: StoreQuery): StorePage {
        val size = query.limit.coerceIn(1, MOST)
        val (text, arguments) = sql.list(query)
        // One more tells whether there is another page.
        val rows = database.reading { it.query(text, *arguments.toTypedArray(), size + 1, read = ::columns) }
        val page = rows.take(size)
        return StorePage(page, page.lastOrNull()?.takeIf { rows.size > size }?.let { Place(it.created, it.id) })
    }

    override fun purge(before: Long, now: Long, limit: Int): Long {
        var removed = 0
        while (removed < limit) {
            val some = database.writing { session ->
                val old = session.query(sql.lockOld, now, before, (limit - removed).coerceAtMost(MOST)) { it.getString(1) }.toTypedArray()
                if (old.isNotEmpty()) {
                    session.update(sql.remove("refunds", "record_id", old.size), *old)
                    session.update(sql.remove("records", "id", old.size), *old)
                }
                old.size
            }
            if (some == 0) break
            removed += some
        }
        return removed.toLong()
    }

    override fun gatewayTime(merchant: String): Long? =
        database.reading { it.query(sql.gatewayTime, merchant) { row -> row.longOrNull(1) } }.firstOrNull()

    override fun findRefund(refundRequestId: String): StoredRow? =
        database.reading { it.query(sql.findRefund, refundRequestId, read = ::stored) }
            .firstOrNull { refundRequestId in it.row.columns.refundIds }

    private fun nameRefunds(session: JdbcSession, row: Row) {
        // Who locks in an order does not lock another out.
        for (refund in row.columns.refundIds.toSortedSet()) session.update(sql.nameRefund, refund, row.columns.id)
    }

    private fun ids(rows: List<StoredRow>): Array<String> = rows.map { it.row.columns.id }.toTypedArray()

    private fun values(row: Row): Array<Any?> = with(row.columns) {
        arrayOf(
            id, merchant, state, outcome, value, currency, dueAt, if (finished) 1L else 0L, if (openAlerts) 1L else 0L, created, updated,
            keepUntil, gatewayTime, JsonArray(refundIds.map { JsonPrimitive(it) }).toString(), row.text,
        )
    }

    private fun columns(row: ResultSet): Columns = Columns(
        row.getString("id"), row.getString("merchant"), row.getString("state"), row.getString("outcome"), row.getString("currency"),
        row.getLong("amount"), row.longOrNull("due_at"), row.getLong("finished") != 0L, row.getLong("open_alerts") != 0L,
        row.getLong("created"), row.getLong("updated"), row.longOrNull("keep_until"), row.longOrNull("gateway_time"),
        refundIds(row.getString("refund_ids")),
    )

    /** What can't be read here is in the record too, and keeps no other record from being claimed. */
    private fun refundIds(text: String?): List<String> =
        runCatching { elementOf(text.orEmpty()).jsonArray.mapNotNull { it.text() } }.getOrDefault(emptyList())

    private fun stored(row: ResultSet): StoredRow =
        StoredRow(Row(columns(row), row.getString("record")), row.getLong("revision"), row.getString("owner"))

    private fun ResultSet.longOrNull(name: String): Long? = getLong(name).takeIf { !wasNull() }

    private fun ResultSet.longOrNull(at: Int): Long? = getLong(at).takeIf { !wasNull() }

    private companion object {
        /** How many rows a statement gives or meets at most. */
        const val MOST = 1_000

        const val TRIES = 3
    }
}
