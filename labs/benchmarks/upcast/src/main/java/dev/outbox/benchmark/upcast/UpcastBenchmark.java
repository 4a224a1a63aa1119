package dev.outbox.benchmark.upcast;

import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.internal.domain.DomainAutoConfiguration;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.format.FormatAutoConfiguration;
import dev.outbox.internal.upcast.EncodedEvent;
import dev.outbox.internal.upcast.PayloadReader;
import dev.outbox.internal.upcast.ReadEvent;
import dev.outbox.internal.upcast.UpcastAutoConfiguration;
import dev.outbox.internal.upcast.Upcasters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Microseconds to read an event of 300 bytes of JSON: bound directly, after one step, and after three. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class UpcastBenchmark {

    private static final String REST = "\"accountId\":\"0192f0c1-0000-7000-8000-000000000001\",\"entries\":["
            + "{\"text\":\"a first entry with some text\",\"cents\":1250},"
            + "{\"text\":\"a second entry with some text\",\"cents\":-300}],";

    private static final Map<Integer, String> PAYLOADS = Map.of(
            1, "{" + REST + "\"name\":\"Ada Lovelace\",\"amount\":950}",
            3, "{" + REST + "\"owner\":\"Ada Lovelace\",\"amount\":950,\"currency\":\"EUR\"}",
            4, "{" + REST + "\"owner\":\"Ada Lovelace\",\"cents\":950,\"currency\":\"EUR\",\"reason\":\"unknown\"}");

    /** How many steps lie between the payload and the class. */
    @Param({"0", "1", "3"})
    public int steps;

    private ConfigurableApplicationContext context;
    private PayloadReader reader;
    private EncodedEvent event;

    @Setup
    public void start() {
        context = new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .properties("outbox.packages=dev.outbox.benchmark.upcast", "logging.level.root=warn")
                .run();
        reader = context.getBean(Upcasters.class)
                .readerFor(context.getBean(DomainEventTypes.class).all());
        int version = 4 - steps;
        event = new EncodedEvent(
                "e-1",
                new EventType("AccountChanged", version),
                EventPayload.json(PAYLOADS.get(version).getBytes(StandardCharsets.UTF_8)),
                Map.of());
    }

    @TearDown
    public void stop() {
        context.close();
    }

    @Benchmark
    public List<ReadEvent> read() {
        return reader.read(event);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        JacksonAutoConfiguration.class,
        DomainAutoConfiguration.class,
        FormatAutoConfiguration.class,
        UpcastAutoConfiguration.class
    })
    @Import(AccountChangedUpcasters.class)
    static class Service {}
}
