package alipay.instore.android;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import alipay.instore.Amount;
import alipay.instore.Client;
import alipay.instore.Clock;
import alipay.instore.FileStore;
import alipay.instore.Outcome;
import alipay.instore.PaymentResult;
import alipay.instore.Protocol;
import alipay.instore.SandboxSettings;
import alipay.instore.Shop;
import alipay.instore.StoreKit;
import android.content.Context;
import java.io.File;
import java.util.Collections;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;

/** A sale and the store's contract in the folder that Android gives an app for what is not backed up. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 34, manifest = Config.NONE)
public class AppTest {
    private final Context context = RuntimeEnvironment.getApplication();
    private final SandboxSettings settings =
        SandboxSettings.fromFile(new File(System.getProperty("sandbox.json")), Protocol.ALIPAY_PLUS);

    private Client client() {
        Shop shop = new Shop("M1", "Coffee House", "5814").store("S1", "Harbour").terminal("TILL7").settlementCurrency("USD");
        Clock clock = new Clock.Fast(settings.getClockOrigin(), settings.getSpeed());
        FileStore store = new FileStore(new File(context.getNoBackupFilesDir(), "payments"));
        return new Client.Builder(settings.getMerchant(), store).shop(shop).clock(clock).build();
    }

    @Test
    public void aSaleIsPaidAndKept() throws Exception {
        String id;
        try (Client client = client()) {
            PaymentResult result =
                client.calls().payCode("281006020000000000125733", Amount.parse("19.99 USD"), "Two coffees").get();
            assertEquals(Outcome.Succeeded.INSTANCE, result.getOutcome());
            id = result.getPaymentRequestId();
        }
        // The next process of the app.
        try (Client client = client()) {
            assertEquals(Outcome.Succeeded.INSTANCE, client.calls().status(id).get().getOutcome());
        }
        assertTrue(context.getNoBackupFilesDir().getName().equals("no_backup"));
        assertFalse(new File(context.getFilesDir(), "payments").exists());
    }

    @Test
    public void theStoreKeepsItsContract() {
        File folder = new File(context.getNoBackupFilesDir(), "kit");
        assertEquals(Collections.emptyList(), StoreKit.checkBlocking(property -> new FileStore(new File(folder, property))));
    }
}
