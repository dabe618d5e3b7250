package alipay.instore.model

/** A word of a message. The documents list some; whatever else arrives stays readable. */
public abstract class OpenWord internal constructor(
    /** The word as it is sent, or as it came. */
    public val word: String,
) {
    override fun equals(other: Any?): Boolean = other is OpenWord && other.javaClass == javaClass && other.word == word

    override fun hashCode(): Int = word.hashCode()

    override fun toString(): String = word
}
