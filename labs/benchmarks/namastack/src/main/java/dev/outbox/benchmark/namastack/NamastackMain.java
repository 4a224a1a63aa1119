package dev.outbox.benchmark.namastack;

import dev.outbox.benchmark.contender.ContenderMain;
import dev.outbox.benchmark.contender.Settings;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Called by the harness. */
public final class NamastackMain {

    private static final List<String> ALWAYS = List.of(
            "--namastack.outbox.jdbc.schema-initialization.enabled=true",
            "--spring.kafka.producer.acks=all",
            "--spring.kafka.producer.properties.linger.ms=0");

    private static final List<String> TUNED = List.of(
            "--namastack.outbox.polling.batch-size=1000",
            "--namastack.outbox.polling.fixed.interval=10ms",
            "--namastack.outbox.processing.executor-core-pool-size=16",
            "--namastack.outbox.processing.executor-max-pool-size=16",
            "--namastack.outbox.processing.delete-completed-records=true",
            "--namastack.outbox.rebalance-interval=1s",
            "--spring.datasource.hikari.maximum-pool-size=20");

    private NamastackMain() {}

    /** The first argument says whether with its defaults. */
    public static void main(String[] arguments) throws Exception {
        ContenderMain.run(settings -> new NamastackOutbox(start(settings)), arguments);
    }

    private static ConfigurableApplicationContext start(Settings settings) {
        List<String> tuning = settings.isTuned() ? TUNED : List.of();
        ApplicationContextInitializer<GenericApplicationContext> beans =
                context -> context.registerBean(Settings.class, () -> settings);
        return new SpringApplicationBuilder(AccountService.class)
                .initializers(beans)
                .run(settings.springArguments(
                        Stream.of(ALWAYS, tuning).flatMap(List::stream).toArray(String[]::new)));
    }
}
