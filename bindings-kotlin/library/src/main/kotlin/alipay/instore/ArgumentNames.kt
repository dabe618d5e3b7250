package alipay.instore

private val NEXT_WORD = Regex("(?<=[a-z0-9])_([a-z0-9])")

/**
 * What this library calls a setting or an argument of the core: `notifyUrl` for `notify_url`. Fields of messages and variables of
 * the environment have one name everywhere.
 */
internal fun argumentName(ofCore: String): String = NEXT_WORD.replace(ofCore) { it.groupValues[1].uppercase() }
