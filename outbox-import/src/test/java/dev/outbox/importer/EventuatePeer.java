package dev.outbox.importer;

import dev.outbox.embedded.TestDatabase;
import dev.outbox.shop.OrderNoted;
import dev.outbox.shop.OrderPlaced;
import io.eventuate.common.id.ApplicationIdGenerator;
import io.eventuate.common.jdbc.EventuateCommonJdbcOperations;
import io.eventuate.common.jdbc.EventuateJdbcOperationsUtils;
import io.eventuate.common.jdbc.EventuateJdbcStatementExecutor;
import io.eventuate.common.jdbc.EventuateRowMapper;
import io.eventuate.common.jdbc.EventuateSchema;
import io.eventuate.common.jdbc.OutboxPartitioningSpec;
import io.eventuate.common.jdbc.sqldialect.PostgresDialect;
import io.eventuate.tram.events.common.DefaultDomainEventNameMapping;
import io.eventuate.tram.events.common.DomainEvent;
import io.eventuate.tram.events.publisher.DomainEventPublisherImpl;
import io.eventuate.tram.messaging.common.MessageInterceptor;
import io.eventuate.tram.messaging.producer.common.MessageProducerImpl;
import io.eventuate.tram.messaging.producer.jdbc.MessageProducerJdbcImpl;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Eventuate Tram, without its CDC service. */
final class EventuatePeer implements Peer {

    private final SingleConnectionDataSource connection;
    private final DomainEventPublisherImpl publisher;

    EventuatePeer(TestDatabase database) {
        this.connection =
                new SingleConnectionDataSource(database.jdbcUrl(), database.user(), database.password(), true);
        JdbcTemplate jdbc = new JdbcTemplate(connection);
        jdbc.execute("""
                create schema if not exists eventuate;
                create table eventuate.message (
                  id VARCHAR(1000) PRIMARY KEY,
                  destination TEXT NOT NULL,
                  headers TEXT NOT NULL,
                  payload TEXT NOT NULL,
                  published SMALLINT DEFAULT 0,
                  message_partition SMALLINT,
                  creation_time BIGINT
                );
                create index message_published_idx on eventuate.message(published, id)""");
        PostgresDialect dialect = new PostgresDialect();
        EventuateCommonJdbcOperations operations = new EventuateCommonJdbcOperations(
                new EventuateJdbcOperationsUtils(dialect),
                new Statements(jdbc),
                dialect,
                OutboxPartitioningSpec.DEFAULT);
        this.publisher = new DomainEventPublisherImpl(
                new MessageProducerImpl(
                        new MessageInterceptor[0],
                        channel -> channel,
                        new MessageProducerJdbcImpl(operations, new ApplicationIdGenerator(), new EventuateSchema())),
                new DefaultDomainEventNameMapping());
    }

    @Override
    public void write(List<?> events) {
        for (Object event : events) {
            publisher.publish("com.example.Order", keyOf(event), List.of((DomainEvent) event));
        }
    }

    private static String keyOf(Object event) {
        return event instanceof OrderPlaced placed ? placed.order() : ((OrderNoted) event).order();
    }

    @Override
    public List<String> settings() {
        return List.of("--outbox.import.source=eventuate");
    }

    @Override
    public String pending() {
        return "select count(*) from eventuate.message where published = 0";
    }

    @Override
    public String completeTheOldest() {
        return """
                update eventuate.message set published = 1
                where id = (select id from eventuate.message where published = 0 order by id limit 1)""";
    }

    @Override
    public void close() {
        connection.destroy();
    }

    private record Statements(JdbcTemplate jdbc) implements EventuateJdbcStatementExecutor {

        @Override
        public long insertAndReturnGeneratedId(String sql, String column, Object... parameters) {
            throw new UnsupportedOperationException("ids are those of the application");
        }

        @Override
        public int update(String sql, Object... parameters) {
            return jdbc.update(sql, parameters);
        }

        @Override
        public <T> List<T> query(String sql, EventuateRowMapper<T> mapper, Object... parameters) {
            return jdbc.query(sql, (row, number) -> mapper.mapRow(row, number), parameters);
        }

        @Override
        public List<Map<String, Object>> queryForList(String sql, Object... parameters) {
            return jdbc.queryForList(sql, parameters);
        }
    }
}
