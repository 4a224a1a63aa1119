package dev.outbox.consumer;

import dev.outbox.stock.JdbcStock;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(
        classes = JdbcStock.class,
        properties = {
            "outbox.packages=dev.outbox.stock",
            "outbox.topics.Order=orders.jdbc-inbox",
            "outbox.inbox.group=jdbc-inbox",
            "outbox.inbox.failure.attempts=10000",
            "outbox.inbox.failure.initial-interval=5ms",
            "outbox.inbox.failure.max-interval=20ms"
        })
class JdbcInboxIT extends InboxContract {}
