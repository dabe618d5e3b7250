package alipay.instore

import alipay.instore.model.ChinaOrder
import alipay.instore.model.Flight
import alipay.instore.model.Hotel
import alipay.instore.model.PayRequest
import alipay.instore.model.SoldGoods
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.math.BigDecimal

class BasicsTest {
    @Test
    fun `a key signs what its public half verifies, and nothing else`() {
        val key = SigningKey.load(Fixture.privateKey)
        assertEquals(2048, key.bits)
        val content = Content("POST", "/ams/api/v1/payments/pay", "T_1", "1685599933871", "{}".toByteArray())
        val header = key.sign(content, 1)
        assertTrue(header.startsWith("algorithm=RSA256,keyVersion=1,signature="))
        key.verifyingKey().verify(header, content)
        val changed = Content("POST", "/ams/api/v1/payments/pay", "T_1", "1685599933871", "{ }".toByteArray())
        val wrong = assertThrows(AlipayException.Signature::class.java) { key.verifyingKey().verify(header, changed) }
        assertEquals("signature.mismatch", wrong.code)
        assertTrue(wrong.hint.isNotEmpty())
    }

    @Test
    fun `a key shows its fingerprint and no byte of itself`() {
        val key = SigningKey.load(Fixture.privateKey)
        assertEquals("SigningKey(${key.fingerprint})", key.toString())
        assertEquals(key.fingerprint, VerifyingKey.load(key.verifyingKey().toPem()).fingerprint)
        assertEquals("key.public_given", Fixture.code { SigningKey.load(key.verifyingKey().toPem()) })
        assertEquals("signature.key_version", Fixture.code { key.sign(Content("POST", "/", "c", "t", ByteArray(0)), -1) })
    }

    @Test
    fun `a key that was closed says so`() {
        val key = SigningKey.load(Fixture.privateKey)
        key.close()
        key.close()
        val content = Content("POST", "/", "T_1", "0", ByteArray(0))
        assertEquals("client.closed", Fixture.code { key.sign(content) })
        assertEquals("client.closed", Fixture.code { key.verifyingKey() })
    }

    @Test
    fun `prices become minor units`() {
        assertEquals(1999, Amount.fromMajor(BigDecimal("19.99"), "USD").value)
        assertEquals(1999, Amount.fromMajor("19.99", "JPY", Rounding.DOWN).value * 100 + 99)
        assertEquals("5.00 USD", Amount.fromMinor(500, "USD").toString())
        assertEquals(BigDecimal("0.500"), Amount.fromMinor("500", "KWD").toBigDecimal())
        assertEquals(Amount.fromMinor(500, "USD"), Amount.fromMajor("5", "USD"))
        assertEquals("amount.excess_precision", Fixture.code { Amount.fromMajor(BigDecimal("1.999"), "USD") })
        assertEquals("amount.format", Fixture.code { Amount.fromMajor(BigDecimal("-1"), "USD") })
        assertEquals("amount.format", Fixture.code { Amount.fromMajor(BigDecimal("1E+100000000"), "USD") })
        assertEquals("amount.format", Fixture.code { Amount.fromMinor(-1, "USD") })
        assertEquals("currency.unknown", Fixture.code { Amount.fromMajor("1", "XQZ") })
        assertEquals(100, Amount.fromMajor(BigDecimal("1E+2"), "JPY").value)
    }

    @Test
    fun `a payment code shows itself masked`() {
        val code = PaymentCode.of(" 281006020000000000125733\r\n")
        assertEquals("281006020000000000125733", code.expose())
        assertFalse("0000000001" in code.toString())
        assertEquals("code.prefix", Fixture.code { PaymentCode.of("991006020000000000125733") })
    }

    @Test
    fun `u12 what a scanner or a cashier delivers is read, and anything else is named`() {
        for (scanned in listOf("]C1281006020000000000125733\r\n", "2810 0602 0000 0000 0012 5733", "\u0002281006020000000000125733\rx")) {
            val code = PaymentCode.fromScan(scanned)
            assertEquals(listOf("281006020000000000125733", CodeKind.CGCP, "006"), listOf(code.expose(), code.kind, code.routingNumber))
        }
        val shop = assertThrows(AlipayException.Code::class.java) { PaymentCode.fromScan("https://shop.example/pay") }
        assertEquals(listOf("code.not_digits", ScannedAs.SHOP_CODE), listOf(shop.code, shop.scannedAs))
        assertTrue("customer" in shop.hint, shop.hint)
        val twice = assertThrows(AlipayException.Code::class.java) { PaymentCode.fromScan("281006020000000000125733".repeat(2)) }
        assertEquals(ScannedAs.REPEATED_CODE, twice.scannedAs)
    }

