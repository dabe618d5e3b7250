package alipay.instore

import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File

/** Whatever a host can call says what it is for. */
class DocumentationTest {
    private val modules = listOf("../library", "../testing").map { File(it, "src/main/kotlin") }

    @Test
    fun `every public declaration has a comment`() {
        var seen = 0
        for (file in modules.flatMap { it.walkTopDown() }.filter { it.extension == "kt" }) {
            val lines = file.readLines()
            for ((index, line) in lines.withIndex()) {
                if (!DECLARED.containsMatchIn(line) || line.trim() in NAMELESS) continue
                seen++
                val before = lines.take(index).last { !it.trim().startsWith("@") }
                val inside = INLINE.containsMatchIn(line)
                assertTrue(inside || before.trim().endsWith("*/"), "${file.name}:${index + 1} $line")
            }
        }
        assertTrue(seen > 400, "only $seen declarations")
    }

    private companion object {
        val DECLARED = Regex("^ *(@JvmField )?public ")
        val INLINE = Regex("/\\*\\*.*\\*/")
        val NAMELESS = setOf("public companion object {")
    }
}
