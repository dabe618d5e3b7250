package alipay.instore

import java.sql.SQLException

/** What the databases say differently. MariaDB counts as MySQL. */
internal enum class JdbcDialect(
    /** Its name in errors. */
    val title: String,
) {
    SQLITE("SQLite"),
    POSTGRES("PostgreSQL"),
    MYSQL("MySQL"),
    ;

    fun upsert(key: String, set: String): String =
        if (this == MYSQL) " ON DUPLICATE KEY UPDATE $set" else " ON CONFLICT ($key) DO UPDATE SET $set"

    /** In an upsert, the value that could not be inserted. */
    fun inserted(column: String): String = if (this == MYSQL) "VALUES($column)" else "excluded.$column"

    /** Whether the key is there; elsewhere an insert then does nothing. */
    fun isDuplicate(e: SQLException): Boolean = this == MYSQL && e.errorCode == DUPLICATE

    /** Whether the database undid the transaction so that another one could go on. */
    fun gaveWay(e: SQLException): Boolean = when (this) {
        SQLITE -> false
        POSTGRES -> e.sqlState == "40001" || e.sqlState == "40P01"
        MYSQL -> e.errorCode == DEADLOCK || e.errorCode == CHANGED
    }

    companion object {
        private const val DUPLICATE = 1062
        private const val DEADLOCK = 1213

        /** MariaDB: a row changed since the snapshot. */
        private const val CHANGED = 1020

        /** The dialect of a product by the name that its driver gives. */
        fun of(product: String): JdbcDialect? = when {
            product.contains("sqlite", ignoreCase = true) -> SQLITE
            product.contains("postgres", ignoreCase = true) -> POSTGRES
            product.contains("mysql", ignoreCase = true) || product.contains("mariadb", ignoreCase = true) -> MYSQL
            else -> null
        }
    }
}

/** Every statement. They are those of `store-sql/src/statements.rs`, which works on the same tables. */
internal class JdbcStatements(private val dialect: JdbcDialect, private val prefix: String) {
    private val records = "${prefix}records"
    private val owned = "${prefix}owners"
    private val whole = (COLUMNS + listOf("revision", "owner", "record")).joinToString { "r.$it" }
    private val free = "(r.owner IS NULL OR NOT EXISTS (SELECT 1 FROM $owned AS o WHERE o.owner = r.owner))"

    // MySQL would sort all that is due, and lock it, where it does not read it in the order of the index.
    private val forced = if (dialect == JdbcDialect.MYSQL) " FORCE INDEX (${records}_due)" else ""
    private val lock = when (dialect) {
        JdbcDialect.SQLITE -> ""
        JdbcDialect.POSTGRES -> " FOR UPDATE OF r"
        JdbcDialect.MYSQL -> " FOR UPDATE"
    }
    private val skipping = if (lock.isEmpty()) "" else "$lock SKIP LOCKED"
    private val dueRows = "$records AS r$forced WHERE r.due_at <= ? AND $free ORDER BY r.due_at, r.id LIMIT ?"
    private val inserted = COLUMNS + listOf("record", "owner")

