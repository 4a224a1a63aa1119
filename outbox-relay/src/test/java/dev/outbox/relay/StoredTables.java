package dev.outbox.relay;

import dev.outbox.eventstore.internal.stream.StreamSchema;
import dev.outbox.internal.stream.EventTable;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.InitializingBean;

/** Makes the tables of a service with an event store. A relay knows nothing of it but a partition more. */
public record StoredTables(DataSource dataSource) implements InitializingBean {

    @Override
    public void afterPropertiesSet() {
        new OutboxSchema(dataSource, List.of(OutboxTables.ON_SEARCH_PATH), List.of(StreamSchema.PART))
                .afterPropertiesSet();
    }

    /** {@return a writer of events of which those of orders are stored and published, and those of limits are stored only} */
    public static OutboxWriter writer(DataSource dataSource) {
        return OutboxWriter.storing(
                new StoredAggregates(Map.of("Order", EventTable.STORED, "Limit", EventTable.UNPUBLISHED)),
                dataSource,
                OutboxTables.ON_SEARCH_PATH);
    }
}