    @Test
    fun `u12 a serial scanner's stream is read line by line`() {
        ScannedLines().use { lines ->
            assertTrue(lines.push("]C12810060200".toByteArray()).isEmpty())
            val (good, bad) = lines.push("00000000125733\rnot a code\r\n6".toByteArray())
            assertEquals("281006020000000000125733", good.code!!.expose())
            assertEquals(listOf(null, "code.not_digits"), listOf(bad.code, bad.error!!.code))
            assertEquals("code.length", lines.finish()!!.error!!.code)
            assertNull(lines.finish())
        }
    }

    @Test
    fun `a wallet is known by its pspId, and its step`() {
        assertEquals(listOf("KAKAOPAY", null), listOf(Wallets.ofPspId("1022172000000000001"), Wallets.ofPspId("KAKAOPAY")))
        assertNull(Amount.stepOf("NO_WALLET"))
    }

    @Test
    fun `a router says where and why`() {
        val router = Router(alipayPlus = true, direct = listOf(DirectWallet("MPAY", routingNumber = "003")))
        val route = router.route("281003020000000000125733")
        assertEquals(listOf(Target.WALLET, "MPAY", RoutingRule.DIRECT_WALLET), listOf(route.target, route.wallet, route.rule))
        assertEquals(RoutingRule.ALIPAY_PLUS_19, router.route(PaymentCode.of("2893612204263667830")).rule)
        assertEquals("router.configuration", Fixture.code { Router(direct = listOf(DirectWallet("MPAY"))) })
        assertEquals("code.unroutable", Fixture.code { Router(alipayPlus = false).route("281003020000000000125733") })
    }

    @Test
    fun `many codes are routed at once, and a wrong one has an error of its own`() {
        val router = Router(direct = listOf(DirectWallet("MPAY", routingNumber = "003")))
        val codes = listOf("281003020000000000125733", "not a code", "2893612204263667830", "281003020000000000125733", "")
        val routed = router.routeMany(codes)
        for ((code, one) in codes zip routed) {
            val alone = runCatching { router.route(code) }
            assertEquals("${alone.getOrNull()}", "${one.route}")
            assertEquals((alone.exceptionOrNull() as? AlipayException)?.code, one.error?.code)
        }
        assertTrue(router.routeMany(emptyList()).isEmpty())
        assertEquals(5_000, router.routeMany(List(5_000) { codes[0] }).count { it.route?.wallet == "MPAY" })
    }

    @Test
    fun `half of a surrogate pair raises an error of this library`() {
        assertEquals("amount.format", Fixture.code { Amount.fromMajor("1\uD800", "USD") })
        assertEquals("code.not_digits", Fixture.code { PaymentCode.of("\uDFFF") })
        assertEquals("code.not_digits", Fixture.code { PaymentCode.fromScan("28100302000000000012573\uD83D") })
    }

    @Test
    fun `a result comes with advice`() {
        val advice = ResultCode.advice(Protocol.AMS, Operation.PAY, "F", "USER_BALANCE_NOT_ENOUGH")
        assertEquals(listOf(Meaning.PAYMENT_REFUSED, Retry.NEW_ID, true), listOf(advice.meaning, advice.retry, advice.newIdNeeded))
        assertTrue(advice.cashierEn.isNotEmpty() && advice.cashierZh.isNotEmpty())
        assertEquals(Meaning.UNKNOWN, ResultCode.advice(Protocol.AMS, Operation.PAY, "?", "SUCCESS").meaning)
    }

