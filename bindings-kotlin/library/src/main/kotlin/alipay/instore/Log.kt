package alipay.instore

import java.util.logging.Logger
import java.util.logging.Level as UtilLevel

/** The log `alipay.instore`: by `System.Logger` on the JVM, and by `java.util.logging` on Android, which has no other. */
internal interface Log {
    enum class Level { DEBUG, WARNING, ERROR }

    fun isLoggable(level: Level): Boolean

    fun log(level: Level, text: String, cause: Throwable? = null)

    companion object {
        const val NAME = "alipay.instore"

        val STEPS: Log = try {
            Class.forName("java.lang.System\$Logger")
            SystemLog()
        } catch (_: ClassNotFoundException) {
            UtilLog()
        }
    }
}

/** For the check of what Android has: this class is used only where the platform has what it calls. */
@Retention(AnnotationRetention.BINARY)
@kotlin.annotation.Target(AnnotationTarget.CLASS)
internal annotation class NotOnAndroid

@NotOnAndroid
private class SystemLog : Log {
    private val logger = System.getLogger(Log.NAME)

    private fun of(level: Log.Level) = when (level) {
        Log.Level.DEBUG -> System.Logger.Level.DEBUG
        Log.Level.WARNING -> System.Logger.Level.WARNING
        Log.Level.ERROR -> System.Logger.Level.ERROR
    }

    override fun isLoggable(level: Log.Level) = logger.isLoggable(of(level))

    override fun log(level: Log.Level, text: String, cause: Throwable?) = logger.log(of(level), text, cause)
}

private class UtilLog : Log {
    private val logger = Logger.getLogger(Log.NAME)

    private fun of(level: Log.Level) = when (level) {
        Log.Level.DEBUG -> UtilLevel.FINE
        Log.Level.WARNING -> UtilLevel.WARNING
        Log.Level.ERROR -> UtilLevel.SEVERE
    }

    override fun isLoggable(level: Log.Level) = logger.isLoggable(of(level))

    override fun log(level: Log.Level, text: String, cause: Throwable?) = logger.log(of(level), text, cause)
}
