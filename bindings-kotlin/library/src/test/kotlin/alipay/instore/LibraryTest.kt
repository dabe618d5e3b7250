package alipay.instore

import alipay.instore.ffi.InternalException
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File
import java.net.URL
import java.net.URLClassLoader
import java.util.concurrent.Callable
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit

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
        val calls = FlatCall.values().map { it.name }
        assertNull(NativeLibrary.otherVersion(NativeLibrary.VERSION, calls))
        val error = NativeLibrary.otherVersion("0.0.9", calls)!!
        assertEquals(listOf("config.invalid", "library"), listOf(error.code, error.path))
        assertTrue("0.0.9" in error.reason && NativeLibrary.VERSION in error.reason && error.hint.isNotEmpty())
        assertEquals("config.invalid", NativeLibrary.otherVersion(NativeLibrary.VERSION, calls.drop(1))!!.code)
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
    fun `what the JVM says about a library that does not load is told with its cause`() {
        for ((said, words) in listOf(
            UnsatisfiedLinkError("/tmp/jna-1/jna2.tmp: /tmp/jna-1/jna2.tmp: failed to map segment from shared object") to "jna.tmpdir",
            UnsatisfiedLinkError("Failed to create temporary file for /com/sun/jna/linux-x86-64/libjnidispatch.so library: Read-only file system") to
                "jna.tmpdir",
            UnsatisfiedLinkError("Error loading shared library ld-linux-x86-64.so.2: No such file or directory (needed by /tmp/jna.tmp)") to "musl",
            NoClassDefFoundError("com/sun/jna/Native") to "net.java.dev.jna:jna",
            NoSuchMethodError("void com.sun.jna.Native.register(java.lang.Class, java.lang.String)") to "5.14",
            Error("There is an incompatible JNA native library installed on this system\nExpected: 7.0.4\nFound: 5.2.0") to "libjnidispatch",
            IllegalStateException("Illegal native access from: unnamed module") to "--enable-native-access",
        )) {
            val error = problemOf(said)
            assertTrue(words in error.hint, error.hint)
            assertTrue(said.message!!.lineSequence().first() in error.reason, error.reason)
            assertEquals(listOf(said, "library"), listOf(error.cause, error.path))
        }
    }

    @Test
    fun `a folder for temporary files that can't be used is named`() {
        val lines = Fixture.java(listOf("-Djna.tmpdir=/proc/nowhere", "-Djava.io.tmpdir=/proc/nowhere"), "alipay.instore.NativeProbe")
        // Before them JNA warns in words of its own.
        assertEquals(listOf("config.invalid library", "config.invalid library"), lines.takeLast(2))
    }

    @Test
    fun `without JNA the exception says so`() {
        val path = System.getProperty("java.class.path").split(File.pathSeparator).filter { "jna" !in File(it).name }
        val lines = Fixture.java(emptyList(), "alipay.instore.NativeProbe", classPath = path.joinToString(File.pathSeparator))
        assertEquals(listOf("config.missing library", "config.missing library"), lines)
    }

    @Test
    fun `a library that was unloaded with its classes can be loaded again`() {
        assertEquals(List(3) { "deployed" }, Fixture.java(listOf("-XX:+UseSerialGC"), "alipay.instore.DeployProbe"))
    }

    @Test
    fun `a library of another kind is named, every time`() {
        assertEquals(listOf("config.invalid library", "config.invalid library"), probe("c"))
    }
}

/** An app that is deployed again and again in one process: its classes go, and its library with them, and both come again. */
internal object DeployProbe {
    @JvmStatic
    fun main(arguments: Array<String>) = repeat(3) {
        val urls = System.getProperty("java.class.path").split(File.pathSeparator).map { File(it).toURI().toURL() }
        // The threads that called into the library end only after the classes are gone, as those of a server do.
        val threads = Executors.newFixedThreadPool(4)
        deploy(urls.toTypedArray(), threads)
        repeat(5) {
            System.gc()
            Thread.sleep(50)
        }
        threads.shutdown()
        threads.awaitTermination(10, TimeUnit.SECONDS)
        println("deployed")
    }

    private fun deploy(urls: Array<URL>, threads: ExecutorService) {
        URLClassLoader(urls, ClassLoader.getPlatformClassLoader()).use { classes ->
            val amounts = classes.loadClass("alipay.instore.Amount").getField("Companion").get(null)
            val make = amounts.javaClass.getMethod("fromMajor", String::class.java, String::class.java)
            threads.invokeAll(List(8) { Callable { make.invoke(amounts, "19.99", "USD") } }).forEach { it.get() }
        }
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
