package dev.outbox.benchmark.jpa;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** The row of an outbox as one maps it by hand: six columns, an id that needs no question to the database. */
@Entity
@Table(name = "outbox_message")
class OutboxMessage implements Persistable<UUID> {

    @Id
    private @Nullable UUID id;

    @Column(nullable = false)
    private String aggregateType = "";

    @Column(nullable = false)
    private String aggregateId = "";

    @Column(nullable = false)
    private String type = "";

    @Column(nullable = false)
    private Instant createdAt = Instant.EPOCH;

    @Column(nullable = false)
    private byte[] payload = {};

    static OutboxMessage of(BenchmarkEvent event) {
        OutboxMessage message = new OutboxMessage();
        message.id = BenchmarkEvent.newId();
        message.aggregateType = "Account";
        message.aggregateId = event.key();
        message.type = "AccountChanged";
        message.createdAt = Instant.now();
        message.payload = event.json().getBytes(StandardCharsets.UTF_8);
        return message;
    }

    @Override
    public @Nullable UUID getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return true;
    }
}
