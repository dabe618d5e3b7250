import alipay.instore.Amount;
import alipay.instore.Client;
import alipay.instore.Limits;
import alipay.instore.MemoryStore;
import alipay.instore.OkHttpTransport;
import alipay.instore.Outcome;
import alipay.instore.PaymentResult;
import alipay.instore.Protocol;
import alipay.instore.SandboxSettings;
import alipay.instore.Shop;
import alipay.instore.Transport;
import alipay.instore.UrlConnectionTransport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.OkHttpClient;

/**
 * Payments over HTTP, 64 at once: {@code java Pay FOLDER jdk|okhttp WARM}, where FOLDER is that of the gateway, and WARM how many
 * seconds it pays before it is timed.
 */
final class Pay {
    private static final int AT_ONCE = 64;
    private static final Amount AMOUNT = Amount.parse("19.99 USD");

    /** Codes that the gateway has not seen; each is paid at once. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Client client;

    /** What the codes begin with: no other program of the run makes the same. */
    private final String codes;

    private Pay(Client client, String codes) {
        this.client = client;
        this.codes = codes;
    }

    public static void main(String[] arguments) throws Exception {
        SandboxSettings settings = SandboxSettings.fromFile(Path.of(arguments[0], "sandbox.json").toFile(), Protocol.AMS);
        Shop shop = new Shop("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7");
        boolean okHttp = arguments[1].equals("okhttp");
        Transport transport = okHttp
                ? new OkHttpTransport(new OkHttpClient(), settings.getCaPem())
                : new UrlConnectionTransport(3_000, 10_000, null, settings.getCaPem());
        Client client = new Client.Builder(settings.getMerchant(), new MemoryStore())
                .transport(transport)
                .shop(shop)
                .notifyUrlConfigured(true)
                // More than a machine can do: the client is not to be held back by its own rate.
                .limits(new Limits(128, 1_000_000, 1_000_000))
                .build();
        Pay pay = new Pay(client, okHttp ? "2810060280016" : "2810060280014");
        double warm = Double.parseDouble(arguments[2]);
        double[] warming = {Double.NaN};
        Questions.answerEach(Map.of("pay", seconds -> {
            if (Double.isNaN(warming[0])) {
                warming[0] = pay.measure(warm)[1];
            }
            double[] measured = pay.measure(seconds);
            return String.format(
                    Locale.ROOT, "{\"per_second\":%f,\"processor_us_each\":%f,\"warming_us_each\":%f}",
                    measured[0], measured[1], warming[0]);
        }));
        client.close();
    }

    /** How many payments a second, and the microseconds of processor time of each. */
    private double[] measure(double seconds) {
        long begun = System.nanoTime();
        long used = Questions.processor();
        long until = begun + (long) (seconds * 1e9);
        AtomicInteger made = new AtomicInteger();
        List<CompletableFuture<Void>> lanes = new ArrayList<>();
        for (int lane = 0; lane < AT_ONCE; lane++) {
            lanes.add(work(until, made));
        }
        CompletableFuture.allOf(lanes.toArray(new CompletableFuture<?>[0])).join();
        double taken = (System.nanoTime() - begun) / 1e9;
        double each = (Questions.processor() - used) / 1e3 / made.get();
        return new double[] {made.get() / taken, each};
    }

    private CompletableFuture<Void> work(long until, AtomicInteger made) {
        String code = codes + Long.toString(100_000_000_000L + NUMBERS.incrementAndGet()).substring(1);
        return client.calls().payCode(code, AMOUNT, "Two coffees").future().thenCompose((PaymentResult result) -> {
            if (!(result.getOutcome() instanceof Outcome.Succeeded)) {
                throw new IllegalStateException("a payment ended otherwise: " + result.getOutcome());
            }
            made.incrementAndGet();
            return System.nanoTime() < until ? work(until, made) : CompletableFuture.completedFuture(null);
        });
    }
}
