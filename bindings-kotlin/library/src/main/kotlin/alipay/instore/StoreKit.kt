package alipay.instore

import alipay.instore.ffi.StoreOpener
import alipay.instore.ffi.checkStoreProperty
import alipay.instore.ffi.storeProperties
import kotlinx.coroutines.runBlocking
import alipay.instore.ffi.Store as FfiStore

/**
 * Tests whether a store keeps the contract of [Store]: compare and set, claims, owners, lists, many writers at once. It is the
 * kit that tests the stores of this library.
 */
public object StoreKit {
    /** Opens a store. The same `property` again means the same records; another one means an empty store. */
    public fun interface Opener {
        /** Opens it, as one more process would. */
        public fun open(property: String): Store
    }

    /** The names of all properties. */
    @JvmStatic
    public fun properties(): List<String> = native { storeProperties() }

    /** Checks every property, and says what the store did that the contract does not allow; nothing if it keeps the contract. */
    @JvmSynthetic
    public suspend fun check(opener: Opener): List<String> = properties().mapNotNull { check(it, opener) }

    /** Checks one property. */
    @JvmSynthetic
    public suspend fun check(property: String, opener: Opener): String? {
        val opening = Opening(property, opener)
        return native { checkStoreProperty(property, opening) }.also { broken ->
            if (broken != null) opening.raised?.let { throw it }
        }
    }

    /** [check], blocking. */
    @JvmStatic
    public fun checkBlocking(opener: Opener): List<String> = runBlocking { check(opener) }

    private class Opening(private val property: String, private val opener: Opener) : StoreOpener {
        /** What the host's code raised: the tests of a host show it. */
        @Volatile
        var raised: Throwable? = null

        override fun open(): FfiStore? = try {
            opener.open(property).ffi()
        } catch (e: Throwable) {
            raised = e
            null
        }
    }
}
