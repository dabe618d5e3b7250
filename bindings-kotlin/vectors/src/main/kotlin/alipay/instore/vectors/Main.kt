package alipay.instore.vectors

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import java.io.File
import java.io.IOException
import java.io.PrintStream
import kotlin.system.exitProcess

/** Runs files of vectors: one JSON object a case; 0 all matched, 1 some did not, 2 a file could not be read. */
fun main(files: Array<String>) {
    val out = PrintStream(System.out, false, "UTF-8")
    var status = 0
    for (name in files) {
        val file = try {
            VectorFile(Json.parseToJsonElement(File(name).readText()) as JsonObject)
        } catch (e: IOException) {
            status = unreadable(name, e)
            continue
        } catch (e: RuntimeException) {
            status = unreadable(name, e)
            continue
        }
        for (case in file.cases) {
            val answer = file.run(case)
            out.println(answer.line())
            answer.difference()?.let {
                System.err.println("$name: $it")
                if (status == 0) status = 1
            }
        }
    }
    out.flush()
    exitProcess(if (files.isEmpty()) 2 else status)
}

private fun unreadable(name: String, e: Exception): Int {
    System.err.println("$name: ${e.message}")
    return 2
}
