package alipay.instore

import java.sql.Connection
import java.sql.ResultSet
import java.sql.SQLException
import javax.sql.DataSource

/** One connection while an operation uses it. */
internal class JdbcSession(private val connection: Connection) {
    fun update(text: String, vararg values: Any?): Int = connection.prepareStatement(text).use { statement ->
        values.forEachIndexed { at, value -> statement.setObject(at + 1, value) }
        statement.executeUpdate()
    }

    fun <T> query(text: String, vararg values: Any?, read: (ResultSet) -> T): List<T> = connection.prepareStatement(text).use { statement ->
        values.forEachIndexed { at, value -> statement.setObject(at + 1, value) }
        statement.executeQuery().use { rows ->
            buildList { while (rows.next()) add(read(rows)) }
        }
    }

    /** A statement without values. */
    fun run(text: String) {
        connection.createStatement().use { it.execute(text) }
    }
}

/** A database by its pool of connections, and the tables in it. */
internal class JdbcDatabase(private val pool: DataSource, val prefix: String) {
    val dialect: JdbcDialect

    init {
        if (!Regex("[a-z][a-z0-9_]{0,19}").matches(prefix)) {
            val hint = "use at most 20 letters a to z, digits and underscores, and begin with a letter"
            throw AlipayException.hinted("store.url", "the prefix of the tables is not valid", hint, null)
        }
        val product = opening { pool.connection.use { it.metaData.databaseProductName } }
        dialect = JdbcDialect.of(product)
            ?: throw AlipayException.of("store.url", "$product is not a database that is known", null, null)
    }

    /** Only reads. */
    fun <T> reading(work: (JdbcSession) -> T): T = notWritten { on { work(JdbcSession(it)) } }

    /** One transaction. Until it is committed nothing is written; whether a commit that fails has written is not known. */
    fun <T> writing(work: (JdbcSession) -> T): T {
        var left = TRIES
        while (true) {
            try {
                return written(work)
            } catch (e: GaveWay) {
                // Another transaction went on in its place.
                left--
                if (left == 0) throw StoreNotWritten(said(e.error), e)
            }
        }
    }

    private class GaveWay(val error: SQLException) : Exception(error)

    private fun <T> written(work: (JdbcSession) -> T): T = notWritten {
        on { connection ->
            val session = JdbcSession(connection)
            begin(connection, session)
            var committing = false
            try {
                val done = work(session)
                committing = true
                commit(connection, session)
                done
            } catch (e: SQLException) {
                rollBack(connection, session)
                if (dialect.gaveWay(e)) throw GaveWay(e)
                // Neither the statement nor its values are told: a value may be a record, and a record may hold a payment code.
                if (committing) throw InDoubt(e) else throw e
            } catch (e: RuntimeException) {
                rollBack(connection, session)
                throw e
            }
        }
    }

    /** A commit failed. */
    private class InDoubt(cause: SQLException) : RuntimeException("the commit failed", cause)

    private fun begin(connection: Connection, session: JdbcSession) {
        // A transaction of SQLite that becomes a writer later is refused at once where another one writes.
        if (dialect == JdbcDialect.SQLITE) {
            session.run("PRAGMA synchronous = FULL")
            session.run("PRAGMA busy_timeout = $PATIENCE")
            session.run("BEGIN IMMEDIATE")
        } else {
            connection.transactionIsolation = Connection.TRANSACTION_READ_COMMITTED
            connection.autoCommit = false
        }
    }

    private fun commit(connection: Connection, session: JdbcSession) {
        if (dialect == JdbcDialect.SQLITE) session.run("COMMIT") else connection.commit()
    }

    private fun rollBack(connection: Connection, session: JdbcSession) {
        try {
            if (dialect == JdbcDialect.SQLITE) session.run("ROLLBACK") else connection.rollback()
        } catch (_: SQLException) {
            // The database has undone it, or is gone.
        }
    }

    /** A connection as the pool wants it back. */
    private fun <T> on(work: (Connection) -> T): T = pool.connection.use { connection ->
        val before = connection.autoCommit
        try {
            if (!before) connection.autoCommit = true
            work(connection)
        } finally {
            if (connection.autoCommit != before) {
                try {
                    connection.autoCommit = before
                } catch (_: SQLException) {
                    // The pool finds out.
                }
            }
        }
    }

    private fun <T> notWritten(work: () -> T): T = try {
        work()
    } catch (e: SQLException) {
        throw StoreNotWritten(said(e), e)
    }

    private fun said(e: SQLException) = "${dialect.title} failed with ${e.sqlState ?: "no state"}, ${e.errorCode}"

