package alipay.instore

import java.io.EOFException
import java.io.IOException
import java.net.ConnectException
import java.net.NoRouteToHostException
import java.net.SocketException
import java.net.SocketTimeoutException
import java.net.UnknownHostException
import java.security.cert.CertificateException
import java.security.cert.CertificateExpiredException
import java.security.cert.CertificateNotYetValidException
import javax.net.ssl.SSLException
import javax.net.ssl.SSLPeerUnverifiedException

/**
 * Why a connection did not come about, in the words of the other languages. Whoever calls it knows that nothing was sent.
 *
 * Some of it is told only by texts, since Java gives its exceptions for proxies and for TLS no types; the tests meet each.
 */
internal class ConnectFailure private constructor(private val met: IOException, private val byProxy: Boolean) {
    private val chain: List<Throwable> = generateSequence<Throwable>(met) { it.cause }.take(DEEPEST).toList()

    private val who = if (byProxy) "the gateway, reached through the proxy," else "the gateway"

    private fun says(vararg parts: String) = chain.any { e -> parts.any { e.message.orEmpty().contains(it, ignoreCase = true) } }

    private inline fun <reified T : Throwable> has() = chain.any { it is T }

    private fun because(code: String, reason: String, hint: String? = null) =
        TransportException(Certainty.NOT_SENT, reason, met, code, hint)

    private fun read(): TransportException = when {
        has<CertificateException>() || has<SSLPeerUnverifiedException>() || says("HTTPS hostname wrong") -> certificate()
        byProxy -> ofProxy() ?: ofTls() ?: because("transport.proxy", "no connection came about through the proxy")
        else -> ofTls() ?: direct()
    }

    private fun direct(): TransportException = when {
        has<UnknownHostException>() -> because("transport.name_not_found", "the gateway's name has no address here")
        has<SocketTimeoutException>() || says("timed out") ->
            because("transport.connect_timeout", "no connection to the gateway came about in time")
        has<NoRouteToHostException>() || says("unreachable", "no route") ->
            because("transport.not_sent", "there is no route to the gateway from this machine")
        has<ConnectException>() && says("refused") ->
            because("transport.refused", "the gateway's address refused the connection")
        else -> because("transport.not_sent", "no connection to the gateway came about")
    }

    private fun ofProxy(): TransportException? = when {
        says("HTTP/1.1 407", "HTTP/1.0 407", "authenticate with proxy", "SOCKS : authentication", "SOCKS: authentication") ->
            because(
                "transport.proxy_authentication",
                "the proxy wants a user and a password, or does not accept those that it was given",
                "this request was not sent; give the JVM the proxy's user and password, such as by java.net.Authenticator",
            )
        has<UnknownHostException>() -> because("transport.proxy", "the proxy's name, or the gateway's, has no address here")
        says("tunnel", "CONNECT", "SOCKS") -> because("transport.proxy", "the proxy did not connect to the gateway")
        has<SocketTimeoutException>() || says("timed out") -> because(
            "transport.connect_timeout",
            "no connection to the gateway came about through the proxy in time",
            "this request was not sent; check the proxy, and its way to the gateway",
        )
        has<ConnectException>() && says("refused") -> because("transport.proxy", "the proxy's address refused the connection")
        else -> null
    }

    private fun ofTls(): TransportException? {
        if (!has<SSLException>()) return null
        if (has<EOFException>() || has<SocketException>() || says("terminated the handshake", "connection closed")) {
            return because(
                "transport.not_sent",
                "the connection was closed before TLS was agreed on",
                "this request was not sent; check the gateway's URL and port, and whether a firewall cuts TLS connections",
            )
        }
        val reason = if (says("unrecognized SSL message", "plaintext", "Unable to parse TLS packet", "wrong version number")) {
            "$who does not speak TLS at this port"
        } else {
            "no TLS connection could be agreed on with $who"
        }
        return because(
            "transport.protocol",
            reason,
            "this request was not sent; check the scheme and the port of the gateway's URL: the other side does not speak " +
                "what the URL says",
        )
    }

    private fun certificate(): TransportException {
        val (why, hint) = when {
            has<CertificateExpiredException>() -> "has expired" to CLOCK
            has<CertificateNotYetValidException>() -> "is not valid yet" to CLOCK
            has<SSLPeerUnverifiedException>() || says("subject alternative", "no name matching", "hostname") ->
                "is for another name" to
                    "this request was not sent; check the host of the gateway's URL, and whether something on the way answers " +
                    "in its place"
            says("revoked") -> "was revoked" to null
            says("certification path", "trust anchor", "PKIX path building") ->
                "comes from an authority that is not trusted here" to
                    "this request was not sent; check the gateway's URL; if your network inspects TLS, or for the sandbox, " +
                    "add its authority to the extra roots"
            else -> "is not accepted" to null
        }
        return because("transport.certificate", "the certificate of $who $why", hint)
    }

    companion object {
        private const val DEEPEST = 16
        private const val CLOCK = "this request was not sent; check the clock of this machine; if it is right, whoever runs " +
            "the other side has to renew the certificate"

        fun of(met: IOException, byProxy: Boolean): TransportException = ConnectFailure(met, byProxy).read()
    }
}
