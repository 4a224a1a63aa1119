package dev.outbox.benchmark.modulith;

import dev.outbox.benchmark.contender.ContenderMain;
import dev.outbox.benchmark.contender.Settings;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Called by the harness. */
public final class ModulithMain {

    private static final List<String> ALWAYS = List.of(
            "--spring.modulith.events.jdbc.schema-initialization.enabled=true",
            "--spring.kafka.producer.acks=all",
            "--spring.kafka.producer.properties.linger.ms=0");

    private static final List<String> TUNED = List.of(
            "--spring.modulith.events.completion-mode=delete", "--spring.datasource.hikari.maximum-pool-size=20");

    private ModulithMain() {}

    /** The first argument says whether with its defaults. */
    public static void main(String[] arguments) throws Exception {
        ContenderMain.run(settings -> new ModulithOutbox(start(settings)), arguments);
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
