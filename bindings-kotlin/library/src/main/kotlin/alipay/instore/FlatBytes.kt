package alipay.instore

/** The arguments of a call as bytes: numbers with the highest byte first, texts and arrays behind their length. */
internal class Arguments(capacity: Int = 128) {
    var bytes: ByteArray = ByteArray(capacity)
        private set

    var size: Int = 0
        private set

    fun byte(value: Int): Arguments = apply {
        room(1)
        bytes[size++] = value.toByte()
    }

    fun flag(value: Boolean): Arguments = byte(if (value) 1 else 0)

    fun short(value: Int): Arguments = byte(value ushr 8).byte(value)

    fun int(value: Int): Arguments = apply {
        room(Int.SIZE_BYTES)
        put(size, value)
        size += Int.SIZE_BYTES
    }

    fun long(value: Long): Arguments = int((value ushr 32).toInt()).int(value.toInt())

    fun bytes(value: ByteArray): Arguments = apply {
        int(value.size)
        room(value.size)
        value.copyInto(bytes, size)
        size += value.size
    }

    /** A text as UTF-8. What is no character, half of a surrogate pair, becomes a question mark. */
    fun text(value: String): Arguments = apply {
        room(Int.SIZE_BYTES + value.length)
        val begin = size + Int.SIZE_BYTES
        for (at in value.indices) {
            val letter = value[at]
            if (letter.code >= 0x80) return bytes(value.toByteArray())
            bytes[begin + at] = letter.code.toByte()
        }
        put(size, value.length)
        size = begin + value.length
    }

    inline fun <T : Any> optional(value: T?, put: Arguments.(T) -> Unit): Arguments = apply {
        flag(value != null)
        if (value != null) put(value)
    }

    inline fun <T> list(values: Collection<T>, put: Arguments.(T) -> Unit): Arguments = apply {
        int(values.size)
        for (value in values) put(value)
    }

    private fun put(at: Int, value: Int) {
        bytes[at] = (value ushr 24).toByte()
        bytes[at + 1] = (value ushr 16).toByte()
        bytes[at + 2] = (value ushr 8).toByte()
        bytes[at + 3] = value.toByte()
    }

    private fun room(more: Int) {
        val needed = Math.addExact(size, more)
        if (needed <= bytes.size) return
        // Twice as much, unless that is more than an array can have.
        bytes = bytes.copyOf(maxOf(needed, minOf(bytes.size.toLong() * 2, MOST).toInt()))
    }

    private companion object {
        const val MOST = Int.MAX_VALUE - 16L
    }
}

/** The answer of a call. */
internal class Answer(private val bytes: ByteArray, private val size: Int) {
    private var at = 0

    fun byte(): Int = bytes[next(1)].toInt()

    fun flag(): Boolean = byte() != 0

    fun short(): Int {
        val from = next(Short.SIZE_BYTES)
        return (bytes[from].toInt() and 0xff shl 8) or (bytes[from + 1].toInt() and 0xff)
    }

    fun int(): Int {
        val from = next(Int.SIZE_BYTES)
        return (bytes[from].toInt() and 0xff shl 24) or (bytes[from + 1].toInt() and 0xff shl 16) or
            (bytes[from + 2].toInt() and 0xff shl 8) or (bytes[from + 3].toInt() and 0xff)
    }

    fun long(): Long = (int().toLong() shl 32) or (int().toLong() and 0xffff_ffffL)

    /** A number of 32 bits without a sign. */
    fun unsigned(): Long = int().toLong() and 0xffff_ffffL

    fun text(): String {
        val length = int()
        return String(bytes, next(length), length, Charsets.UTF_8)
    }

    fun bytes(): ByteArray {
        val length = int()
        val from = next(length)
        return bytes.copyOfRange(from, from + length)
    }

    inline fun <T> optional(read: Answer.() -> T): T? = if (flag()) read() else null

    inline fun <T> list(read: Answer.() -> T): List<T> = List(int()) { read() }

    private fun next(length: Int): Int {
        check(length in 0..size - at) { "an answer of the native library is too short" }
        return at.also { at += length }
    }
}
