package alipay.instore

import java.io.ByteArrayInputStream
import java.net.Socket
import java.security.GeneralSecurityException
import java.security.KeyStore
import java.security.cert.CertificateException
import java.security.cert.CertificateFactory
import java.security.cert.X509Certificate
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLEngine
import javax.net.ssl.SSLSocketFactory
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.X509ExtendedTrustManager

/**
 * Certificate authorities that are trusted besides the platform's, as those of a sandbox or of a company's proxy are.
 *
 * The transports of this package take the PEM itself; this class is for a host's own HTTP library. Nothing is switched off:
 * a server's chain must lead to an authority of the platform or to one of these, and its name is checked as ever.
 */
public class TrustedRoots(pem: ByteArray) {
    /** Decides about chains: first the platform does, and where it refuses, the authorities of the PEM. */
    public val trustManager: X509ExtendedTrustManager

    /** Makes connections by that decision. */
    public val socketFactory: SSLSocketFactory

    init {
        try {
            trustManager = Besides(managerOf(null), managerOf(storeOf(pem)))
            socketFactory = SSLContext.getInstance("TLS").apply { init(null, arrayOf(trustManager), null) }.socketFactory
        } catch (e: GeneralSecurityException) {
            throw AlipayException.of("transport.configuration", "a text that should hold certificates as PEM does not", null, e)
        }
    }

    /** The platform's decision, and where that is a refusal, the other's. */
    private class Besides(
        private val platform: X509ExtendedTrustManager,
        private val extra: X509ExtendedTrustManager,
    ) : X509ExtendedTrustManager() {
        private inline fun either(check: (X509ExtendedTrustManager) -> Unit) {
            try {
                check(platform)
            } catch (refused: CertificateException) {
                try {
                    check(extra)
                } catch (again: CertificateException) {
                    refused.addSuppressed(again)
                    throw refused
                }
            }
        }

        override fun checkServerTrusted(chain: Array<X509Certificate>, authType: String) =
            either { it.checkServerTrusted(chain, authType) }

        // With the socket or the engine a trust manager checks the name too, and Android its network settings.
        override fun checkServerTrusted(chain: Array<X509Certificate>, authType: String, socket: Socket) =
            either { it.checkServerTrusted(chain, authType, socket) }

        override fun checkServerTrusted(chain: Array<X509Certificate>, authType: String, engine: SSLEngine) =
            either { it.checkServerTrusted(chain, authType, engine) }

        override fun checkClientTrusted(chain: Array<X509Certificate>, authType: String) =
            either { it.checkClientTrusted(chain, authType) }

        override fun checkClientTrusted(chain: Array<X509Certificate>, authType: String, socket: Socket) =
            either { it.checkClientTrusted(chain, authType, socket) }

        override fun checkClientTrusted(chain: Array<X509Certificate>, authType: String, engine: SSLEngine) =
            either { it.checkClientTrusted(chain, authType, engine) }

        override fun getAcceptedIssuers(): Array<X509Certificate> = platform.acceptedIssuers + extra.acceptedIssuers
    }

    private companion object {
        fun storeOf(pem: ByteArray): KeyStore {
            val store = KeyStore.getInstance(KeyStore.getDefaultType()).apply { load(null, null) }
            val certificates = CertificateFactory.getInstance("X.509").generateCertificates(ByteArrayInputStream(pem))
            if (certificates.isEmpty()) throw CertificateException("no certificate")
            certificates.forEachIndexed { index, certificate -> store.setCertificateEntry("root-$index", certificate) }
            return store
        }

        /** The trust manager of these roots, or of the platform's. */
        fun managerOf(roots: KeyStore?): X509ExtendedTrustManager {
            val factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(roots) }
            return factory.trustManagers.filterIsInstance<X509ExtendedTrustManager>().firstOrNull()
                ?: throw GeneralSecurityException("no trust manager that checks names")
        }
    }
}