    val insert = "INSERT INTO $records (${inserted.joinToString()}, revision) VALUES (${marks(inserted.size)}, 1)" +
        if (dialect == JdbcDialect.MYSQL) "" else " ON CONFLICT (id) DO NOTHING"
    val load = "SELECT $whole FROM $records AS r WHERE r.id = ?"
    val take = "UPDATE $records AS r SET ${if (dialect == JdbcDialect.MYSQL) "r.owner" else "owner"} = ? WHERE r.id = ? AND $free"
    val due = "SELECT r.id FROM $dueRows"
    val lockDue = "SELECT $whole FROM $dueRows$skipping"
    val anyTouched = "SELECT r.id FROM $records AS r WHERE r.touched_for = ? LIMIT 1"
    val lockTouched = "SELECT $whole FROM $records AS r WHERE r.touched_for = ? ORDER BY r.id LIMIT ?$lock"
    val release = "UPDATE $records SET owner = NULL WHERE id = ? AND owner = ?"
    val beat = "INSERT INTO $owned (owner, beats) VALUES (?, 1)" +
        dialect.upsert("owner", if (dialect == JdbcDialect.MYSQL) "beats = beats + 1" else "beats = $owned.beats + 1")
    val owners = "SELECT owner, beats FROM $owned"
    val forget = "DELETE FROM $owned WHERE owner = ?"
    val forgetAt = "DELETE FROM $owned WHERE owner = ? AND beats = ?"
    val forgetTouched = "UPDATE $records SET touched_for = NULL WHERE touched_for = ?"
    val lockOld = "SELECT r.id FROM $records AS r WHERE r.keep_until <= ? AND r.finished = 1 AND r.open_alerts = 0 " +
        "AND r.updated < ? ORDER BY r.keep_until, r.id LIMIT ?$skipping"
    val gatewayTime = "SELECT max(gateway_time) FROM $records WHERE merchant = ? AND gateway_time IS NOT NULL"
    val findRefund = "SELECT $whole FROM ${prefix}refunds AS f JOIN $records AS r ON r.id = f.record_id WHERE f.refund_id = ?"
    val nameRefund = "INSERT INTO ${prefix}refunds (refund_id, record_id) VALUES (?, ?)" +
        dialect.upsert("refund_id", "record_id = ${dialect.inserted("record_id")}")

    /** Tells other processes of a save that its owner did not make, where the database can. */
    val told: String? = if (dialect == JdbcDialect.POSTGRES) "SELECT pg_notify('${prefix}saved', ?)" else null

    /** Replaces a record, by its owner or by another one. */
    fun save(byOwner: Boolean, finishes: Boolean): String {
        // MySQL sets one column after the other, so the owner that is told is read before it is removed.
        val touched = if (byOwner) {
            "touched_for = CASE WHEN touched_for = ? THEN NULL ELSE touched_for END"
        } else {
            "touched_for = COALESCE(owner, touched_for)"
        }
        val set = COLUMNS.drop(1).map { "$it = ?" } + listOf("record = ?", touched) +
            (if (finishes) listOf("owner = NULL") else emptyList()) + "revision = revision + 1"
        return "UPDATE $records SET ${set.joinToString()} WHERE id = ? AND revision = ?${if (byOwner) " AND owner = ?" else ""}"
    }

    /** Gives so many records to an owner. */
    fun own(count: Int): String = "UPDATE $records SET owner = ? WHERE id IN (${marks(count)})"

    /** So many records were told. */
    fun told(count: Int): String = "UPDATE $records SET touched_for = NULL WHERE touched_for = ? AND id IN (${marks(count)})"

    fun remove(table: String, column: String, count: Int): String = "DELETE FROM $prefix$table WHERE $column IN (${marks(count)})"

    /** What a query asks for, and its values but the limit. */
    fun list(query: StoreQuery): Pair<String, List<Any>> {
        val conditions = mutableListOf<String>()
        val values = mutableListOf<Any>()
        fun where(condition: String, vararg of: Any?) {
            if (of.any { it == null }) return
            conditions += condition
            values.addAll(of.filterNotNull())
        }
        where("r.merchant = ?", query.merchant)
        where("r.state = ?", query.state)
        // Not as values: an index of only open alerts is used only where the statement names the value.
        query.openAlerts?.let { where("r.open_alerts = ${if (it) 1 else 0}") }
        query.finished?.let { where("r.finished = ${if (it) 1 else 0}") }
        where("r.updated >= ?", query.since)
        query.after?.let { where("r.created >= ? AND (r.created > ? OR r.id > ?)", it.created, it.created, it.id) }
        val chosen = if (conditions.isEmpty()) "" else conditions.joinToString(" AND ", " WHERE ")
        val columns = COLUMNS.joinToString { "r.$it" }
        return "SELECT $columns FROM $records AS r$chosen ORDER BY r.created, r.id LIMIT ?" to values
    }

    private fun marks(count: Int) = List(count) { "?" }.joinToString()

    companion object {
        /** The columns of a record without its text, in the order in which they are written. */
        val COLUMNS: List<String> = listOf(
            "id", "merchant", "state", "outcome", "amount", "currency", "due_at", "finished", "open_alerts", "created", "updated",
            "keep_until", "gateway_time", "refund_ids",
        )
    }
}
