package androidx.activity.result

class ActivityResultLauncher<I> {
    @Suppress("UNUSED_PARAMETER")
    fun launch(input: I) = Unit
}
