package dev.outbox.benchmark.debezium;

import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.benchmark.contender.Business;
import dev.outbox.benchmark.contender.Contender;
import dev.outbox.benchmark.contender.Settings;
import dev.outbox.relay.debezium.DebeziumConnector;
import dev.outbox.schema.OutboxTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The table of a service that uses our producer, read by an engine with the configuration that our relay generates. */
final class OurTable implements Contender {

    private static final String PUBLICATION = """
            create publication outbox for table outbox_event with (publish = 'insert', publish_via_partition_root = true)
            """;

    private static final String SLOT = """
            select pg_create_logical_replication_slot(:slot, 'pgoutput')
            """;

    private final Settings settings;
    private final HikariDataSource dataSource;
    private final Business business;
    private final Path offsets;
    private final DebeziumConnector connector;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private AutoCloseable engine = () -> {};

    OurTable(Settings settings) throws IOException {
        this.settings = settings;
        this.dataSource = settings.newPool();
        this.business = Business.of(dataSource);
        this.offsets = Files.createTempFile("offsets", ".dat");
        this.connector =
                DebeziumConnector.of(settings.jdbcUrl(), settings.user(), OutboxTables.ON_SEARCH_PATH, null, null);
        business.jdbc().sql(PUBLICATION).update();
        business.jdbc()
                .sql(SLOT)
                .param("slot", connector.config().get("slot.name"))
                .query()
                .listOfRows();
    }

    @Override
    public Business business() {
        return business;
    }

    @Override
    public void raise(BenchmarkEvent event) {
        throw new UnsupportedOperationException("the service raises them");
    }

    @Override
    public void startRelay() throws InterruptedException {
        engine = RunningEngine.start(properties(), settings, threads);
    }

    /** What is generated, and what a worker of Kafka Connect adds. */
    private Properties properties() {
        Properties properties = new Properties();
        properties.putAll(connector.config());
        properties.putAll(Map.of(
                "name",
                connector.name(),
                "database.password",
                settings.password(),
                "slot.retry.delay.ms",
                "300",
                "slot.max.retries",
                "30",
                "offset.storage",
                "org.apache.kafka.connect.storage.FileOffsetBackingStore",
                "offset.storage.file.filename",
                offsets.toString(),
                "offset.flush.interval.ms",
                "1000",
                "bootstrap.servers",
                settings.bootstrapServers()));
        return properties;
    }

    @Override
    public void stopRelay() throws Exception {
        engine.close();
        engine = () -> {};
    }

    /** What the log holds stays there; what is in the table is only a trace of it. */
    @Override
    public void clear() {
        business.jdbc().sql("truncate outbox_event").update();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        dataSource.close();
    }
}
