package dev.outbox.customer;

import dev.outbox.producer.Outbox;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** Changes customers by plain JDBC, and publishes that it has. */
class Customers {

    private final JdbcClient jdbc;
    private final Outbox outbox;

    Customers(JdbcClient jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
    }

    @Transactional
    void rename(UUID id, String name) {
        jdbc.sql("update customer set name = ? where id = ?").params(name, id).update();
        outbox.publish(new CustomerRenamed(id, name));
    }
}
