package dev.outbox.consumer;

import dev.outbox.stock.JpaStock;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(
        classes = JpaStock.class,
        properties = {
            "outbox.packages=dev.outbox.stock",
            "outbox.topics.Order=orders.jpa-inbox",
            "outbox.inbox.group=jpa-inbox",
            "outbox.inbox.failure.attempts=10000",
            "outbox.inbox.failure.initial-interval=5ms",
            "outbox.inbox.failure.max-interval=20ms",
            "spring.jpa.hibernate.ddl-auto=update"
        })
class JpaInboxIT extends InboxContract {}
