package androidx.lifecycle

import android.os.Handler
import android.os.Looper
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.asCoroutineDispatcher

interface LifecycleOwner

private val main = CoroutineScope(SupervisorJob() + { work: Runnable -> Handler(Looper.getMainLooper()).post(work); Unit }.asDispatcher())

private fun ((Runnable) -> Unit).asDispatcher() = java.util.concurrent.Executor(this).asCoroutineDispatcher()

/** On the main thread, and never cancelled. */
val LifecycleOwner.lifecycleScope: CoroutineScope get() = main
