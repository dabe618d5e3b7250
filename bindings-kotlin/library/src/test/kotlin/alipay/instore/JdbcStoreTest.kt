package alipay.instore

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable
import org.junit.jupiter.api.io.TempDir
import org.postgresql.ds.PGSimpleDataSource
import org.sqlite.SQLiteDataSource
import java.io.File
import java.net.URI
import javax.sql.DataSource

/** The store over JDBC, on the tables that the other languages use. */
class JdbcStoreTest {
    private fun sqlite(file: File): DataSource = SQLiteDataSource().apply { url = "jdbc:sqlite:$file" }

    private fun opened(source: DataSource, prefix: String = "alipay_"): JdbcStore {
        JdbcStore.migrate(source, prefix)
        // The same again leaves them as they are.
        JdbcStore.migrate(source, prefix)
        return JdbcStore(source, prefix)
    }

    @Test
    fun `SQLite keeps the contract`(@TempDir folder: File) = runBlocking<Unit> {
        assertEquals(emptyList<String>(), StoreKit.check { opened(sqlite(File(folder, "$it.db"))) })
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "ALIPAY_TEST_POSTGRES", matches = ".+")
    fun `PostgreSQL keeps the contract`() = runBlocking<Unit> {
        val url = URI(System.getenv("ALIPAY_TEST_POSTGRES"))
        val source = PGSimpleDataSource().apply {
            setUrl("jdbc:postgresql://${url.host}:${url.port.takeIf { it > 0 } ?: 5432}${url.path}")
            url.userInfo?.split(":")?.let {
                user = it[0]
                password = it.getOrNull(1)
            }
        }
        val run = System.nanoTime().toString(36).takeLast(6)
        val prefixes = StoreKit.properties().withIndex().associate { (at, property) -> property to "k${run}_${at}_" }
        assertEquals(emptyList<String>(), StoreKit.check { opened(source, prefixes.getValue(it)) })
        source.connection.use { connection ->
            for (table in prefixes.values.flatMap { prefix -> listOf("records", "refunds", "owners", "schema").map { prefix + it } }) {
                connection.createStatement().use { it.execute("DROP TABLE $table") }
            }
        }
    }

    @Test
    fun `a payment over JDBC`(@TempDir folder: File) = runBlocking<Unit> {
        val merchant = Fixture.merchant(gateway = Gateway.custom("https://gateway.example"))
        val store = opened(sqlite(File(folder, "p.db")))
        val quick = Policy.of(Protocol.AMS, mapOf("inquiry_interval" to 20))
        val client = Client.Builder(merchant, store).transport(FakeGateway(merchant)).policy(quick).notifyUrlConfigured(true)
            .shop(Shop("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7")).build()
        client.use {
            val result = it.payCode("281006020000000000125733", Amount.parse("19.99 USD"), "Two coffees")
            assertTrue(result.isPaid && result.stored)
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
