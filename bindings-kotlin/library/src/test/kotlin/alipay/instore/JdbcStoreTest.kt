package alipay.instore

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import org.sqlite.SQLiteDataSource
import java.io.File
import javax.sql.DataSource

/** A store whose tables were made twice, which leaves them as they are. */
internal fun opened(source: DataSource, prefix: String = "alipay_"): JdbcStore {
    JdbcStore.migrate(source, prefix)
    JdbcStore.migrate(source, prefix)
    return JdbcStore(source, prefix)
}

/** The store over JDBC, on the tables that the other languages use. */
class JdbcStoreTest {
    private fun sqlite(file: File): DataSource = SQLiteDataSource().apply { url = "jdbc:sqlite:$file" }

    @Test
    fun `SQLite keeps the contract`(@TempDir folder: File) = runBlocking<Unit> {
        assertEquals(emptyList<String>(), StoreKit.check { opened(sqlite(File(folder, "$it.db"))) })
    }

    @Test
    fun `a payment over JDBC`(@TempDir folder: File) = runBlocking<Unit> {
        val merchant = Fixture.merchant(gateway = Gateway.custom("https://gateway.example"))
        val store = opened(sqlite(File(folder, "p.db")))
        // Longer than a durable write may take here.
        val quick = Policy.of(Protocol.AMS, mapOf("inquiry_interval" to 300))
        val client = Client.Builder(merchant, store).transport(FakeGateway(merchant)).policy(quick).notifyUrlConfigured(true)
            .shop(Shop("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7")).build()
        client.use {
            val result = it.payCode("281006020000000000125733", Amount.parse("19.99 USD"), "Two coffees")
            assertTrue(result.isSucceeded && result.stored, "$result")
            assertEquals(listOf(result.paymentRequestId), store.list(StoreQuery(finished = true)).rows.map { row -> row.id })
        }
    }

    @Test
    fun `tables that are missing, and names that are none, are refused`(@TempDir folder: File) {
        val source = sqlite(File(folder, "p.db"))
        assertEquals("store.schema", Fixture.code { JdbcStore(source) })
        assertEquals("store.url", Fixture.code { JdbcStore(source, "a;drop table b") })
        JdbcStore.migrate(source)
        source.connection.use { connection -> connection.createStatement().use { it.execute("INSERT INTO alipay_schema (version) VALUES (2)") } }
        assertEquals("store.schema", Fixture.code { JdbcStore(source) })
    }
}
