package alipay.instore.model

/** The environment of the order. Source: Alipay, pay (consumer-presented mode), order.env. */
public class Env : Model() {
    /** On what the merchant's side runs. */
    public var terminalType: String? by text()

    /** The operating system of the customer's device. */
    public var osType: String? by text()

    /** The User-Agent header with which the wallet opened the merchant's page. Required for an entry code. */
    public var userAgent: String? by text()

    /** A token of the customer's device. */
    public var deviceTokenId: String? by text()

    /** The IP address of the customer's device. */
    public var clientIp: String? by text()

    /** A cookie of the customer's device. */
    public var cookieId: String? by text()

    /** The till. AMS requires it for payment code and order code. */
    public var storeTerminalId: String? by text()

    /**
     * When the till sent the request, with milliseconds. Left out, it is the time of the request, in milliseconds
     * since the epoch.
     */
    public var storeTerminalRequestTime: Long? by time()

    /** Information for special cases, sent as JSON text in a string. */
    public var extendInfo: ExtendInfo? by model(::ExtendInfo)
}

/** The members of `ExtendInfo`. */
public class ExtendInfo : Model() {
    /** What Alipay in China asks to know about the trade. */
    public var chinaExtraTransInfo: ChinaExtraTransInfo? by model(::ChinaExtraTransInfo)
}

/** The texts as they are sent. `ChinaOrder` makes them from lists. */
public class ChinaExtraTransInfo : Model() {
    /** One or more of 1 hotel, 2 flight, 3 study abroad, 4 trade, 5 other, joined by `|`. */
    public var businessType: String? by text()

    /** Flight numbers. Business type 2. */
    public var flightNumber: String? by text()

    /** Departures, `yyyy-MM-dd HH:mm`, one a flight. Business type 2. */
    public var departureTime: String? by text()

    /** Hotels. Business type 1. */
    public var hotelName: String? by text()

    /** Arrivals, `yyyy-MM-dd` in UTC+8, one a hotel. Business type 1. */
    public var checkinTime: String? by text()

    /** Departures, `yyyy-MM-dd` in UTC+8, one a hotel. Business type 1. */
    public var checkoutTime: String? by text()

    /** URLs of admission notices. Business type 3. */
    public var admissionNoticeUrl: String? by text()

    /** Goods as `name^quantity`. Business type 4. */
    public var goodsInfo: String? by text()

    /** The number of all goods together. Business type 4. */
    public var totalQuantity: Long? by integer()
}
