package dev.outbox.eventstore;

import dev.outbox.eventstore.internal.stream.StreamSchema;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;

/** Makes the tables of a service with an event store, for tests without Spring. */
public record EventStoreTables(DataSource dataSource) implements InitializingBean {

    @Override
    public void afterPropertiesSet() {
        new OutboxSchema(dataSource, List.of(OutboxTables.ON_SEARCH_PATH), List.of(StreamSchema.PART))
                .afterPropertiesSet();
    }
}
