package alipay.instore.examples;

import alipay.instore.AlipayException;
import alipay.instore.Amount;
import alipay.instore.Client;
import alipay.instore.FileStore;
import alipay.instore.Gateway;
import alipay.instore.Merchant;
import alipay.instore.PaymentCode;
import alipay.instore.PaymentResult;
import alipay.instore.Protocol;
import alipay.instore.Resumption;
import alipay.instore.Shop;
import alipay.instore.SigningKey;
import alipay.instore.VerifyingKey;
import alipay.instore.model.Env;
import alipay.instore.model.Order;
import alipay.instore.model.OrderMerchant;
import alipay.instore.model.PayRequest;
import alipay.instore.model.PaymentRequestIds;
import alipay.instore.model.OrderStore;
import java.io.File;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;

/** A till in Java. */
public final class JavaTill {
    private final Client client;

    public JavaTill(Client client) {
        this.client = client;
    }

    /** Takes a payment and waits for its result. */
    public PaymentResult sell(BigDecimal price, String currency, String scanned) {
        return client.calls().pay(request(price, currency, scanned)).get();
    }

    /** Takes a payment and goes on at once. */
    public CompletableFuture<PaymentResult> sellLater(BigDecimal price, String currency, String scanned) {
        return client.calls().pay(request(price, currency, scanned)).future();
    }

    private static PayRequest request(BigDecimal price, String currency, String scanned) {
        OrderStore store = new OrderStore();
        store.setReferenceStoreId("STORE-1");
        store.setStoreName("Corner shop");
        store.setStoreMcc("5411");
        OrderMerchant merchant = new OrderMerchant();
        merchant.setReferenceMerchantId("MERCHANT-1");
        merchant.setMerchantMcc("5411");
        merchant.setMerchantName("Corner shop");
        merchant.setStore(store);
        Env env = new Env();
        env.setStoreTerminalId("TILL-2");
        Order order = new Order();
        order.setOrderDescription("Groceries");
        order.setMerchant(merchant);
        order.setEnv(env);
        String id = PaymentRequestIds.create("TILL-2");
        return PayRequest.forPaymentCode(id, Amount.fromMajor(price, currency), PaymentCode.fromScan(scanned), order);
    }

    /** The block of the README for Java. */
    static void coffees(String clientId, String ours, String theirs, Gateway gateway, File folder, String scanned) {
        // README
        Merchant merchant = new Merchant(Protocol.ALIPAY_PLUS, clientId, SigningKey.load(ours), VerifyingKey.load(theirs), gateway);
        Shop shop = new Shop("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7").settlementCurrency("USD");

        try (Client till = new Client.Builder(merchant, new FileStore(folder)).shop(shop).build()) {
            PaymentResult result = till.calls().payCode(scanned, Amount.parse("19.99 USD"), "Two coffees").get();   // blocks
            System.out.println(result.getOutcome());
        } catch (AlipayException error) {
            System.out.println(error.getMayHaveCharged() ? "ask again: " + error.getPaymentRequestId() : error.getHint());
        }
        // end
    }

    /** {@code JavaTill SANDBOX_JSON STORE_FOLDER PRICE CURRENCY CODE} */
    public static void main(String[] arguments) {
        Merchant merchant = Merchant.fromFile(new File(arguments[0]), Protocol.AMS);
        try (Client client = new Client.Builder(merchant, new FileStore(arguments[1])).notifyUrlConfigured(true).build()) {
            for (Resumption resumed : client.calls().resumeAll().get().getPayments()) {
                System.out.println(resumed.getPaymentRequestId() + ": " + resumed.getResult());
            }
            PaymentResult result = new JavaTill(client).sell(new BigDecimal(arguments[2]), arguments[3], arguments[4]);
            System.out.println(result.isPaid() ? "paid" : "not paid: " + result.getOutcome());
        } catch (AlipayException error) {
            System.out.println(error.getCode() + ": " + error.getHint());
            System.out.println(error.getMayHaveCharged() ? "the customer may have paid" : "nothing was paid");
        }
    }
}
