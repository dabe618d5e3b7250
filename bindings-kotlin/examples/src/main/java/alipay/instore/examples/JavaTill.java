package alipay.instore.examples;

import alipay.instore.AlipayException;
import alipay.instore.Amount;
import alipay.instore.Client;
import alipay.instore.FileStore;
import alipay.instore.Merchant;
import alipay.instore.PaymentResult;
import alipay.instore.Protocol;
import alipay.instore.Resumption;
import alipay.instore.Shop;
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
    public PaymentResult sell(BigDecimal price, String currency, String scanned) throws InterruptedException {
        return client.calls().payCode(scanned, Amount.fromMajor(price, currency), "Groceries").get();
    }

    /** Takes a payment and goes on at once. */
    public CompletableFuture<PaymentResult> sellLater(BigDecimal price, String currency, String scanned) {
        return client.calls().payCode(scanned, Amount.fromMajor(price, currency), "Groceries").future();
    }

    /** {@code JavaTill SANDBOX_JSON STORE_FOLDER PRICE CURRENCY CODE} */
    public static void main(String[] arguments) throws InterruptedException {
        Merchant merchant = Merchant.fromFile(new File(arguments[0]), Protocol.AMS);
        Shop shop = new Shop("MERCHANT-1", "Corner shop", "5411").store("STORE-1", "Corner shop").terminal("TILL-2");
        FileStore store = new FileStore(arguments[1]);
        try (Client client = new Client.Builder(merchant, store).shop(shop).notifyUrlConfigured(true).build()) {
            for (Resumption resumed : client.calls().resumeAll().get().getPayments()) {
                System.out.println(resumed.getPaymentRequestId() + ": " + resumed.getResult());
            }
            PaymentResult result = new JavaTill(client).sell(new BigDecimal(arguments[2]), arguments[3], arguments[4]);
            System.out.println(result.isSucceeded() ? "paid" : "not paid: " + result.getOutcome());
        } catch (AlipayException error) {
            System.out.println(error.getCode() + ": " + error.getHint());
            System.out.println(error.getMayHaveCharged() ? "the customer may have paid" : "nothing was paid");
        }
    }
}