    private fun <T> opening(work: () -> T): T = try {
        work()
    } catch (e: SQLException) {
        throw AlipayException.of("store.failed", "the database can't be reached: ${e.sqlState}, ${e.errorCode}", null, e)
    }

    /** Refuses tables of another version, and settings by which a payment may be lost in a power cut. */
    fun check(): Unit = opening {
        val found = version()
        when {
            found == null -> schema("the tables of the store are missing", "call JdbcStore.migrate once, or the command store migrate")
            found > VERSION -> schema("the tables have version $found", "update this library: a newer version made the tables")
        }
        fault()?.let { throw AlipayException.of("store.durability", it, null, null) }
    }

    private fun schema(reason: String, hint: String): Nothing = throw AlipayException.hinted("store.schema", reason, hint, null)

    private fun version(): Int? {
        val there = when (dialect) {
            JdbcDialect.SQLITE -> "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?"
            JdbcDialect.POSTGRES -> "SELECT count(*) FROM pg_catalog.pg_class WHERE oid = to_regclass(?)"
            JdbcDialect.MYSQL -> "SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?"
        }
        return on { connection ->
            val session = JdbcSession(connection)
            if (session.query(there, "${prefix}schema") { it.getInt(1) }.single() == 0) return@on null
            session.query("SELECT max(version) FROM ${prefix}schema") { row -> row.getInt(1).takeIf { !row.wasNull() } }.single()
        }
    }

    private fun fault(): String? = on { connection ->
        val session = JdbcSession(connection)
        when (dialect) {
            JdbcDialect.SQLITE -> session.query("PRAGMA journal_mode = WAL") { it.getString(1) }.single()
                .takeIf { it != "wal" }?.let { "SQLite has journal_mode $it, not wal" }
            JdbcDialect.POSTGRES -> listOf("synchronous_commit", "fsync", "full_page_writes").firstNotNullOfOrNull { name ->
                val value = session.query("SELECT current_setting(?)", name) { it.getString(1) }.single()
                if (value == "on" || value == "remote_apply") null else "PostgreSQL has $name = $value, not on"
            }
            JdbcDialect.MYSQL -> {
                val text = "SELECT @@innodb_flush_log_at_trx_commit, @@log_bin, @@sync_binlog"
                val (flush, log, sync) = session.query(text) { row -> List(3) { row.getInt(it + 1) } }.single()
                when {
                    flush != 1 -> "the server has not innodb_flush_log_at_trx_commit = 1"
                    log != 0 && sync != 1 -> "the server writes a binary log and has not sync_binlog = 1"
                    else -> null
                }
            }
        }
    }

    /** Makes the tables. Several processes may do so at once. */
    fun migrate(): Unit = opening {
        on { connection ->
            val session = JdbcSession(connection)
            begin(connection, session)
            try {
                lock(session, "SELECT pg_advisory_xact_lock(hashtext('${prefix}schema'))", "DO GET_LOCK('${prefix}schema', 60)")
                session.run("CREATE TABLE IF NOT EXISTS ${prefix}schema (version BIGINT NOT NULL PRIMARY KEY)")
                val found = session.query("SELECT max(version) FROM ${prefix}schema") { it.getInt(1) }.single()
                if (found < VERSION) {
                    for (statement in statements()) session.run(statement)
                    session.run("INSERT INTO ${prefix}schema (version) VALUES ($VERSION)")
                }
                lock(session, null, "DO RELEASE_LOCK('${prefix}schema')")
                commit(connection, session)
            } catch (e: SQLException) {
                rollBack(connection, session)
                throw e
            }
        }
    }

    private fun lock(session: JdbcSession, postgres: String?, mysql: String) {
        // A transaction of SQLite writes from its beginning.
        if (dialect == JdbcDialect.POSTGRES && postgres != null) session.run(postgres)
        if (dialect == JdbcDialect.MYSQL) session.run(mysql)
    }

    private fun statements(): List<String> {
        val name = "migrations/000$VERSION-${dialect.name.lowercase()}.sql"
        val stream = checkNotNull(JdbcDatabase::class.java.getResourceAsStream(name)) { "the package has no $name" }
        val text = stream.use { it.readBytes().decodeToString() }
        return text.split(";\n").map { it.trim().replace("{prefix}", prefix) }.filter { it.isNotEmpty() }
    }

    private companion object {
        /** The version of the tables that this library works with. */
        const val VERSION = 1

        /** So often a transaction is tried that had to give way to others. */
        const val TRIES = 5

        /** How long a writer waits for another one, in milliseconds. */
        const val PATIENCE = 5_000
    }
}
