package dev.outbox.importer;

import dev.outbox.embedded.TestDatabase;
import dev.outbox.shop.OrderPlaced;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** A hand-made outbox. */
final class TablePeer implements Peer {

    private final JdbcTemplate jdbc;

    TablePeer(TestDatabase database) {
        this.jdbc = new JdbcTemplate(database.dataSource());
        jdbc.execute("""
                create table my_outbox (
                    nr bigint generated always as identity primary key,
                    event_name text not null,
                    order_id text not null,
                    body jsonb not null,
                    written timestamptz not null default clock_timestamp(),
                    sent boolean not null default false
                )""");
    }

    @Override
    public void write(List<?> events) {
        List<Object[]> rows = events.stream()
                .map(OrderPlaced.class::cast)
                .map(event -> new Object[] {
                    event.order(), "{\"order\": \"%s\", \"number\": %d}".formatted(event.order(), event.number())
                })
                .toList();
        jdbc.batchUpdate(
                "insert into my_outbox (event_name, order_id, body) values ('order-placed', ?, cast(? as jsonb))",
                rows);
    }

    @Override
    public List<String> settings() {
        return List.of("--spring.config.import=classpath:moving-table.yaml");
    }

    @Override
    public String pending() {
        return "select count(*) from my_outbox where not sent";
    }

    @Override
    public String completeTheOldest() {
        return "update my_outbox set sent = true where nr = (select nr from my_outbox where not sent order by nr limit 1)";
    }

    @Override
    public void close() {}
}
