package alipay.instore

import alipay.instore.ffi.FolderLock
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put
import java.io.ByteArrayOutputStream
import java.io.File
import java.io.FileOutputStream
import java.io.IOException

/** A stored record. */
public class Stored(
    /** Counts up from 1 with every write. */
    public val revision: Long,
    /** The text that was stored; it may hold a payment code. */
    public val snapshot: String,
) {
    override fun toString(): String = "Stored(revision $revision)"
}

/**
 * Keeps snapshots. A host brings its own over its database; from Java by [BlockingPaymentStore].
 *
 * Its errors are those of [AlipayException.store]; any other exception counts as `store.failed`, after which nothing more
 * is sent.
 */
public interface PaymentStore {
    /**
     * Writes a record if its revision is still [expectedRevision]; 0 expects that there is none yet, and the new revision
     * is one more. Returns when the text is safe. `store.conflict` if the revision is another one.
     */
    public suspend fun put(id: String, expectedRevision: Long, snapshot: String)

    /** Reads a record. */
    public suspend fun get(id: String): Stored?

    /** The ids of all records. */
    public suspend fun ids(): List<String>
}

/** The same as [PaymentStore] for hosts whose database blocks, such as JDBC; it is called on threads for I/O. */
public interface BlockingPaymentStore {
    /** As [PaymentStore.put]. */
    public fun put(id: String, expectedRevision: Long, snapshot: String)

    /** As [PaymentStore.get]; null where there is none. */
    public fun get(id: String): Stored?

    /** As [PaymentStore.ids]. */
    public fun ids(): List<String>

    /** This store as the client takes it. */
    public fun asPaymentStore(): PaymentStore = Adapter(this)

    private class Adapter(private val store: BlockingPaymentStore) : PaymentStore {
        override suspend fun put(id: String, expectedRevision: Long, snapshot: String) =
            withContext(Dispatchers.IO) { store.put(id, expectedRevision, snapshot) }

        override suspend fun get(id: String): Stored? = withContext(Dispatchers.IO) { store.get(id) }

        override suspend fun ids(): List<String> = withContext(Dispatchers.IO) { store.ids() }
    }
}

internal fun conflict(expected: Long, found: Long): AlipayException =
    AlipayException.store("store.conflict", "revision $expected was expected, $found is stored")

/**
 * Keeps records in memory. **Everything is lost with the process**: a payment that was under way then can't be resumed.
 * Tills and services use [FileStore] or a store over their database.
 */
public class MemoryStore : PaymentStore {
    private val records = java.util.TreeMap<String, Stored>()

    override suspend fun put(id: String, expectedRevision: Long, snapshot: String): Unit = synchronized(records) {
        val found = records[id]?.revision ?: 0
        if (found != expectedRevision) throw conflict(expectedRevision, found)
        records[id] = Stored(found + 1, snapshot)
    }

    override suspend fun get(id: String): Stored? = synchronized(records) { records[id] }

    override suspend fun ids(): List<String> = synchronized(records) { records.keys.toList() }
}

/**
 * Keeps each record in a file of its own, readable for its owner only: while pay may have to be sent again, a record holds
 * the customer's payment code.
 *
 * A write goes to a new file, is flushed to the disk, and then takes the record's name, so that a power cut leaves the old
 * record or the new one. A lock file makes compare-and-set hold between processes. Files and lock are those of the other
 * languages. On Android a folder below `Context.getNoBackupFilesDir()` is the place.
 */
public class FileStore(private val folder: File) : PaymentStore {
    /** The same by the folder's path. */
    public constructor(folder: String) : this(File(folder))

    init {
        if (!folder.isDirectory && !folder.mkdirs() && !folder.isDirectory) throw failed("the folder can't be made", null)
    }

    override suspend fun put(id: String, expectedRevision: Long, snapshot: String): Unit = withContext(Dispatchers.IO) {
        val file = file(id)
        locked { lock ->
            val found = read(file)?.revision ?: 0
            if (found != expectedRevision) throw conflict(expectedRevision, found)
            val record = buildJsonObject {
                put("id", id)
                put("revision", found + 1)
                put("snapshot", snapshot)
            }
            replace(file, record.toString().toByteArray())
            // The name is safe only once the folder is.
            native { lock.flush() }
        }
    }

    override suspend fun get(id: String): Stored? = withContext(Dispatchers.IO) { read(file(id)) }

    override suspend fun ids(): List<String> = withContext(Dispatchers.IO) {
        val names = folder.list() ?: throw failed("the folder can't be read", null)
        names.filter { it.endsWith(SUFFIX) }.mapNotNull { unescape(it.removeSuffix(SUFFIX)) }.sorted()
    }

    private inline fun <T> locked(work: (FolderLock) -> T): T {
        val lock = native { FolderLock.acquire(folder.path) }
        return lock.use {
            try {
                work(lock)
            } finally {
                native { lock.release() }
            }
        }
    }

    private fun replace(file: File, text: ByteArray) {
        val new = File(folder, file.name.removeSuffix(SUFFIX) + ".new")
        try {
            FileOutputStream(new).use { stream ->
                new.setReadable(false, false)
                new.setReadable(true, true)
                new.setWritable(false, false)
                new.setWritable(true, true)
                stream.write(text)
                stream.fd.sync()
            }
        } catch (e: IOException) {
            throw failed("the record can't be written", e)
        }
        if (!new.renameTo(file)) throw failed("the record can't be renamed", null)
    }

    private fun read(file: File): Stored? {
        val text = try {
            if (!file.exists()) return null
            file.readText()
        } catch (e: IOException) {
            throw failed("the record can't be read", e)
        }
        try {
            val record = Json.parseToJsonElement(text).jsonObject
            require(record.keys == setOf("id", "revision", "snapshot"))
            val snapshot = record.getValue("snapshot").jsonPrimitive
            require(snapshot.isString)
            return Stored(record.getValue("revision").jsonPrimitive.long, snapshot.content)
        } catch (_: IllegalArgumentException) {
            // The parser's words may quote the record, and the record may hold a payment code.
            throw AlipayException.store("store.corrupt", "the file ${file.name} is not a record")
        }
    }

    private fun file(id: String): File {
        if (id.isEmpty() || id.codePointCount(0, id.length) > 80) {
            throw AlipayException.store("store.id", "the id of the record is empty or too long")
        }
        return File(folder, escape(id) + SUFFIX)
    }

    private companion object {
        const val SUFFIX = ".json"

        fun failed(what: String, cause: IOException?) = AlipayException.store("store.failed", what, cause)

        /** A dot is escaped too, so that no id can name another folder. */
        fun escape(id: String): String = buildString {
            for (byte in id.toByteArray()) {
                val char = byte.toInt().toChar()
                if (char in 'a'..'z' || char in 'A'..'Z' || char in '0'..'9' || char == '_' || char == '-') {
                    append(char)
                } else {
                    append('%').append(HEX[(byte.toInt() shr 4) and 15]).append(HEX[byte.toInt() and 15])
                }
            }
        }

        fun unescape(name: String): String? {
            val bytes = ByteArrayOutputStream()
            var index = 0
            while (index < name.length) {
                if (name[index] == '%') {
                    bytes.write(name.substring(index + 1, minOf(index + 3, name.length)).toIntOrNull(16) ?: return null)
                    index += 3
                } else {
                    bytes.write(name[index].code)
                    index += 1
                }
            }
            return bytes.toString("UTF-8")
        }

        const val HEX = "0123456789ABCDEF"
    }
}
