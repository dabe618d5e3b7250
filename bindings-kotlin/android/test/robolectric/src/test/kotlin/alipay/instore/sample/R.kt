package alipay.instore.sample

/** What the build of an app makes of `res`. */
object R {
    object string {
        const val scanner_action = 1
        const val scanner_extra = 2
    }
}
