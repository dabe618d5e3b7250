package alipay.instore

import alipay.instore.AlipayException.Entry
import alipay.instore.ffi.Failure
import alipay.instore.ffi.InternalException
import alipay.instore.ffi.libraryVersion

/** The native library: loaded once, of this very version, or refused with words that say what to do. */
internal object NativeLibrary {
    /** The version of this package, which the native library must have too. */
    const val VERSION: String = "0.1.0"

    private val problem: AlipayException? by lazy { load() }

    fun ensure() {
        problem?.let { throw AlipayException.of(Entry(it.code, "configuration", false, it.reason, it.hint, it.path, it.cause)) }
    }

    private fun load(): AlipayException? {
        val found = try {
            libraryVersion()
        } catch (e: LinkageError) {
            return problemOf(e.cause as? RuntimeException ?: e)
        } catch (e: RuntimeException) {
            return problemOf(e)
        }
        return otherVersion(found)
    }

    /** What is wrong with a library that says it is of this version. */
    fun otherVersion(found: String): AlipayException? {
        if (found == VERSION) return null
        return unusable("config.invalid", "the native library has version $found, this package $VERSION", OTHER_VERSION, null)
    }

    private fun problemOf(cause: Throwable): AlipayException {
        val missing = generateSequence(cause) { it.cause }.any { it is UnsatisfiedLinkError && "symbol" !in it.message.orEmpty() }
        return if (missing) {
            val reason = "the native library of alipay-instore was not found for ${System.getProperty("os.name")} " +
                "${System.getProperty("os.arch")}"
            unusable("config.missing", reason, MISSING, cause)
        } else {
            unusable("config.invalid", "the native library has another version than this package", OTHER_VERSION, cause)
        }
    }

    private fun unusable(code: String, reason: String, hint: String, cause: Throwable?): AlipayException =
        AlipayException.of(Entry(code, "configuration", false, reason, hint, "library", cause))

    private const val MISSING =
        "the jar carries the library for Linux x86-64; elsewhere build it and name its folder in jna.library.path, " +
            "or on Android put it into jniLibs"
    private const val OTHER_VERSION = "use the jar and the native library of one build"
}

/** Calls the native library and turns what it throws into [AlipayException]. */
internal inline fun <T> native(call: () -> T): T {
    NativeLibrary.ensure()
    try {
        return call()
    } catch (e: Failure.Failed) {
        throw AlipayException.of(e)
    } catch (e: InternalException) {
        throw defect(e)
    } catch (e: IllegalStateException) {
        throw closed(e)
    }
}

@PublishedApi
internal fun defect(e: Exception): AlipayException =
    AlipayException.of("internal.panic", e.message.orEmpty().lineSequence().first(), null, e)

/** The generated code knows an object that was closed, and says so with this exception. */
@PublishedApi
internal fun closed(e: IllegalStateException): AlipayException =
    AlipayException.of("client.closed", "the object was closed and is used again", null, e)
