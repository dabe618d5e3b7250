package alipay.instore

import okhttp3.Call
import okhttp3.EventListener
import okhttp3.MediaType
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody
import java.io.IOException
import java.util.concurrent.TimeUnit

/**
 * A transport over OkHttp, for hosts that have it: on the JVM add `com.squareup.okhttp3:okhttp-jvm`, on Android `okhttp`.
 *
 * Of the host's client the connection pool, proxy, interceptors and TLS settings are kept; redirects and repetitions are
 * switched off, since a request goes out once. [extraRoots] are certificates, as PEM, that are trusted besides the
 * platform's ([TrustedRoots]); without them the client's own TLS settings count.
 */
public class OkHttpTransport @JvmOverloads constructor(
    client: OkHttpClient = OkHttpClient(),
    extraRoots: ByteArray? = null,
) : Transport {
    private val client: OkHttpClient = client.newBuilder()
        .apply { extraRoots?.let { pem -> TrustedRoots(pem).let { sslSocketFactory(it.socketFactory, it.trustManager) } } }
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false)
        .connectTimeout(3, TimeUnit.SECONDS)
        .readTimeout(10, TimeUnit.SECONDS)
        .build()

    override suspend fun post(request: SignedRequest): HttpReply {
        val builder = Request.Builder().url(request.url)
        for (header in request.headers) if (!header.name.equals("Content-Type", true)) builder.header(header.name, header.value)
        builder.post(request.body.toRequestBody(contentType(request)))
        val progress = Progress()
        val call = client.newBuilder().eventListener(progress).build().newCall(builder.build())
        return onIo({ exchange(call, progress) }, { call.cancel() })
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
            if (!progress.writing) throw TransportException(Certainty.NOT_SENT, "no connection to the gateway came about", e)
            throw e
        }
    }

    /** Whether a byte of the request may have been written. */
    private class Progress : EventListener() {
        @Volatile
        var writing = false

        override fun requestHeadersStart(call: Call) {
            writing = true
        }
    }

    private companion object {
        fun contentType(request: SignedRequest): MediaType? = request.header("Content-Type")?.toMediaType()
    }
}
