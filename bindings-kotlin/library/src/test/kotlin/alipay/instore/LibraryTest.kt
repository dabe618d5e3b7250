package alipay.instore

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File
import java.util.concurrent.TimeUnit

/** What a process says whose native library can't be used. */
class LibraryTest {
    private fun probe(library: String): List<String> {
        val java = File(System.getProperty("java.home"), "bin/java").path
        val process = ProcessBuilder(
            java, "-cp", System.getProperty("java.class.path"),
            "-Duniffi.component.alipay_instore.libraryOverride=$library", "alipay.instore.NativeProbe",
        ).redirectErrorStream(true).start()
        val lines = process.inputStream.bufferedReader().readLines()
        assertTrue(process.waitFor(60, TimeUnit.SECONDS))
        return lines
    }

    @Test
    fun `a library that is missing is named, every time`() {
        assertEquals(listOf("config.missing library", "config.missing library"), probe("no_such_library"))
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
