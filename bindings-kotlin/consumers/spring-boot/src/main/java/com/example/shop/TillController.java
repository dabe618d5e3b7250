package com.example.shop;

import alipay.instore.Acknowledgement;
import alipay.instore.AlipayException;
import alipay.instore.Amount;
import alipay.instore.Client;
import alipay.instore.Header;
import alipay.instore.PaymentResult;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The till, and the notify URL. */
@RestController
public class TillController {
    private final Client client;

    TillController(Client client) {
        this.client = client;
    }

    /** What the till sends. */
    record Sale(String id, String code, String price) {}

    // README
    @PostMapping("/sales")
    Map<String, Object> sell(@RequestBody Sale sale) throws InterruptedException {
        // The till makes the id, so that the same request again is the same sale.
        return shown(client.calls().payCode(sale.code(), Amount.parse(sale.price()), "Two coffees", sale.id(), 0L).get());
    }
    @GetMapping("/sales/{id}")
    Map<String, Object> status(@PathVariable String id) throws InterruptedException {
        return shown(client.calls().status(id).get());
    }
    @PostMapping("/alipay/notify")
    ResponseEntity<byte[]> notified(@RequestHeader HttpHeaders headers, @RequestBody byte[] body) throws InterruptedException {
        Acknowledgement answer = client.calls().handleNotification(Header.of(headers), body).get().getAnswer();
        HttpHeaders answered = new HttpHeaders();
        for (Header header : answer.getHeaders()) answered.add(header.getName(), header.getValue());
        return ResponseEntity.status(answer.getStatus()).headers(answered).body(answer.getBody());
    }
    // end

    private static Map<String, Object> shown(PaymentResult result) {
        String outcome = result.isInProgress() ? "in progress" : result.getOutcome().getWord();
        return Map.of("id", result.getPaymentRequestId(), "outcome", outcome);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> refused(AlipayException error) {
        return ResponseEntity.badRequest()
                .body(Map.of("code", error.getCode(), "hint", error.getHint(), "mayHaveCharged", error.getMayHaveCharged()));
    }
}
