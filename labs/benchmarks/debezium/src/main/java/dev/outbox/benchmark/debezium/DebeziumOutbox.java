package dev.outbox.benchmark.debezium;

import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.benchmark.contender.Business;
import dev.outbox.benchmark.contender.Contender;
import dev.outbox.benchmark.contender.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The table that the router reads with its default names, and an engine that is started and closed. */
final class DebeziumOutbox implements Contender {

    static final String PUBLICATION = "outbox_publication";

    private static final String CREATE = """
            create table outbox (
                id            uuid         not null primary key,
                aggregatetype varchar(255) not null,
                aggregateid   varchar(255) not null,
                type          varchar(255) not null,
                payload       text         not null
            )
            """;

    private static final String INSERT = """
            insert into outbox (id, aggregatetype, aggregateid, type, payload)
            values (:id, 'Account', :key, 'AccountChanged', :payload)
            """;

    private final Settings settings;
    private final boolean tuned;
    private final HikariDataSource dataSource;
    private final Business business;
    private final Path offsets;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private AutoCloseable engine = () -> {};

    DebeziumOutbox(Settings settings, boolean tuned) throws IOException {
        this.settings = settings;
        this.tuned = tuned;
        this.dataSource = settings.newPool();
        this.business = Business.of(dataSource);
        this.offsets = Files.createTempFile("offsets", ".dat");
        business.jdbc().sql(CREATE).update();
        business.jdbc()
                .sql("create publication " + PUBLICATION + " for table outbox with (publish = 'insert')")
                .update();
    }

    @Override
    public Business business() {
        return business;
    }

    @Override
    public void raise(BenchmarkEvent event) {
        business.jdbc()
                .sql(INSERT)
                .param("id", BenchmarkEvent.newId())
                .param("key", event.key())
                .param("payload", event.json())
                .update();
    }

    @Override
    public void startRelay() throws InterruptedException {
        engine = RunningEngine.start(new EngineSettings(settings, offsets, tuned).properties(), settings, threads);
    }

    @Override
    public void stopRelay() throws Exception {
        engine.close();
        engine = () -> {};
    }

    /** What the log holds stays there; what is in the table is only a trace of it. */
    @Override
    public void clear() {
        business.jdbc().sql("truncate outbox").update();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        dataSource.close();
    }
}
