package com.journeyapps.barcodescanner

import androidx.activity.result.contract.ActivityResultContract

// Stand-ins for the camera as a scanner, which needs AndroidX.

class ScanIntentResult(val contents: String?)

class ScanContract : ActivityResultContract<ScanOptions, ScanIntentResult>()

@Suppress("UNUSED_PARAMETER")
class ScanOptions {
    fun setBeepEnabled(enabled: Boolean) = this

    fun setOrientationLocked(locked: Boolean) = this
}
