package dev.outbox.chaos.consumer;

import dev.outbox.chaos.Landscape;
import dev.outbox.chaos.process.ChildProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The consuming service, with a database of its own. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ConsumerService {

    /** Its consumer group, and its name in the inbox. */
    public static final String GROUP = "chaos-consumer";

    /** Starts it, with Spring Boot's usual arguments. */
    public static void main(String[] arguments) {
        SpringApplication.run(ConsumerService.class, arguments);
    }

    /** Starts it in a process of its own, on this process's class path. */
    public static ChildProcess start(String name, Landscape own, String topic) {
        List<String> command = new ArrayList<>(List.of(ConsumerService.class.getName()));
        command.addAll(List.of(own.arguments(
                name,
                "--spring.main.banner-mode=off",
                "--outbox.topics.Account=" + topic,
                "--outbox.inbox.group=" + GROUP,
                // Found dead soon, so that its successor gets the partitions.
                "--spring.kafka.consumer.properties.session.timeout.ms=6000",
                "--outbox.relay.enabled=false")));
        // Not as an argument: a class path can be longer than a command line may be.
        return ChildProcess.java(
                name, own.log(name), command, Map.of("CLASSPATH", System.getProperty("java.class.path")));
    }

    @Bean
    Effects effects(DataSource dataSource) {
        return new Effects(dataSource);
    }
}
