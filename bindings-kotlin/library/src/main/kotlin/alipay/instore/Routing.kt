package alipay.instore

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.addJsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonArray
import alipay.instore.ffi.Router as FfiRouter

/** A wallet that is integrated without Alipay+ or Alipay in between. */
public class DirectWallet @JvmOverloads constructor(
    /** The wallet's name as the gateways write it, such as `ALIPAY_CN` or `MPAY`. */
    public val wallet: String,
    /** The three digits by which its codes are known. Only `ALIPAY_CN` and `ALIPAY_HK` can do without. */
    public val routingNumber: String? = null,
    /** The fewest digits its codes have; only rule set `ams` reads it. */
    public val minLength: Int? = null,
)

/** One of many codes: its [route], or the [error] that says why it has none. */
public class RoutedCode internal constructor(
    /** Where it goes. */
    public val route: Route?,
    /** What is wrong with the code; the others are routed as ever. */
    public val error: AlipayException?,
)

/** Routes payment codes by one configuration. Safe to share between threads. */
public class Router private constructor(private val ffi: FfiRouter) : AutoCloseable {
    private val number = native { ffi.number() }

    /** Makes a router; of AlipayCN and AlipayHK in [direct] the first listed is preferred. */
    @JvmOverloads
    public constructor(
        alipayPlus: Boolean = true,
        direct: List<DirectWallet> = emptyList(),
        ruleset: RoutingRules = RoutingRules.ALIPAY_PLUS,
    ) : this(native { FfiRouter.fromJson(configuration(alipayPlus, direct, ruleset).toString()) })

    /** Routes a scanned text. */
    public fun route(scanned: String): Route = routeOf(FlatCall.ROUTE.of(this, number, Arguments().text(scanned)))

    /** Routes a code that was checked before. */
    public fun route(code: PaymentCode): Route = route(code.expose())

    /** One call for many: for each code its route, or the error that says why it has none. */
    public fun routeMany(scanned: Collection<String>): List<RoutedCode> {
        // The length of most codes, so that the array seldom grows.
        val arguments = Arguments(scanned.size.coerceAtMost(MANY) * BYTES_OF_A_CODE + Int.SIZE_BYTES).list(scanned) { text(it) }
        val answer = FlatCall.ROUTE_MANY.of(this, number, arguments)
        val numbers = IntArray(answer.int()) { answer.int() }
        val routes = answer.list { RoutedCode(routeOf(this), null) }
        val errors = answer.list { RoutedCode(null, failure(this)) }
        return numbers.map { if (it >= 0) routes[it] else errors[-1 - it] }
    }

    override fun close(): Unit = ffi.close()

    public companion object {
        /** Makes a router from the JSON of its settings; unknown and doubled fields are refused. */
        @JvmStatic
        public fun fromJson(text: String): Router = Router(native { FfiRouter.fromJson(text) })

        private fun routeOf(from: Answer) = Route(
            Target.of(from.text()), from.optional { text() }, RoutingRule.of(from.text()), from.list { text() },
        )

        private const val BYTES_OF_A_CODE = 28
        private const val MANY = 1_000_000

        private fun configuration(alipayPlus: Boolean, direct: List<DirectWallet>, ruleset: RoutingRules): JsonObject =
            buildJsonObject {
                put("alipay_plus", alipayPlus)
                put("ruleset", ruleset.word)
                putJsonArray("direct") { direct.forEach { addJsonObject { wallet(it) } } }
            }

        private fun JsonObjectBuilder.wallet(wallet: DirectWallet) {
            put("wallet", wallet.wallet)
            wallet.routingNumber?.let { put("routing_number", it) }
            wallet.minLength?.let { put("min_length", it) }
        }
    }
}