    @Test
    fun `a wallet's minimum is known, and checked where the wallet is`() {
        assertEquals(Amount.fromMajor("0.1", "HKD"), Amount.minimumOf("ALIPAY_HK"))
        assertNull(Amount.minimumOf("NO_WALLET"))
        val code = PaymentCode.of("281006020000000000125733")
        // Two minimums are published; only what is below the lower one is refused.
        fun request(price: String) = PayRequest.forPaymentCode("p1", Amount.fromMajor(price, "MYR"), code, Fixture.order())
        val merchant = Fixture.merchant()
        for (price in listOf("0.04", "0.05")) {
            assertEquals("p1", PaymentOrder.of(request(price), merchant, notifyUrlConfigured = true).paymentRequestId)
        }
        assertEquals("p1", PaymentOrder.of(request("0.05"), merchant, "TNG", true).paymentRequestId)
        assertEquals("request.below_minimum", Fixture.code { PaymentOrder.of(request("0.04"), merchant, "TNG", true) })
    }

    @Test
    fun `an order in China is told as lists`() {
        val order = ChinaOrder().apply {
            hotels = listOf(Hotel("Peace", "2025-07-01", "2025-07-03"), Hotel("Harbour", "2025-07-03", "2025-07-04"))
            flights = listOf(Flight("CA931", "2025-07-04 13:45"))
            goods = listOf(SoldGoods("tea", 2), SoldGoods("cup", 3))
        }
        val texts = order.toTexts()
        assertEquals("1|2|4", texts.businessType)
        assertEquals(listOf("Peace|Harbour", "2025-07-01|2025-07-03"), listOf(texts.hotelName, texts.checkinTime))
        assertEquals(listOf("tea^2|cup^3", 5L), listOf(texts.goodsInfo, texts.totalQuantity))
        assertEquals("5", ChinaOrder().toTexts().businessType)
        val path = "order.env.extendInfo.chinaExtraTransInfo.hotelName"
        val error = assertThrows(AlipayException.Request::class.java) { ChinaOrder().apply { hotels = listOf(Hotel("a|b", "", "")) }.toTexts() }
        assertEquals(listOf("request.invalid", path), listOf(error.code, error.path))
        assertEquals("request.invalid", Fixture.code { ChinaOrder().apply { totalQuantity = -1 }.toTexts() })
        val request = PayRequest.forPaymentCode("p1", Amount.fromMinor(1, "USD"), PaymentCode.of("281006020000000000125733"), Fixture.order())
        request.order!!.env!!.extendInfo = order.toExtendInfo()
        assertTrue("tea^2|cup^3" in PaymentOrder.of(request, Fixture.merchant(), notifyUrlConfigured = true).request)
    }

    @Test
    fun `the words are those of the core`() {
        for (protocol in Protocol.values()) assertEquals(protocol, Policy.preset(protocol).protocol)
        for (operation in Operation.values()) {
            assertEquals(operation, Operation.of(operation.ffi()))
            assertEquals(operation, Operation.of(operation.word))
        }
        for (scenario in Scenario.values()) assertEquals(scenario, Scenario.of(scenario.ffi()))
        assertEquals("config.invalid", Fixture.code { Protocol.of("wechat") })
        assertEquals("request.invalid", Fixture.code { Scenario.of("x") })
    }

    @Test
    fun `every code of the catalogue has its class`() {
        val codes = AlipayException.codes()
        assertTrue(codes.size > 50)
        assertEquals(AlipayException.Key::class.java, codes["key.encrypted"])
        assertEquals(AlipayException.Internal::class.java, codes["internal.panic"])
        assertEquals(1, codes.values.count { it == AlipayException.Internal::class.java })
        assertEquals(11, codes.values.toSet().size)
        val charged = AlipayException.catalogue().associate { it.code to it.mayHaveCharged }
        assertEquals(listOf(MayHaveCharged.NEVER, MayHaveCharged.MAYBE), listOf(charged["key.empty"], charged["transport.timeout"]))
    }

    @Test
    fun `the catalogue is the shared one`() {
        val shared = Fixture.errors().associateBy { it["code"].text() }
        assertEquals(shared.keys, AlipayException.codes().keys)
        for ((code, type) in AlipayException.codes()) {
            val entry = shared.getValue(code)
            val error = AlipayException.of(code, "", null, null)
            assertEquals(entry["category"].text(), type.simpleName.lowercase())
            assertEquals(entry["retryable"].text(), error.retryable.toString())
            assertEquals(entry["hint"].text(), error.hint)
        }
    }
}
