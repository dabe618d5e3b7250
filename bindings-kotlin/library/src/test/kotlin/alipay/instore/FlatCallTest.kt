package alipay.instore

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import kotlin.random.Random

/** The one native function, called with what no part of this library would call it with. */
class FlatCallTest {
    private val random = Random(20_261_127)
    private val code = Arguments().text("281003020000000000125733")
    private val statuses = setOf(FlatCall.DONE, FlatCall.FAILED, FlatCall.CLOSED, FlatCall.DEFECT)

    private fun status(call: Int, number: Long, input: ByteArray): Int = FlatCall.called(call, number, input, input.size, 64).byte()

    /** Numbers of objects that live: the newest ones, and those beside them. */
    private fun numbers(): List<Long> {
        objects += listOf(Router(), Fixture.merchant(), ScannedLines(), Client(Fixture.merchant(), MemoryStore()))
        val newest = lastNumber()
        return (newest - 24..newest + 2).toList() + listOf(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE)
    }

    private fun lastNumber(): Long {
        val field = ScannedLines::class.java.getDeclaredField("number").apply { isAccessible = true }
        return ScannedLines().use { field.getLong(it) }
    }

    @Test
    fun `random bytes are answered with an error, whatever the call and the object`() {
        val numbers = numbers()
        val calls = FlatCall.values().indices + listOf(-1, FlatCall.values().size, Int.MIN_VALUE, Int.MAX_VALUE)
        for (call in calls) {
            repeat(400) {
                val bytes = random.nextBytes(random.nextInt(96))
                assertTrue(status(call, numbers.random(random), bytes) in statuses)
            }
        }
        assertEquals(FlatCall.DEFECT, status(FlatCall.values().size, 0, ByteArray(0)))
    }

    @Test
    fun `arguments with a wrong length in them are refused before anything is done`() {
        val router = Router()
        val number = number(router)
        val whole = code.bytes.copyOf(code.size)
        assertEquals(FlatCall.DONE, status(FlatCall.ROUTE.ordinal, number, whole))
        for (length in listOf(-1, 0, 23, 25, 1 shl 20, Int.MIN_VALUE, Int.MAX_VALUE)) {
            val wrong = Arguments().int(length)
            val bytes = wrong.bytes.copyOf(wrong.size) + whole.drop(Int.SIZE_BYTES)
            assertEquals(FlatCall.DEFECT, status(FlatCall.ROUTE.ordinal, number, bytes), "$length")
            assertEquals(FlatCall.DEFECT, status(FlatCall.ROUTE_MANY.ordinal, number, bytes), "$length")
        }
        for (end in whole.indices) assertEquals(FlatCall.DEFECT, status(FlatCall.ROUTE.ordinal, number, whole.copyOf(end)))
        assertEquals(FlatCall.DEFECT, status(FlatCall.ROUTE.ordinal, number, whole + 0))
        assertEquals(FlatCall.DEFECT, status(FlatCall.ROUTE.ordinal, number, byteArrayOf(0, 0, 0, 1, -1)))
    }

    @Test
    fun `lengths of arrays are checked on both sides`() {
        val (input, output) = ByteArray(8) to ByteArray(64)
        fun call(size: Int, room: Int) = FlatFunction.alipay_instore_call(FlatCall.LIBRARY.ordinal, 0, input, size, output, room)
        for ((size, room) in listOf(-1 to 64, Int.MIN_VALUE to 64, 0 to -1, 0 to 0, 0 to FlatCall.TICKET - 1)) assertEquals(-1, call(size, room))
        assertThrows(IllegalArgumentException::class.java) { FlatCall.called(FlatCall.LIBRARY.ordinal, 0, input, 9, 64) }
        assertThrows(IllegalArgumentException::class.java) { FlatCall.called(FlatCall.LIBRARY.ordinal, 0, input, -1, 64) }
    }

    @Test
    fun `an answer that does not fit is fetched whole, once`() {
        val fitting = FlatCall.called(FlatCall.LIBRARY.ordinal, 0, ByteArray(0), 0, 4096)
        val kept = FlatCall.called(FlatCall.LIBRARY.ordinal, 0, ByteArray(0), 0, 0)
        assertEquals(listOf(fitting.byte(), fitting.text()), listOf(kept.byte(), kept.text()))
        assertEquals(fitting.list { text() }, kept.list { text() })
        assertEquals(FlatCall.CLOSED, status(FlatCall.KEPT.ordinal, 1, ByteArray(0)))
        assertEquals(FlatCall.CLOSED, status(FlatCall.KEPT.ordinal, Long.MAX_VALUE, ByteArray(0)))
    }

    @Test
    fun `an object that is gone, and one of another kind, is closed and never another object`() {
        val router = Router()
        val number = number(router)
        router.close()
        val route = code.bytes.copyOf(code.size)
        assertEquals(FlatCall.CLOSED, status(FlatCall.ROUTE.ordinal, number, route))
        assertEquals(FlatCall.CLOSED, status(FlatCall.SIGN_REQUEST.ordinal, number(Router().also { objects += it }), route))
        assertEquals("client.closed", Fixture.code { router.route("281003020000000000125733") })
        assertEquals("client.closed", Fixture.code { router.routeMany(listOf("281003020000000000125733")) })
    }

    @Test
    fun `numbers, texts and arrays come back as they were written`() {
        val bytes = random.nextBytes(300)
        val written = Arguments(1).text("19.99 ¥ 😀").bytes(bytes).long(Long.MIN_VALUE).int(-2).short(65_535).flag(true)
            .optional("there") { text(it) }.optional(null as String?) { text(it) }.list(listOf(1L, -1L)) { long(it) }
        val read = Answer(written.bytes, written.size)
        assertEquals("19.99 ¥ 😀", read.text())
        assertArrayEquals(bytes, read.bytes())
        assertEquals(listOf(Long.MIN_VALUE, 0xffff_fffeL, 65_535, true), listOf(read.long(), read.unsigned(), read.short(), read.flag()))
        assertEquals(listOf("there", null), listOf(read.optional { text() }, read.optional { text() }))
        assertEquals(listOf(1L, -1L), read.list { long() })
        assertThrows(IllegalStateException::class.java) { read.byte() }
    }

    private fun number(router: Router): Long =
        Router::class.java.getDeclaredField("number").apply { isAccessible = true }.getLong(router)

    private companion object {
        /** Held, so that their numbers stay alive. */
        val objects = mutableListOf<AutoCloseable>()
    }
}
