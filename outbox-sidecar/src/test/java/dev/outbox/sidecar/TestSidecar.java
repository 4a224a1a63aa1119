package dev.outbox.sidecar;

import dev.outbox.embedded.LimitedTopic;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.TestBroker;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.relay.sidecar.RelayApplication;
import dev.outbox.schema.OutboxTables;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A sidecar with its console, and a topic that refuses what is larger than it allows. The name of each user is the one role that
 * the user has; {@code all} has all of them.
 */
final class TestSidecar implements AutoCloseable {

    static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    static final String SPAN = "b7ad6b7169203331";

    private final MigratedDatabase database;
    private final LimitedTopic topic;
    private final ConfigurableApplicationContext context;

    TestSidecar(MigratedDatabase database) {
        this(database, TestBroker.bootstrapServers());
    }

    TestSidecar(MigratedDatabase database, String brokers) {
        this(database, brokers, "--spring.datasource.url=" + database.jdbcUrl());
    }

    /**
     * @param properties say where its database is, or its databases are
     */
    TestSidecar(MigratedDatabase database, String brokers, String... properties) {
        this.database = database;
        this.topic = LimitedTopic.create(brokers, "command-" + UUID.randomUUID());
        List<String> all = new ArrayList<>(List.of(
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + brokers,
                "--server.port=0",
                "--outbox.console.enabled=true",
                "--outbox.relay.lease.ttl=5m",
                "--outbox.relay.lease.save-interval=5ms",
                "--spring.main.log-startup-info=false",
                "--logging.level.root=warn",
                "--outbox.console.users.all.password={noop}secret",
                "--outbox.console.users.all.roles=viewer,payload,operator,admin,auditor",
                "--outbox.console.users.viewer.password={noop}secret",
                "--outbox.console.users.viewer.roles=viewer"));
        all.addAll(List.of(properties));
        context = new SpringApplicationBuilder(RelayApplication.class)
                .properties("spring.config.name=outbox-relay")
                .run(all.toArray(String[]::new));
    }

    URI url() {
        return URI.create("http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    boolean has(Class<?> bean) {
        return context.getBeanNamesForType(bean).length > 0;
    }

    LimitedTopic topic() {
        return topic;
    }

    /** Commits an event in a statement of its own. */
    EventEnvelope commit(String key, String payload) {
        return commit(key, payload, topic.name());
    }

    EventEnvelope commit(String key, String payload, String toTopic) {
        EventEnvelope event = new EventEnvelope(
                UUID.randomUUID(),
                new EventType("OrderPlaced", 1),
                new AggregateRef("Order", key),
                toTopic,
                "/orders",
                Instant.now(),
                EventPayload.json(payload.getBytes(StandardCharsets.UTF_8)),
                Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-01"));
        OutboxWriter.on(DatabaseProduct.POSTGRESQL, database.dataSource(), OutboxTables.ON_SEARCH_PATH)
                .append(List.of(event));
        return event;
    }

    @Override
    public void close() {
        context.close();
    }
}
