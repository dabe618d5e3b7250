import alipay.instore.Amount;
import alipay.instore.Client;
import alipay.instore.DirectWallet;
import alipay.instore.MemoryStore;
import alipay.instore.PaymentCode;
import alipay.instore.Protocol;
import alipay.instore.Router;
import alipay.instore.model.Env;
import alipay.instore.model.Order;
import alipay.instore.model.OrderMerchant;
import alipay.instore.model.PayRequest;
import alipay.instore.model.PaymentRequestIds;
import alipay.instore.model.OrderStore;
import alipay.instore.testing.Sandbox;
import java.math.BigDecimal;
import java.util.List;

/** Routes a code and pays with it: with nothing but the jars of the repository. */
public final class Shop {
    private static final String SCANNED = "281006020000000000125733";

    private static Order goods() {
        OrderStore store = new OrderStore();
        store.setReferenceStoreId("S1");
        store.setStoreName("Harbour");
        store.setStoreMcc("5814");
        OrderMerchant merchant = new OrderMerchant();
        merchant.setReferenceMerchantId("M1");
        merchant.setMerchantMcc("5814");
        merchant.setMerchantName("Coffee House");
        merchant.setStore(store);
        Env env = new Env();
        env.setStoreTerminalId("TILL7");
        Order order = new Order();
        order.setOrderDescription("Two coffees");
        order.setMerchant(merchant);
        order.setEnv(env);
        return order;
    }

    public static void main(String[] arguments) {
        System.out.println(new Router(true, List.of(new DirectWallet("MPAY", "003"))).route(SCANNED));
        try (Sandbox sandbox = Sandbox.start(1);
                Client client = new Client.Builder(sandbox.merchant(Protocol.AMS), new MemoryStore())
                        .clock(sandbox.getClock())
                        .notifyUrlConfigured(true)
                        .build()) {
            String id = PaymentRequestIds.create("TILL7", sandbox.getClock().now());
            Amount price = Amount.fromMajor(new BigDecimal("19.99"), "USD");
            PayRequest request = PayRequest.forPaymentCode(id, price, PaymentCode.of(SCANNED), goods());
            System.out.println(client.calls().pay(request).get().getOutcome());
        }
    }
}
