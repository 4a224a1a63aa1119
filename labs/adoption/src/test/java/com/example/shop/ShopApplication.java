package com.example.shop;

import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.TopicBuilder;

@SpringBootApplication
class ShopApplication {

    public static void main(String[] args) {
        SpringApplication.run(ShopApplication.class, args);
    }

    @Bean
    NewTopic orderEvents() {
        return TopicBuilder.name("outbox.event.Order").partitions(3).build();
    }

    @Bean
    ApplicationRunner firstOrder(Orders orders) {
        return arguments -> orders.place("Ada");
    }
}
