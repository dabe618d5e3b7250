package alipay.instore

import alipay.instore.ffi.NamedKey
import alipay.instore.ffi.SeenElsewhere

/** Other values that the caller holds possible for a message that does not verify, and other keys by a name for them. */
public class Alternatives @JvmOverloads constructor(
    /** Paths, such as that which the web framework saw. */
    private val paths: List<String> = emptyList(),
    /** Client ids. */
    private val clientIds: List<String> = emptyList(),
    /** Texts of the time header. */
    private val times: List<String> = emptyList(),
    /** Public keys by name, such as that of the sandbox. */
    private val keys: Map<String, VerifyingKey> = emptyMap(),
) {
    internal fun ffi() = SeenElsewhere(paths, clientIds, times, keys.map { NamedKey(it.key, it.value.ffi) })
}
