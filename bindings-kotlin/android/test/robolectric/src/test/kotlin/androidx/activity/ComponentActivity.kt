package androidx.activity

import android.app.Activity
import androidx.activity.result.ActivityResultLauncher
import androidx.activity.result.contract.ActivityResultContract
import androidx.lifecycle.LifecycleOwner

/** A stand-in: no other activity is ever started. */
open class ComponentActivity : Activity(), LifecycleOwner {
    @Suppress("UNUSED_PARAMETER")
    fun <I, O> registerForActivityResult(contract: ActivityResultContract<I, O>, callback: (O) -> Unit) = ActivityResultLauncher<I>()
}
