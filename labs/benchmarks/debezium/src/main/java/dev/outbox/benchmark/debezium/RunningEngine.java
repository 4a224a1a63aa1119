package dev.outbox.benchmark.debezium;

import dev.outbox.benchmark.contender.Settings;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import java.io.IOException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/** An engine that sends to Kafka. */
final class RunningEngine implements AutoCloseable {

    private final DebeziumEngine<?> engine;
    private final KafkaSink sink;

    private RunningEngine(DebeziumEngine<?> engine, KafkaSink sink) {
        this.engine = engine;
        this.sink = sink;
    }

    /** Starts it. Returns when changes are streamed. */
    static RunningEngine start(Properties properties, Settings settings, Executor threads) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        KafkaSink sink = new KafkaSink(settings);
        DebeziumEngine<?> engine = DebeziumEngine.create(Connect.class)
                .using(properties)
                .using(new Started(started))
                .notifying(sink)
                .build();
        threads.execute(engine);
        started.await();
        return new RunningEngine(engine, sink);
    }

    @Override
    public void close() throws IOException {
        engine.close();
        sink.close();
    }

    /** Hears when changes are streamed. */
    private record Started(CountDownLatch started) implements DebeziumEngine.ConnectorCallback {

        @Override
        public void pollingStarted() {
            started.countDown();
        }
    }
}
