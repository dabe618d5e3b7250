package alipay.instore

import alipay.instore.AlipayException.Entry

// Why the native library does not load, by what the JVM and JNA say about it.

private class Known(val code: String, val reason: String, val hint: String, val words: List<String>)

private val KNOWN = listOf(
    Known(
        "config.missing", "JNA is not on the class path",
        "add net.java.dev.jna:jna 5.14 or newer, which the POM of this library names; on Android its AAR",
        listOf("NoClassDefFoundError: com/sun/jna/", "ClassNotFoundException: com.sun.jna.", "NoClassDefFoundError: com.sun.jna."),
    ),
    Known(
        "config.invalid", "JNA is older than this library needs, or its native part is that of another version",
        "use net.java.dev.jna:jna 5.14 or newer, and no jna.boot.library.path or installed libjnidispatch of another version",
        listOf("incompatible JNA native library", "NoSuchMethodError", "NoSuchFieldError", "IncompatibleClassChangeError"),
    ),
    Known(
        "config.invalid", "the JVM refuses native code",
        "start it with --enable-native-access=ALL-UNNAMED, or with the name of the module that holds JNA",
        listOf("IllegalCallerException", "Illegal native access"),
    ),
    Known(
        "config.invalid", "nothing that can be run may be put into the folder for temporary files",
        "name a folder that can be written and is not mounted noexec in the system property jna.tmpdir, or unpack both native " +
            "libraries from their jars and name their folders in jna.boot.library.path and jna.library.path",
        listOf(
            "failed to map segment", "Operation not permitted", "Permission denied", "Read-only file system",
            "Failed to create temporary file", "create temp", "No space left on device", "IOException",
        ),
    ),
    Known(
        "config.invalid", "the native library is for another C library than this system's",
        "the jar carries the library for Linux with glibc 2.17 or newer; on Alpine and other systems with musl build it there, " +
            "and name its folder in jna.library.path",
        listOf("ld-linux", "ld-musl", "libc.musl", "GLIBC_", "__libc", "Error relocating", "Error loading shared library"),
    ),
    Known(
        "config.invalid", "the native library has another version than this package", OTHER_VERSION,
        listOf("symbol", "checksum mismatch", "contract version mismatch", "Error looking up function"),
    ),
)

private const val OTHER_VERSION = "use the jar and the native library of one build"
private const val MISSING = "the jar carries the library for Linux x86-64; elsewhere build it and name its folder in " +
    "jna.library.path, or on Android put it into jniLibs"

/** What is wrong, in words, with what the JVM said as the cause. */
internal fun problemOf(cause: Throwable): AlipayException {
    val chain = generateSequence(cause) { it.cause }.take(DEEP).toList()
    val said = chain.joinToString("\n") { "$it" }
    val known = KNOWN.firstOrNull { known -> known.words.any { it in said } }
    if (known != null) return unusable(known.code, "${known.reason}: ${firstLine(chain)}", known.hint, cause)
    val machine = "${System.getProperty("os.name")} ${System.getProperty("os.arch")}"
    return if (chain.any { it is UnsatisfiedLinkError }) {
        unusable("config.missing", "the native library of alipay-instore was not found for $machine", MISSING, cause)
    } else {
        unusable("config.invalid", "the native library can't be used on $machine: ${firstLine(chain)}", OTHER_VERSION, cause)
    }
}

internal fun otherVersion(reason: String, cause: Throwable?): AlipayException =
    unusable("config.invalid", reason, OTHER_VERSION, cause)

private fun firstLine(chain: List<Throwable>): String =
    chain.last().let { it.message ?: it.javaClass.name }.lineSequence().first().take(LINE)

private fun unusable(code: String, reason: String, hint: String, cause: Throwable?): AlipayException =
    AlipayException.of(Entry(code, "configuration", false, reason, hint, "library", cause))

private const val DEEP = 16
private const val LINE = 300
