package com.example.shop;

import dev.outbox.consumer.DomainEventHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

@Component
class Shipping {

    private static final Logger log = LoggerFactory.getLogger(Shipping.class);

    @DomainEventHandler
    void on(OrderPlaced order) {
        log.info("To be shipped: order {} of {}", order.orderId(), order.customer());
    }
}
