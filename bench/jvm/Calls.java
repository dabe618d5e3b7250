import alipay.instore.Amount;
import alipay.instore.Content;
import alipay.instore.Router;
import alipay.instore.SigningKey;
import alipay.instore.VerifyingKey;
import java.lang.reflect.Method;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long one call takes, beside JCA with parsed keys: {@code java Calls FOLDER}. */
final class Calls {
    private static final int CODES = 200_000;

    private Calls() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        String messages = Files.readString(folder.resolve("messages.json"));
        String clientId = member(messages, "client_id");
        String time = member(messages, "now_ms");
        String header = member(messages, "signature");
        byte[] request = Files.readAllBytes(folder.resolve("request.json"));
        byte[] notification = Files.readAllBytes(folder.resolve("notification.json"));
        String own = Files.readString(folder.resolve("merchant_private.pem"));
        String theirs = Files.readString(folder.resolve("gateway_public.pem"));
        SigningKey signingKey = SigningKey.load(own);
        VerifyingKey gatewayKey = VerifyingKey.load(theirs);
        KeyFactory rsa = KeyFactory.getInstance("RSA");
        PrivateKey privateKey = rsa.generatePrivate(new PKCS8EncodedKeySpec(der(own)));
        PublicKey publicKey = rsa.generatePublic(new X509EncodedKeySpec(der(theirs)));
        String path = member(messages, "path");
        String notifyPath = member(messages, "notify_path");
        byte[] signedStart = ("POST " + path + "\n" + clientId + "." + time + ".").getBytes(StandardCharsets.UTF_8);
        byte[] notifiedStart = ("POST " + notifyPath + "\n" + clientId + "." + time + ".").getBytes(StandardCharsets.UTF_8);
        Router router = new Router();

        Map<String, Questions.Measure> measures = new HashMap<>();
        measures.put("sign", Questions.timed(() -> signingKey.sign(new Content("POST", path, clientId, time, request))));
        measures.put("verify", Questions.timed(() -> {
            gatewayKey.verify(header, new Content("POST", notifyPath, clientId, time, notification));
            return header;
        }));
        measures.put("jca_sign", Questions.timed(() -> {
            Signature signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(privateKey);
            signer.update(joined(signedStart, request));
            String signature = Base64.getEncoder().encodeToString(signer.sign());
            return "algorithm=RSA256,keyVersion=1,signature=" + URLEncoder.encode(signature, StandardCharsets.UTF_8);
        }));
        measures.put("jca_verify", Questions.timed(() -> {
            String text = header.substring(header.lastIndexOf("signature=") + 10);
            byte[] signature = Base64.getDecoder().decode(URLDecoder.decode(text, StandardCharsets.UTF_8));
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(publicKey);
            verifier.update(joined(notifiedStart, notification));
            if (!verifier.verify(signature)) {
                throw new SignatureException("it does not verify");
            }
            return signature;
        }));
        measures.put("route", Questions.timed(() -> router.route("281006020000000000125733")));
        measures.put("amount", Questions.timed(() -> Amount.fromMajor("19.99", "USD")));
        routeMany(router, measures);
        Questions.answerEach(measures);
    }

    /** Found by its name, since not every version of the package has it. */
    private static void routeMany(Router router, Map<String, Questions.Measure> measures) {
        for (Method method : Router.class.getMethods()) {
            if (method.getName().equals("routeMany") && method.getParameterCount() == 1
                    && method.getParameterTypes()[0].isAssignableFrom(List.class)) {
                List<String> codes = new ArrayList<>(CODES);
                for (int number = 0; number < CODES; number++) {
                    codes.add("2810060200" + String.format("%014d", number));
                }
                Questions.Work work = () -> method.invoke(router, codes);
                Questions.Measure whole = Questions.timed(work);
                measures.put("route_many", seconds -> {
                    String answer = whole.of(seconds);
                    double each = Double.parseDouble(answer.substring(6, answer.length() - 1)) / CODES;
                    return "{\"ns\":" + each + "}";
                });
            }
        }
    }

    private static byte[] joined(byte[] start, byte[] body) {
        return ByteBuffer.allocate(start.length + body.length).put(start).put(body).array();
    }

    private static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }

    private static String member(String json, String name) {
        Matcher found = Pattern.compile('"' + name + "\":(?:\"([^\"]*)\"|([0-9]+))").matcher(json);
        if (!found.find()) {
            throw new IllegalArgumentException("messages.json lacks " + name);
        }
        return found.group(1) != null ? found.group(1) : found.group(2);
    }
}
