package com.example.shop;

import alipay.instore.Client;
import alipay.instore.FileStore;
import alipay.instore.Merchant;
import alipay.instore.Protocol;
import alipay.instore.Shop;
import java.io.File;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A shop behind HTTP. */
@SpringBootApplication
public class ShopApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }

    @Bean
    Merchant merchant(@Value("${shop.settings}") File settings) {
        return Merchant.fromFile(settings, Protocol.AMS);
    }

    /** One for the whole process. Spring closes it, and so other processes go on with what it drives. */
    @Bean(destroyMethod = "close")
    Client client(Merchant merchant, @Value("${shop.store}") File store) {
        Shop shop = new Shop("M1", "Coffee House", "5814")
                .store("S1", "Harbour")
                .terminal("TILL7")
                .notifyUrl(merchant.getNotifyUrl());
        return new Client.Builder(merchant, new FileStore(store)).shop(shop).build();
    }
}
