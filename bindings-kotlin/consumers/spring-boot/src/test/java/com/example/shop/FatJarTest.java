package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alipay.instore.testing.Sandbox;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that Spring Boot packs, started as it is deployed. */
class FatJarTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String PAID = "281006020000000000125733";
    private static final String BALANCE_TOO_LOW = "281006029000000000000004";

    @TempDir
    Path folder;

    private static String post(String url, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static String sell(String url, String id, String code) throws Exception {
        return post(url + "/sales", "{\"id\":\"" + id + "\",\"code\":\"" + code + "\",\"price\":\"19.99 USD\"}");
    }

    /** How a sale ended, asked for as a till does. */
    private String outcome(String url, String id) throws Exception {
        for (int tries = 0; tries < 300; tries++) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/sales/" + id)).timeout(Duration.ofSeconds(60)).build();
            String said = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
            if (!said.contains("in progress")) return said;
            Thread.sleep(100);
        }
        throw new AssertionError(id + " has no outcome" + printed());
    }

    @Test
    void paysIsNotifiedAndStops() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String url = "http://127.0.0.1:" + port;
        try (Sandbox sandbox = Sandbox.start(1)) {
            Path settings = sandbox.getSettingsFile().toPath();
            Path configured = settings.resolveSibling("shop.json");
            String text = Files.readString(settings);
            Files.writeString(configured, text.replaceFirst("\\{", "{\"notify_url\":\"" + url + "/alipay/notify\","));
            Process shop = start(port, configured);
            try {
                waitFor(shop, url);
                String begun = sell(url, "sale-1", PAID);
                assertTrue(begun.contains("\"id\":\"sale-1\""), () -> begun + printed());
                sell(url, "sale-2", BALANCE_TOO_LOW);
                assertEquals(begun, sell(url, "sale-1", PAID).replace("succeeded", "in progress"));
                assertTrue(outcome(url, "sale-1").contains("\"outcome\":\"succeeded\""), this::printed);
                assertTrue(outcome(url, "sale-2").contains("\"outcome\":\"failed\""), this::printed);
                String wrong = sell(url, "sale-3", "no code");
                assertTrue(wrong.contains("\"code\":\"code.") && wrong.contains("\"mayHaveCharged\":false"), wrong);
                waitForAcknowledgement(sandbox);
                shop.destroy();
                assertTrue(shop.waitFor(30, TimeUnit.SECONDS), "it goes on after SIGTERM");
                assertEquals(143, shop.exitValue());
            } finally {
                shop.destroyForcibly();
            }
        }
    }

    private Process start(int port, Path settings) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-jar", "target/shop.jar", "--server.address=127.0.0.1", "--server.port=" + port,
                        "--shop.settings=" + settings, "--shop.store=" + folder.resolve("payments"))
                .redirectErrorStream(true)
                .redirectOutput(log())
                .start();
    }

    private File log() {
        return folder.resolve("log").toFile();
    }

    private String printed() {
        try {
            return "\n" + Files.readString(log().toPath());
        } catch (IOException error) {
            return error.toString();
        }
    }

    private void waitFor(Process shop, String url) throws Exception {
        for (int tries = 0; tries < 600; tries++) {
            assertTrue(shop.isAlive(), this::printed);
            try {
                post(url + "/sales", "{}");
                return;
            } catch (IOException error) {
                Thread.sleep(100);
            }
        }
        throw new AssertionError("it does not listen" + printed());
    }

    private static void waitForAcknowledgement(Sandbox sandbox) throws InterruptedException {
        String notifications = "";
        for (int tries = 0; tries < 300; tries++) {
            notifications = String.valueOf(sandbox.ledger().get("notifications"));
            if (notifications.matches("(?s).*\"acknowledged_ms\":[0-9].*")) return;
            Thread.sleep(100);
        }
        throw new AssertionError("not acknowledged: " + notifications);
    }
}
