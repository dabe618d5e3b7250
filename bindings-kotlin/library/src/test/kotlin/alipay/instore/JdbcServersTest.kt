package alipay.instore

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test
import org.mariadb.jdbc.MariaDbDataSource
import org.postgresql.ds.PGSimpleDataSource
import java.net.URI
import javax.sql.DataSource

/** The store over JDBC in the servers that `make kotlin-databases` starts. */
@Tag("databases")
class JdbcServersTest {
    private fun url(variable: String) = URI(checkNotNull(System.getenv(variable)) { "$variable is not set" })

    private fun check(source: DataSource) = runBlocking<Unit> {
        val run = System.nanoTime().toString(36).takeLast(6)
        val prefixes = StoreKit.properties().withIndex().associate { (at, property) -> property to "k${run}_${at}_" }
        assertEquals(emptyList<String>(), StoreKit.check { opened(source, prefixes.getValue(it)) })
    }

    @Test
    fun `PostgreSQL keeps the contract`() {
        val url = url("ALIPAY_TEST_POSTGRES")
        check(PGSimpleDataSource().apply {
            setUrl("jdbc:postgresql://${url.host}:${url.port}${url.path}")
            val (name, secret) = url.userInfo.split(":")
            user = name
            password = secret
        })
    }

    @Test
    fun `MariaDB keeps the contract`() {
        val url = url("ALIPAY_TEST_MARIADB")
        val (name, secret) = url.userInfo.split(":")
        check(MariaDbDataSource("jdbc:mariadb://${url.host}:${url.port}${url.path}").apply {
            user = name
            setPassword(secret)
        })
    }
}
