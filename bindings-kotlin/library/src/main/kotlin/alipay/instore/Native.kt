package alipay.instore

import alipay.instore.AlipayException.Entry
import alipay.instore.ffi.Failure
import alipay.instore.ffi.InternalException
import alipay.instore.ffi.uniffiEnsureInitialized

/** The native library: loaded once, of this very version, or refused with words that say what to do. */
internal object NativeLibrary {
    /** The version of this package, which the native library must have too. */
    const val VERSION: String = "0.1.0"

    private val problem: AlipayException? by lazy { tried { otherVersion() } }

    private val declaredProblem: AlipayException? by lazy {
        problem ?: tried {
            uniffiEnsureInitialized()
            null
        }
    }

    /** Its name, or the file that a host chose; the generated code looks there too. */
    fun file(): String = System.getProperty("uniffi.component.alipay_instore.libraryOverride") ?: "alipay_instore_kotlin"

    /** It is loaded, or an exception says why it can't be. */
    fun ensure(): Unit = raise(problem)

    /** The same, and what UniFFI declares is what this package knows. */
    fun ensureDeclared(): Unit = raise(declaredProblem)

    // Made again each time, so that its stack is that of the call.
    private fun raise(problem: AlipayException?) {
        problem?.let { throw AlipayException.of(Entry(it.code, "configuration", false, it.reason, it.hint, it.path, it.cause)) }
    }

    private fun tried(load: () -> AlipayException?): AlipayException? = try {
        load()
    } catch (e: RuntimeException) {
        problemOf(e)
    } catch (e: Error) {
        // JNA throws a plain Error where its own native part is of another version.
        problemOf(e)
    }

    private fun otherVersion(): AlipayException? {
        val library = FlatCall.LIBRARY.unchecked(this, 0, Arguments())
        return otherVersion(library.text(), library.list { text() })
    }

    /** What is wrong with a library that says it is of this version and has these calls. */
    fun otherVersion(found: String, calls: List<String>): AlipayException? = when {
        found != VERSION -> otherVersion("the native library has version $found, this package $VERSION", null)
        calls != FlatCall.values().map { it.name } -> otherVersion("the native library has other calls than this package", null)
        else -> null
    }
}

/** Calls what UniFFI declares, and turns what it throws into [AlipayException]. */
internal inline fun <T> native(call: () -> T): T = declared(::argumentName, call)

/** The same for a text or a file of the host's: an error names what is at fault as the text does. */
internal inline fun <T> nativeReading(call: () -> T): T = declared({ it }, call)

internal inline fun <T> declared(noinline named: (String) -> String, call: () -> T): T {
    NativeLibrary.ensureDeclared()
    try {
        return call()
    } catch (e: Failure.Failed) {
        throw AlipayException.of(e, named)
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
