import alipay.instore.Amount;
import alipay.instore.Client;
import alipay.instore.Limits;
import alipay.instore.MemoryStore;
import alipay.instore.Outcome;
import alipay.instore.PaymentResult;
import alipay.instore.Protocol;
import alipay.instore.SandboxSettings;
import alipay.instore.Shop;
import alipay.instore.UrlConnectionTransport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Payments over HTTP, 64 at once: {@code java Pay FOLDER}, where FOLDER is that of the gateway. */
final class Pay {
    private static final int AT_ONCE = 64;
    private static final Amount AMOUNT = Amount.parse("19.99 USD");

    /** Codes that the gateway has not seen; each is paid at once. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Client client;

    private Pay(Client client) {
        this.client = client;
    }

    public static void main(String[] arguments) throws Exception {
        SandboxSettings settings = SandboxSettings.fromFile(Path.of(arguments[0], "sandbox.json").toFile(), Protocol.AMS);
        Shop shop = new Shop("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7");
        Client client = new Client.Builder(settings.getMerchant(), new MemoryStore())
                .transport(new UrlConnectionTransport(3_000, 10_000, null, settings.getCaPem()))
                .shop(shop)
                .notifyUrlConfigured(true)
                // More than a machine can do: the client is not to be held back by its own rate.
                .limits(new Limits(128, 1_000_000, 1_000_000))
                .build();
        Pay pay = new Pay(client);
        boolean[] warm = {false};
        Questions.answerEach(Map.of("pay", seconds -> {
            if (!warm[0]) {
                pay.measure(4.0);
                warm[0] = true;
            }
            return pay.measure(seconds);
        }));
        client.close();
    }

    private String measure(double seconds) {
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
        return String.format(Locale.ROOT, "{\"per_second\":%f,\"processor_us_each\":%f}", made.get() / taken, each);
    }

    private CompletableFuture<Void> work(long until, AtomicInteger made) {
        String code = String.format("2810060280014%011d", NUMBERS.incrementAndGet());
        return client.calls().payCode(code, AMOUNT, "Two coffees").future().thenComposeAsync((PaymentResult result) -> {
            if (!(result.getOutcome() instanceof Outcome.Succeeded)) {
                throw new IllegalStateException("a payment ended otherwise: " + result.getOutcome());
            }
            made.incrementAndGet();
            return System.nanoTime() < until ? work(until, made) : CompletableFuture.completedFuture(null);
        });
    }
}
