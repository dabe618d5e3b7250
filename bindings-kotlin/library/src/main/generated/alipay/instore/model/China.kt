// Generated from schema/messages/china.toml by `make generate`; do not edit.

package alipay.instore.model

/** The texts as they are sent. `ChinaOrder` makes them from lists. */
public class ChinaExtraTransInfo : Model() {
    /**
     * One or more of 1 hotel, 2 flight, 3 study abroad, 4 trade, 5 other, joined by `|`. At most 16 characters. Required.
     */
    public var businessType: String? by text()

    /** Flight numbers. Business type 2. At most 1000 characters. */
    public var flightNumber: String? by text()

    /** Departures, `yyyy-MM-dd HH:mm`, one a flight. Business type 2. */
    public var departureTime: String? by text()

    /** Hotels. Business type 1. At most 1000 characters. */
    public var hotelName: String? by text()

    /** Arrivals, `yyyy-MM-dd` in UTC+8, one a hotel. Business type 1. */
    public var checkinTime: String? by text()

    /** Departures, `yyyy-MM-dd` in UTC+8, one a hotel. Business type 1. */
    public var checkoutTime: String? by text()

    /** URLs of admission notices. Business type 3. At most 1000 characters. */
    public var admissionNoticeUrl: String? by text()

    /** Goods as `name^quantity`. Business type 4. At most 2000 characters. */
    public var goodsInfo: String? by text()

    /** The number of all goods together. Business type 4. */
    public var totalQuantity: Long? by integer()
}
