package alipay.instore

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.ByteArrayInputStream
import java.io.File
import javax.imageio.ImageIO

class QrTest {
    @Test
    fun `the same code as SVG, PNG and text`() {
        val text = "https://qr.example/pay?order=ab-cd"
        assertTrue(Qr.svg(text).startsWith("<?xml"))
        val png = Qr.png(text)
        assertArrayEquals(byteArrayOf(0x89.toByte(), 0x50, 0x4e, 0x47), png.copyOf(4))
        // 29 modules and a margin of 4 on both sides, 8 pixels each.
        assertEquals((29 + 8) * 8, ImageIO.read(ByteArrayInputStream(png)).width)
        // By another encoder, with each mask that the standard allows.
        val others = Json.parseToJsonElement(File("../../core/tests/fixtures/qr.json").readText()).jsonObject.getValue("codes").jsonArray
        assertEquals(3, others.size)
        for (other in others) {
            val drawn = Qr.terminal(other.jsonObject.getValue("text").jsonPrimitive.content)
            assertTrue(other.jsonObject.getValue("terminal").jsonArray.any { it.jsonPrimitive.content == drawn }, drawn)
        }
        assertTrue(Qr.terminal(text, colours = true).startsWith("\u001b[97;40m"))
        val refused = assertThrows(AlipayException::class.java) { Qr.svg("x".repeat(5_000)) }
        assertEquals("qr.too_long", refused.code)
    }
}
