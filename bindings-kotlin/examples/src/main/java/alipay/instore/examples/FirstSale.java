package alipay.instore.examples;

// README
import alipay.instore.*;
import alipay.instore.testing.Sandbox;
import java.io.File;

public class FirstSale {
    public static void main(String[] arguments) throws InterruptedException {
        Shop shop = new Shop("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7").settlementCurrency("USD");
        try (Sandbox sandbox = Sandbox.start(1);
             Client till = new Client.Builder(sandbox.merchant(Protocol.ALIPAY_PLUS), new FileStore(new File("payments"))).shop(shop).build()) {
            System.out.println(till.calls().payCode("281006020000000000125733", Amount.parse("19.99 USD"), "Two coffees").get().getOutcome());
        }
    }
}
// end
