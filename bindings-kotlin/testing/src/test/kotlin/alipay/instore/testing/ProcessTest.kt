package alipay.instore.testing

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File
import java.util.concurrent.TimeUnit

/** The process of a sandbox. */
class ProcessTest {
    @Test
    fun `it ends with the JVM that started it, however that ends`() {
        val java = File(System.getProperty("java.home"), "bin/java").path
        val words = listOf(java, "-cp", System.getProperty("java.class.path"), "alipay.instore.testing.Leaving")
        val process = ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        val pid = process.inputStream.bufferedReader().readLine().toLong()
        assertTrue(process.waitFor(60, TimeUnit.SECONDS))
        assertEquals(3, process.exitValue())
        val sandbox = ProcessHandle.of(pid)
        if (sandbox.isPresent) sandbox.get().onExit().get(10, TimeUnit.SECONDS)
    }
}

/** Starts a sandbox and is gone, as a process that is killed. */
internal object Leaving {
    @JvmStatic
    fun main(arguments: Array<String>) {
        Sandbox.start()
        println(ProcessHandle.current().children().findFirst().get().pid())
        System.out.flush()
        Runtime.getRuntime().halt(3)
    }
}
