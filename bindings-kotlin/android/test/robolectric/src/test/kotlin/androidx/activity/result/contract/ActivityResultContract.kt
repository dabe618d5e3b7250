package androidx.activity.result.contract

abstract class ActivityResultContract<I, O>
