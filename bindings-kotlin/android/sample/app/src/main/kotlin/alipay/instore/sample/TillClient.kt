package alipay.instore.sample

import alipay.instore.Client
import alipay.instore.FileStore
import alipay.instore.Merchant
import alipay.instore.Shop
import alipay.instore.Transport
import android.content.Context
import java.io.File

// ANCHOR: client
/** The one client of the process, over a store that is neither backed up nor copied to another device. */
fun tillClient(context: Context, merchant: Merchant, transport: Transport): Client {
    val shop = Shop("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7").settlementCurrency("USD")
    return Client.Builder(merchant, FileStore(File(context.noBackupFilesDir, "payments")))
        .shop(shop)
        .transport(transport)
        .clock(AndroidClock)
        .build()
}
// ANCHOR_END: client
