package alipay.instore

/** How many requests of a client may be under way, and how many may begin in a second. They hold for one process. */
public class Limits @JvmOverloads constructor(
    /** Requests that are under way at the same time. */
    public val inFlight: Int = 128,
    /** Requests a second, in the long run. */
    public val perSecond: Int = 1_000,
    /** Requests that may begin at once after a pause. */
    public val burst: Int = 1_000,
)
