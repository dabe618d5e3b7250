package alipay.instore

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.util.concurrent.ConcurrentHashMap

/** The kit against the stores of the core and against one that is written in Kotlin. */
class StoreTest {
    private fun <S : Store> once(make: (String) -> S): StoreKit.Opener {
        val stores = ConcurrentHashMap<String, Store>()
        return StoreKit.Opener { property -> stores.computeIfAbsent(property) { make(it) } }
    }

    @Test
    fun `the stores of the core keep the contract`(@TempDir folder: File) = runBlocking<Unit> {
        assertTrue(StoreKit.properties().size > 20)
        assertEquals(emptyList<String>(), StoreKit.check(once { MemoryStore() }))
        assertEquals(emptyList<String>(), StoreKit.check { FileStore(File(folder, it)) })
    }

    @Test
    fun `a store of a host keeps it too, and is called on threads of its own`() {
        assertEquals(emptyList<String>(), StoreKit.checkBlocking(once { OwnMemory().asStore() }))
    }

    /** The same through a store of the core, called by JSON both ways. */
    @Test
    fun `a store around one of the core keeps it`() {
        assertEquals(emptyList<String>(), StoreKit.checkBlocking(once { object : Store by MemoryStore() {} }))
    }

    @Test
    fun `what breaks the contract is named`() = runBlocking<Unit> {
        val forgetful = StoreKit.check("compare_and_set", once {
            object : Store by MemoryStore() {
                override suspend fun save(row: Row, expected: Long, by: String?) = Unit
            }
        })
        assertTrue(forgetful!!.startsWith("compare_and_set: "), forgetful)
        assertThrows(IllegalStateException::class.java) { runBlocking { StoreKit.check("compare_and_set") { error("no database") } } }
        assertEquals("config.invalid", Fixture.code { runBlocking { StoreKit.check("no_such_property", once { MemoryStore() }) } })
    }

    @Test
    fun `a store of the core is used as it is`(@TempDir folder: File) = runBlocking<Unit> {
        val store = FileStore(File(folder, "a/b"))
        assertNull(store.load("p1"))
        assertNull(store.load("../evil"))
        assertEquals(setOf("o1"), store.beat("o1").owners.keys)
        assertTrue(store.list(StoreQuery()).rows.isEmpty())
        assertEquals("store.failed", Fixture.code { FileStore(File(folder, "a/b").also { File(it, "file").writeText("x") }.resolve("file")) })
    }
}
