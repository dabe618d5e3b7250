package alipay.instore

import alipay.instore.ffi.InternalException
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File

/** What a process says whose native library can't be used. */
class LibraryTest {
    private fun probe(library: String): List<String> = Fixture.java(
        listOf("-Duniffi.component.alipay_instore.libraryOverride=$library"), "alipay.instore.NativeProbe",
    )

    @Test
    fun `a library that is missing is named, every time`() {
        assertEquals(listOf("config.missing library", "config.missing library"), probe("no_such_library"))
    }

    @Test
    fun `a library of another version is refused with both versions`() {
        assertNull(NativeLibrary.otherVersion(NativeLibrary.VERSION))
        val error = NativeLibrary.otherVersion("0.0.9")!!
        assertEquals(listOf("config.invalid", "library"), listOf(error.code, error.path))
        assertTrue("0.0.9" in error.reason && NativeLibrary.VERSION in error.reason && error.hint.isNotEmpty())
    }

    @Test
    fun `a panic of the native library is a defect with its first line`() {
        val error = assertThrows(AlipayException.Internal::class.java) { native { throw InternalException("boom\nat 0x1") } }
        assertEquals(listOf("internal.panic", "boom"), listOf(error.code, error.reason))
    }

    @Test
    fun `the version is that of the jar and of the crate`() {
        val pom = Regex("<version>(.*?)</version>").find(File("../pom.xml").readText())!!.groupValues[1]
        val crate = Regex("^version = \"(.*?)\"", RegexOption.MULTILINE).find(File("../../Cargo.toml").readText())!!.groupValues[1]
        assertEquals(listOf(NativeLibrary.VERSION, NativeLibrary.VERSION), listOf(pom, crate))
    }

    @Test
    fun `a library of another kind is named, every time`() {
        assertEquals(listOf("config.invalid library", "config.invalid library"), probe("c"))
    }
}

/** The process itself. */
internal object NativeProbe {
    @JvmStatic
    fun main(arguments: Array<String>) = repeat(2) {
        try {
            Amount.fromMajor("1", "USD")
            println("loaded")
        } catch (e: AlipayException.Configuration) {
            println("${e.code} ${e.path}")
        }
    }
}
