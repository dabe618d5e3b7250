package alipay.instore.sample

import alipay.instore.AlipayException
import alipay.instore.Amount
import alipay.instore.Outcome
import alipay.instore.PaymentResult
import alipay.instore.model.PaymentRequestIds
import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import android.content.IntentFilter
import android.os.Bundle
import android.view.WindowManager
import android.widget.Button
import android.widget.EditText
import android.widget.LinearLayout
import android.widget.TextView
import androidx.activity.ComponentActivity
import androidx.core.content.ContextCompat
import androidx.lifecycle.lifecycleScope
import com.journeyapps.barcodescanner.ScanContract
import com.journeyapps.barcodescanner.ScanOptions
import kotlinx.coroutines.launch

/** A price, a code from the camera, the device's scanner or the keyboard, and how the payment ended. */
class TillActivity : ComponentActivity() {
    private lateinit var price: EditText
    private lateinit var shown: TextView

    // Made once for each sale and kept when the screen is turned: the same id is the same payment.
    private var id = ""

    private val camera = registerForActivityResult(ScanContract()) { scan -> scan.contents?.let(::sell) }

    private val scanner = object : BroadcastReceiver() {
        override fun onReceive(context: Context, intent: Intent) {
            intent.getStringExtra(getString(R.string.scanner_extra))?.let(::sell)
        }
    }

    override fun onCreate(saved: Bundle?) {
        super.onCreate(saved)
        // A device that falls asleep loses its network while the customer types a password.
        window.addFlags(WindowManager.LayoutParams.FLAG_KEEP_SCREEN_ON)
        // A payment code in a text field belongs into no screenshot and into no list of recent apps.
        window.addFlags(WindowManager.LayoutParams.FLAG_SECURE)
        id = saved?.getString("id") ?: newId()
        price = EditText(this).apply { setText("19.99 USD") }
        shown = TextView(this)
        val code = EditText(this).apply { hint = "28100602…" }
        val scan = Button(this).apply {
            text = "Camera"
            setOnClickListener { camera.launch(ScanOptions().setBeepEnabled(false).setOrientationLocked(false)) }
        }
        val pay = Button(this).apply {
            text = "Pay"
            setOnClickListener { sell(code.text.toString()) }
        }
        val column = LinearLayout(this).apply { orientation = LinearLayout.VERTICAL }
        listOf(price, code, scan, pay, shown).forEach(column::addView)
        setContentView(column)
    }

    override fun onSaveInstanceState(out: Bundle) {
        super.onSaveInstanceState(out)
        out.putString("id", id)
    }

    override fun onStart() {
        super.onStart()
        val filter = IntentFilter(getString(R.string.scanner_action))
        // The scanner is another app.
        ContextCompat.registerReceiver(this, scanner, filter, ContextCompat.RECEIVER_EXPORTED)
    }

    override fun onStop() {
        unregisterReceiver(scanner)
        super.onStop()
    }

    private fun newId() = PaymentRequestIds.create("TILL7")

    private fun sell(code: String) {
        lifecycleScope.launch {
            shown.text = try {
                val result = (application as SampleApp).pay(code, Amount.parse(price.text.toString()), id).await()
                if (!result.isInProgress) id = newId()
                words(result)
            } catch (e: AlipayException) {
                if (e.mayHaveCharged) "The customer may have paid: press Pay again" else e.hint
            }
        }
    }

    private fun words(result: PaymentResult): String = when (val outcome = result.outcome) {
        Outcome.Succeeded -> "Paid"
        is Outcome.Unresolved -> "Call the office: ${outcome.reason.word}"
        null -> "Not decided yet: press Pay again, and charge nobody twice"
        else -> "Not paid"
    }
}
