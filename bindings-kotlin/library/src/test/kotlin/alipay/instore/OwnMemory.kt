package alipay.instore

import java.util.TreeMap

/** A store as a host writes it, only in Kotlin: everything in one lock. */
internal class OwnMemory : BlockingStore {
    private val rows = TreeMap<String, StoredRow>()
    private val owners = TreeMap<String, Long>()
    private val touched = HashSet<Pair<String, String>>()

    private fun isFree(row: StoredRow) = row.owner == null || row.owner !in owners

    private fun own(row: StoredRow, owner: String?): StoredRow =
        StoredRow(row.row, row.revision, owner).also { rows[row.row.columns.id] = it }

    @Synchronized
    override fun insert(row: Row, owner: String?) {
        val id = row.columns.id
        rows[id]?.let { throw StoreConflict(it) }
        rows[id] = StoredRow(row, 1, owner.takeIf { !row.columns.finished })
    }

    @Synchronized
    override fun load(id: String): StoredRow? = rows[id]

    @Synchronized
    override fun save(row: Row, expected: Long, by: String?) {
        val id = row.columns.id
        val found = rows[id]
        if (found == null || found.revision != expected || (by != null && found.owner != by)) throw StoreConflict(found)
        val owner = found.owner
        if (owner != null) if (by == null) touched.add(owner to id) else touched.remove(owner to id)
        rows[id] = StoredRow(row, expected + 1, owner.takeIf { !row.columns.finished })
    }

    @Synchronized
    override fun take(id: String, owner: String): StoredRow? = rows[id]?.let { if (isFree(it)) own(it, owner) else it }

    @Synchronized
    override fun claim(owner: String, now: Long, limit: Int): List<StoredRow> = rows.values
        .filter { row -> isFree(row) && row.row.columns.dueAt?.let { it <= now } ?: false }
        .sortedBy { it.row.columns.dueAt }.take(limit).map { own(it, owner) }

    @Synchronized
    override fun touched(owner: String, limit: Int): List<StoredRow> {
        val told = touched.filter { it.first == owner }.take(limit)
        touched.removeAll(told.toSet())
        return told.mapNotNull { rows[it.second] }
    }

    @Synchronized
    override fun release(id: String, owner: String) {
        rows[id]?.takeIf { it.owner == owner }?.let { own(it, null) }
    }

    @Synchronized
    override fun beat(owner: String): Heartbeats {
        val known = owner in owners
        owners.merge(owner, 1, Long::plus)
        return Heartbeats(known, owners.toMap())
    }

    @Synchronized
    override fun forget(owner: String, beats: Long?) {
        if (beats == null || owners[owner] == beats) owners.remove(owner)
    }

    @Synchronized
    override fun list(query: StoreQuery): StorePage {
        val after = query.after
        val wanted = rows.values.map { it.row.columns }
            .sortedWith(compareBy({ it.created }, { it.id }))
            .filter { after == null || it.created > after.created || (it.created == after.created && it.id > after.id) }
            .filter { query.merchant == null || it.merchant == query.merchant }
            .filter { query.state == null || it.state == query.state }
            .filter { query.openAlerts == null || it.openAlerts == query.openAlerts }
            .filter { query.finished == null || it.finished == query.finished }
            .filter { it.updated >= (query.since ?: Long.MIN_VALUE) }
        val page = wanted.take(query.limit)
        val next = if (wanted.size > page.size) page.lastOrNull()?.let { Place(it.created, it.id) } else null
        return StorePage(page, next)
    }

    @Synchronized
    override fun purge(before: Long, now: Long, limit: Int): Long {
        val old = rows.values.map { it.row.columns }
            .filter { it.finished && !it.openAlerts && it.updated < before && (it.keepUntil ?: Long.MAX_VALUE) <= now }.take(limit)
        for (columns in old) rows.remove(columns.id)
        return old.size.toLong()
    }

    @Synchronized
    override fun gatewayTime(merchant: String): Long? =
        rows.values.map { it.row.columns }.filter { it.merchant == merchant }.mapNotNull { it.gatewayTime }.maxOrNull()

    @Synchronized
    override fun findRefund(refundRequestId: String): StoredRow? =
        rows.values.find { refundRequestId in it.row.columns.refundIds }
}
