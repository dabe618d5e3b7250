package alipay.instore

import java.net.InetAddress
import java.net.Socket
import javax.net.ssl.SSLSocketFactory

/** A socket factory that is another object and does what the one behind it does. */
internal class DelegatingSockets(private val behind: SSLSocketFactory) : SSLSocketFactory() {
    override fun getDefaultCipherSuites(): Array<String> = behind.defaultCipherSuites

    override fun getSupportedCipherSuites(): Array<String> = behind.supportedCipherSuites

    override fun createSocket(): Socket = behind.createSocket()

    override fun createSocket(socket: Socket, host: String, port: Int, autoClose: Boolean): Socket =
        behind.createSocket(socket, host, port, autoClose)

    override fun createSocket(host: String, port: Int): Socket = behind.createSocket(host, port)

    override fun createSocket(host: String, port: Int, localHost: InetAddress, localPort: Int): Socket =
        behind.createSocket(host, port, localHost, localPort)

    override fun createSocket(host: InetAddress, port: Int): Socket = behind.createSocket(host, port)

    override fun createSocket(address: InetAddress, port: Int, localAddress: InetAddress, localPort: Int): Socket =
        behind.createSocket(address, port, localAddress, localPort)
}

/** This machine, which no proxy reaches. */
internal object Loopback {
    private val ADDRESS = Regex("127(\\.[0-9]{1,3}){3}")

    fun isHost(host: String): Boolean {
        val name = host.removePrefix("[").removeSuffix("]").lowercase()
        return name == "localhost" || name == "::1" || name == "0:0:0:0:0:0:0:1" || ADDRESS.matches(name)
    }
}
