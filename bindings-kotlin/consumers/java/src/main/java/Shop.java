import alipay.instore.Amount;
import alipay.instore.Client;
import alipay.instore.DirectWallet;
import alipay.instore.MemoryStore;
import alipay.instore.Protocol;
import alipay.instore.Router;
import alipay.instore.model.PayRequest;
import alipay.instore.testing.Samples;
import alipay.instore.testing.Sandbox;
import java.math.BigDecimal;
import java.util.List;

/** Routes a code and pays with it: with nothing but the jars of the repository. */
public final class Shop {
    private static final String SCANNED = "281006020000000000125733";

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println(new Router(true, List.of(new DirectWallet("MPAY", "003"))).route(SCANNED));
        try (Sandbox sandbox = Sandbox.start(1);
                Client client = new Client.Builder(sandbox.merchant(Protocol.AMS), new MemoryStore())
                        .clock(sandbox.getClock())
                        .notifyUrlConfigured(true)
                        .build()) {
            Amount price = Amount.fromMajor(new BigDecimal("19.99"), "USD");
            PayRequest request = Samples.payRequest(price, SCANNED);
            System.out.println(client.calls().pay(request).get().getOutcome());
        }
    }
}
