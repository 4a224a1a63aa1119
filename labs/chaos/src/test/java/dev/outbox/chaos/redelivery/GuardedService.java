package dev.outbox.chaos.redelivery;

import dev.outbox.chaos.Landscape;
import dev.outbox.chaos.process.ChildProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The consuming service, of which there are several processes, with a database of its own. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class GuardedService {

    private static final String GROUP = "chaos-guarded";

    /** Starts it, with Spring Boot's usual arguments. */
    public static void main(String[] arguments) {
        run(arguments);
    }

    /** {@return the consumer group of a consumer} */
    public static String group(String consumer) {
        return GROUP + "." + consumer;
    }

    /** Starts it in a process of its own, on this process's class path. */
    public static ChildProcess start(String name, Landscape own, String topic) {
        List<String> command = new ArrayList<>(List.of(GuardedService.class.getName()));
        command.addAll(List.of(arguments(name, own, topic, "--chaos.fixed=false")));
        // Not as an argument: a class path can be longer than a command line may be.
        return ChildProcess.java(
                name, own.log(name), command, Map.of("CLASSPATH", System.getProperty("java.class.path")));
    }

    /** Starts it in this process, fixed and without consuming, so that a person can decide about what is parked. */
    public static ConfigurableApplicationContext startForOperator(Landscape own, String topic) {
        return run(
                arguments("operator", own, topic, "--chaos.fixed=true", "--spring.kafka.listener.auto-startup=false"));
    }

    private static ConfigurableApplicationContext run(String... arguments) {
        return new SpringApplicationBuilder(GuardedService.class)
                .web(WebApplicationType.NONE)
                .run(arguments);
    }

    private static String[] arguments(String name, Landscape own, String topic, String... others) {
        List<String> all = new ArrayList<>(List.of(others));
        all.addAll(List.of(
                "--spring.main.banner-mode=off",
                "--outbox.topics.Account=" + topic,
                "--outbox.inbox.group=" + GROUP,
                "--outbox.inbox.consumers.counting.guard=aggregate-sequence",
                // Few pauses, and short ones: there are thousands of failures.
                "--outbox.inbox.failure.attempts=4",
                "--outbox.inbox.failure.initial-interval=5ms",
                "--outbox.inbox.failure.max-interval=20ms",
                // Found dead soon, so that others get the partitions.
                "--spring.kafka.consumer.properties.session.timeout.ms=6000",
                "--outbox.relay.enabled=false"));
        return own.arguments(name, all.toArray(String[]::new));
    }

    @Bean
    Faults faults(JdbcClient jdbc, @Value("${chaos.fixed}") boolean fixed) {
        return new Faults(jdbc, fixed);
    }

    @Bean
    Effects effects(JdbcClient jdbc, Faults faults) {
        return new Effects(jdbc, faults);
    }
}
