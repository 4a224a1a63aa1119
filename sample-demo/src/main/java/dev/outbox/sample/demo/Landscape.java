package dev.outbox.sample.demo;

import dev.outbox.devservices.internal.KafkaBroker;
import dev.outbox.devservices.internal.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that runs, and its end: the services first, then the servers that they use, then the work directory.
 *
 * <p>Starting something and closing exclude each other, so nothing is started that nobody ends.
 */
final class Landscape implements AutoCloseable {

    static final String ORDERS = "orders";
    static final String INVENTORY = "inventory";

    private final Applications applications;
    private final WorkDirectory work;
    private final Operator operator = Operator.withNewPassword();
    private final List<ServiceProcess> services = new ArrayList<>();
    private @Nullable PostgresServer postgres;
    private @Nullable KafkaBroker kafka;
    private volatile boolean closed;

    Landscape(Applications applications, WorkDirectory work) {
        this.applications = applications;
        this.work = work;
    }

    synchronized void startPostgres() {
        requireOpen();
        PostgresServer started = PostgresServer.start(work.resolve("postgres"), 0);
        postgres = started;
        work.noteProcesses();
        started.createDatabase(ORDERS);
        started.createDatabase(INVENTORY);
    }

    synchronized void startKafka() {
        requireOpen();
        kafka = KafkaBroker.start(work.resolve("kafka"), 0);
        work.noteProcesses();
    }

    /** The service that writes. It has no relay of its own. */
    ServiceProcess startOrderService() {
        return start("order-service", applications.orderService(), ORDERS, Map.of());
    }

    /** The relay next to it: all that it shares with the service is the database. */
    ServiceProcess startRelay() {
        return start("order-relay", applications.relay(), ORDERS, operator.properties());
    }

    /** The service that reads, and answers through its own outbox: its relay is embedded. */
    ServiceProcess startInventoryService() {
        return start("inventory-service", applications.inventoryService(), INVENTORY, operator.properties());
    }

    private synchronized ServiceProcess start(String name, Path jar, String database, Map<String, String> further) {
        requireOpen();
        Map<String, String> properties = new LinkedHashMap<>(further);
        properties.put("spring.datasource.url", postgres().jdbcUrl(database));
        properties.put("spring.datasource.username", postgres().user());
        properties.put("spring.datasource.password", postgres().password());
        properties.put("spring.kafka.bootstrap-servers", bootstrapServers());
        ServiceProcess service = ServiceProcess.start(name, jar, properties, work);
        services.add(service);
        work.noteProcesses();
        return service;
    }

    /** {@return who may use the consoles of the relay and of the inventory service} */
    Operator operator() {
        return operator;
    }

    ServiceDatabase database(String name) {
        return new ServiceDatabase(
                postgres().jdbcUrl(name), postgres().user(), postgres().password());
    }

    String bootstrapServers() {
        return Objects.requireNonNull(kafka, "Kafka is not started").bootstrapServers();
    }

    Path logs() {
        return work.path();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        end();
    }

    private synchronized void end() {
        services.forEach(ServiceProcess::terminate);
        services.forEach(ServiceProcess::awaitEnd);
        if (kafka != null) {
            kafka.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        work.remove();
    }

    private PostgresServer postgres() {
        return Objects.requireNonNull(postgres, "PostgreSQL is not started");
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The demo is ending");
        }
    }
}
