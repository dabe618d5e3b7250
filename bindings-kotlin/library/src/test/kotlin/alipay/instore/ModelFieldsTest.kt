package alipay.instore

import alipay.instore.model.Model
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File

/** The models have the fields that the core declares, of the same kinds: read from its source, where they are listed once. */
class ModelFieldsTest {
    private class Field(val json: String, val type: String, val list: Boolean)

    private val api = File(System.getProperty("alipay.instore.core") ?: "../../core/src", "api")

    /** The declarations of this macro, wherever they stand. */
    private fun blocks(macro: String): Sequence<String> {
        val block = Regex("^$macro! \\{$(.*?)^}$", setOf(RegexOption.MULTILINE, RegexOption.DOT_MATCHES_ALL))
        return api.walkTopDown().filter { it.extension == "rs" }.flatMap { block.findAll(it.readText()) }.map { it.groupValues[1] }
    }

    /** The enums of words, which are text here. */
    private val words: Set<String> =
        blocks("words").flatMap { Regex("pub enum (\\w+)").findAll(it) }.map { it.groupValues[1] }.toSet()

    private val structs: Map<String, List<Field>> = blocks("model").flatMap { STRUCT.findAll(it) }.associate { struct ->
        struct.groupValues[1] to FIELD.findAll(struct.groupValues[2]).map { field ->
            Field(field.groupValues[2], field.groupValues[1].trim('[', ']'), field.groupValues[1].startsWith('['))
        }.toList()
    }

    private fun kotlinName(rust: String): String = RENAMED[rust] ?: rust

    private fun kotlinType(field: Field): String = when {
        field.list -> "List"
        field.type in PLAIN -> PLAIN.getValue(field.type)
        field.type in words -> "String"
        else -> kotlinName(field.type)
    }

    @Test
    fun `every field of the core is a property of its kind, and every property a field`() {
        assertTrue(structs.size > 25, "${structs.keys}")
        for ((rust, fields) in structs) {
            val model = Class.forName("alipay.instore.model.${kotlinName(rust)}")
            assertEquals(Model::class.java, model.superclass)
            val expected = fields.associate { it.json.lowercase() to kotlinType(it) }
            val getters = model.declaredMethods.filter { it.parameterCount == 0 && GETTER.matches(it.name) }
            val found = getters.associate { GETTER.find(it.name)!!.groupValues[1].lowercase() to it.returnType.simpleName }
            assertEquals(expected.toSortedMap(), found.toSortedMap(), rust)
        }
    }

    @Test
    fun `every property is written under the name of the core`() {
        val samples = mapOf<Class<*>, Any>(
            String::class.java to "x",
            java.lang.Long::class.java to 1L,
            java.lang.Boolean::class.java to true,
            Amount::class.java to Amount.fromMinor(1, "USD"),
            List::class.java to emptyList<Any>(),
            Scenario::class.java to Scenario.ORDER_CODE,
        )
        for ((rust, fields) in structs) {
            val type = Class.forName("alipay.instore.model.${kotlinName(rust)}")
            val model = type.getDeclaredConstructor().newInstance() as Model
            for (setter in type.declaredMethods.filter { it.name.startsWith("set") && it.parameterCount == 1 }) {
                val kind = setter.parameterTypes.single()
                setter.invoke(model, samples[kind] ?: kind.getDeclaredConstructor().newInstance())
            }
            assertEquals(fields.map { it.json }.toSet(), model.toJson().keys, rust)
        }
    }

    private companion object {
        val STRUCT = Regex("pub struct (\\w+) \\{\n(.*?)\n {4}}", RegexOption.DOT_MATCHES_ALL)
        val FIELD = Regex("^ {8}\\w+: (\\[?\\w+]?) = \"(\\w+)\"", RegexOption.MULTILINE)
        val GETTER = Regex("(?:get(?=[A-Z])|(?=is[A-Z]))(\\w+)")

        /** Where Kotlin has another name, since the core's stands for something else here, or says too little by itself. */
        val RENAMED = mapOf(
            "PaymentResult" to "ApiResult", "Merchant" to "OrderMerchant", "ExtendMembers" to "ExtendInfo",
            "Notification" to "NotificationBody",
        )
        val PLAIN = mapOf(
            "String" to "String", "bool" to "Boolean", "u64" to "Long", "Amount" to "Amount", "StatedAmount" to "Amount",
            "Time" to "Long", "Currency" to "String", "PaymentCode" to "String", "PaymentRequestId" to "String",
            "DecimalText" to "String", "Scenario" to "Scenario",
        )
    }
}
