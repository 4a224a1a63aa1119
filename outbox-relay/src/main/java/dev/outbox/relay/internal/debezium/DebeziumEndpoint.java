package dev.outbox.relay.internal.debezium;

import dev.outbox.relay.debezium.DebeziumConnector;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows the configuration of a Debezium connector for the database of this application. */
@Endpoint(id = "outboxdebezium")
record DebeziumEndpoint(Supplier<DebeziumConnector> connector) {

    /** {@return what Kafka Connect takes at {@code POST /connectors}} */
    @ReadOperation
    public DebeziumConnector generated() {
        return connector.get();
    }
}
