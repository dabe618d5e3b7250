package alipay.instore.testing

import java.io.File
import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions

/** Where the program `alipay-instore` is: named by the host, carried in this artefact, or in the `PATH`. */
internal object Program {
    fun path(): String =
        System.getProperty("alipay.instore.program") ?: System.getenv("ALIPAY_INSTORE_PROGRAM") ?: carried?.path ?: "alipay-instore"

    /** The program of this artefact, written out once a process and removed at its end. */
    private val carried: File? by lazy {
        if (System.getProperty("os.name") != "Linux" || System.getProperty("os.arch") != "amd64") return@lazy null
        val resource = Program::class.java.getResourceAsStream("linux-x86-64/alipay-instore") ?: return@lazy null
        // Nobody else may put another program there: the folder is only its owner's.
        val folder = Files.createTempDirectory("alipay-instore-program")
        val program = folder.resolve("alipay-instore")
        resource.use { Files.copy(it, program) }
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("r-x------"))
        // In the reverse order: the folder is removed once it is empty.
        folder.toFile().deleteOnExit()
        program.toFile().also { it.deleteOnExit() }
    }
}
