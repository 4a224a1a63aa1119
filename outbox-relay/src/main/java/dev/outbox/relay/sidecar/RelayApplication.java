package dev.outbox.relay.sidecar;

import dev.outbox.relay.internal.debezium.DebeziumCommand;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * The relay as a process next to a service: it has no code of its own, only auto-configuration. It is configured by
 * {@code outbox-relay.yaml}, whose name keeps it out of the services that have the relay on their class path.
 *
 * @since 0.1.0
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class RelayApplication {

    /**
     * Starts the relay, with Spring Boot's usual arguments. If the first one is {@code debezium}, prints the configuration of
     * a Debezium connector instead.
     */
    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals(DebeziumCommand.NAME)) {
            DebeziumCommand.run(arguments, System.out);
            return;
        }
        new SpringApplicationBuilder(RelayApplication.class)
                .properties("spring.config.name=outbox-relay")
                .run(arguments);
    }
}
