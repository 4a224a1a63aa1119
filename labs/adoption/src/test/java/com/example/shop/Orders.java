package com.example.shop;

import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class Orders {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    Orders(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    @Transactional
    UUID place(String customer) {
        UUID id = UUID.randomUUID();
        jdbc.sql("insert into orders (id, customer) values (?, ?)")
                .params(id, customer)
                .update();
        events.publishEvent(new OrderPlaced(id, customer));
        return id;
    }
}
