package alipay.instore.model

import alipay.instore.AlipayException
import alipay.instore.ffi.chinaTexts
import alipay.instore.native
import alipay.instore.ffi.ChinaOrder as FfiChinaOrder
import alipay.instore.ffi.Flight as FfiFlight
import alipay.instore.ffi.Hotel as FfiHotel
import alipay.instore.ffi.SoldGoods as FfiSoldGoods

/** A stay at a hotel. */
public class Hotel(
    /** The hotel's name. */
    public val name: String,
    /** The day of arrival, `yyyy-MM-dd` in UTC+8. */
    public val checkin: String,
    /** The day of departure, `yyyy-MM-dd` in UTC+8. */
    public val checkout: String,
)

/** A flight. */
public class Flight(
    /** The flight's number. */
    public val number: String,
    /** The departure, `yyyy-MM-dd HH:mm`. */
    public val departure: String,
)

/** Goods of one kind. */
public class SoldGoods(
    /** The name of the SKU. */
    public val sku: String,
    /** How many. */
    public val quantity: Long,
)

/**
 * What Alipay in China asks to know about hotels, flights, studies and goods, as lists, from which the texts and the business
 * types of [ChinaExtraTransInfo] follow. Source: Alipay, pay (consumer-presented mode), order.env.extendInfo.
 */
public class ChinaOrder {
    /** Stays at hotels: business type 1. */
    public var hotels: List<Hotel> = emptyList()

    /** Flights: business type 2. */
    public var flights: List<Flight> = emptyList()

    /** URLs of admission notices of schools: business type 3. */
    public var admissionNoticeUrls: List<String> = emptyList()

    /** Goods: business type 4. */
    public var goods: List<SoldGoods> = emptyList()

    /** The number of all goods together; left out, it is their sum. */
    public var totalQuantity: Long? = null

    /** Whether there is something else too: business type 5. It is so by itself where all lists are empty. */
    public var other: Boolean = false

    /**
     * The texts that are sent; `request.invalid` for a value that holds a separator, `|` or, in the name of goods, `^`. Forms
     * and lengths are checked with the whole request.
     */
    public fun toTexts(): ChinaExtraTransInfo {
        val order = FfiChinaOrder(
            hotels.map { FfiHotel(it.name, it.checkin, it.checkout) },
            flights.map { FfiFlight(it.number, it.departure) },
            admissionNoticeUrls,
            goods.map { FfiSoldGoods(it.sku, count("goodsInfo", it.quantity)) },
            totalQuantity?.let { count("totalQuantity", it) },
            other,
        )
        return ChinaExtraTransInfo().also { it.read(Model.parse(native { chinaTexts(order) })) }
    }

    /** The same where a request takes it: `env.extendInfo = chinaOrder.toExtendInfo()`. */
    public fun toExtendInfo(): ExtendInfo = ExtendInfo().also { it.chinaExtraTransInfo = toTexts() }

    private fun count(field: String, value: Long): ULong {
        if (value >= 0) return value.toULong()
        val path = "order.env.extendInfo.chinaExtraTransInfo.$field"
        throw AlipayException.of("request.invalid", "a number of goods is below zero", path, null)
    }
}
