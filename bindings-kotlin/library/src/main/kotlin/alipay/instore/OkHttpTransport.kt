package alipay.instore

import okhttp3.Call
import okhttp3.ConnectionPool
import okhttp3.EventListener
import okhttp3.HttpUrl
import okhttp3.HttpUrl.Companion.toHttpUrl
import okhttp3.MediaType
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Protocol
import okhttp3.Request
import okhttp3.RequestBody
import okio.BufferedSink
import java.io.IOException
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.Proxy
import java.net.UnknownHostException
import java.util.Collections
import java.util.IdentityHashMap
import java.util.concurrent.TimeUnit

/**
 * A transport over OkHttp, for hosts that have it: on the JVM add `com.squareup.okhttp3:okhttp-jvm`, on Android `okhttp`.
 *
 * Of the host's client the proxy, interceptors and TLS settings are kept; redirects and repetitions are switched off, since a
 * request goes out once. Connections are this transport's own and are kept for 15 seconds. This machine is always reached
 * without a proxy. [extraRoots] are certificates, as PEM, that are trusted besides the platform's ([TrustedRoots]); without them
 * the client's own TLS settings count.
 */
public class OkHttpTransport @JvmOverloads constructor(
    client: OkHttpClient = OkHttpClient(),
    extraRoots: ByteArray? = null,
) : Transport {
    @Volatile
    private var client: OkHttpClient = client.newBuilder()
        .apply { extraRoots?.let { pem -> TrustedRoots(pem).let { sslSocketFactory(it.socketFactory, it.trustManager) } } }
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false)
        .connectTimeout(3, TimeUnit.SECONDS)
        .readTimeout(10, TimeUnit.SECONDS)
        .connectionPool(pool())
        .build()

    override suspend fun post(request: SignedRequest): HttpReply {
        val builder = Request.Builder().url(request.url)
        for (header in request.headers) if (!header.name.equals("Content-Type", true)) builder.header(header.name, header.value)
        builder.post(OnceBody(request.body, contentType(request)))
        val progress = Progress()
        val built = builder.build()
        val call = client.newBuilder()
            .apply { if (Loopback.isHost(built.url.host)) proxy(Proxy.NO_PROXY) }
            .eventListener(progress).build().newCall(built)
        return onIo({ exchange(call, progress) }, { call.cancel() })
    }

    /** The connections that are busy now go on to their end; nothing new goes by them. */
    @Synchronized
    override fun giveUpIdle() {
        val old = client
        client = old.newBuilder().connectionPool(pool()).build()
        old.connectionPool.evictAll()
    }

    override fun usesProxy(url: String): Boolean {
        val at = url.toHttpUrl()
        if (Loopback.isHost(at.host)) return false
        val proxies = client.proxy?.let { listOf(it) } ?: client.proxySelector.select(at.toUri())
        return proxies.firstOrNull()?.let { it.type() != Proxy.Type.DIRECT } ?: false
    }

    private fun exchange(call: Call, progress: Progress): HttpReply {
        try {
            call.execute().use { response ->
                val source = response.body.source()
                if (source.request(Transport.MAX_BYTES + 1L)) {
                    throw AlipayException.of("message.too_large", "the answer is larger than a message may be", null, null)
                }
                val headers = response.headers.map { (name, value) -> Header(name, value) }
                return HttpReply(response.code, headers, source.readByteArray())
            }
        } catch (e: IOException) {
            if (progress.isEvidence(e)) throw ConnectFailure.of(e, progress.byProxy)
            throw e
        }
    }

    /** OkHttp repeats a request of its own accord after some statuses (503, 408, 421), but none that can be read once only. */
    private class OnceBody(private val bytes: ByteArray, private val type: MediaType?) : RequestBody() {
        override fun contentType(): MediaType? = type

        override fun contentLength(): Long = bytes.size.toLong()

        override fun isOneShot(): Boolean = true

        override fun writeTo(sink: BufferedSink) {
            sink.write(bytes)
        }
    }

    /**
     * What is known of a call that failed. An interceptor of the host may have sent the request by other means, so that nothing
     * was written here proves nothing: only the failure of a connection that is the call's own failure does.
     */
    private class Progress : EventListener() {
        private val failures: MutableSet<IOException> = Collections.synchronizedSet(Collections.newSetFromMap(IdentityHashMap()))

        @Volatile
        private var written = false

        @Volatile
        private var resolving = false

        @Volatile
        var byProxy = false

        fun isEvidence(e: IOException): Boolean =
            !written && (e in failures || e.suppressed.any { it in failures } || (resolving && e is UnknownHostException))

        override fun proxySelectEnd(call: Call, url: HttpUrl, proxies: List<Proxy>) {
            byProxy = proxies.firstOrNull()?.let { it.type() != Proxy.Type.DIRECT } ?: false
        }

        override fun dnsStart(call: Call, domainName: String) {
            resolving = true
        }

        override fun dnsEnd(call: Call, domainName: String, inetAddressList: List<InetAddress>) {
            resolving = false
        }

        override fun connectStart(call: Call, inetSocketAddress: InetSocketAddress, proxy: Proxy) {
            byProxy = proxy.type() != Proxy.Type.DIRECT
        }

        override fun connectFailed(
            call: Call,
            inetSocketAddress: InetSocketAddress,
            proxy: Proxy,
            protocol: Protocol?,
            ioe: IOException,
        ) {
            failures.add(ioe)
        }

        override fun requestHeadersStart(call: Call) {
            written = true
        }
    }

    private companion object {
        fun contentType(request: SignedRequest): MediaType? = request.header("Content-Type")?.toMediaType()

        /** As many as a client has requests under way: with fewer, a till at its busiest opens one for nearly every request. */
        const val KEPT = 128

        fun pool() = ConnectionPool(KEPT, 15, TimeUnit.SECONDS)
    }
}
