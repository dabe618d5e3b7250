package alipay.instore

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.lang.reflect.ParameterizedType
import java.lang.reflect.WildcardType

/** What a call gives shows itself in a log or a debugger. */
class ShownTest {
    @Test
    fun `whatever a call gives shows itself`() {
        val results = Calls::class.java.methods.filter { it.returnType == Call::class.java }
            .mapNotNull { it.genericReturnType as? ParameterizedType }
            .map { type -> type.actualTypeArguments.single().let { (it as? WildcardType)?.upperBounds?.single() ?: it } as Class<*> }
            .filter { it != Unit::class.java }.toSet()
        assertTrue(results.size > 8, "$results")
        val within = listOf(
            Alert::class.java, PaymentAlert::class.java, Unreadable::class.java, Resumption::class.java, Check::class.java,
            Notified.Taken::class.java, Notified.Unknown::class.java, Notified.Other::class.java, Acknowledgement::class.java,
        )
        val mute = (results - Notified::class.java + within).filter { it.getMethod("toString").declaringClass == Any::class.java }
        assertEquals(emptyList<Class<*>>(), mute)
    }
}
