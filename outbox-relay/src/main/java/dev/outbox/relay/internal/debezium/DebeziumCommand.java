package dev.outbox.relay.internal.debezium;

import dev.outbox.relay.debezium.DebeziumConnector;
import dev.outbox.relay.internal.database.DatabaseProperties;
import dev.outbox.schema.OutboxTables;
import java.io.PrintStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * The command {@code debezium} of the sidecar: prints the configuration of a Debezium connector for the database that the
 * sidecar is configured for. It connects to nothing.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableConfigurationProperties({DataSourceProperties.class, DatabaseProperties.class, DebeziumProperties.class})
public class DebeziumCommand {

    /** What the first argument of the sidecar is. */
    public static final String NAME = "debezium";

    DebeziumCommand() {}

    /**
     * Runs the command.
     *
     * @param arguments those of the sidecar
     * @param out where the JSON is printed
     */
    public static void run(String[] arguments, PrintStream out) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(DebeziumCommand.class)
                .properties(
                        "spring.config.name=outbox-relay",
                        "spring.main.log-startup-info=false",
                        "logging.level.root=warn")
                .web(WebApplicationType.NONE)
                .run(arguments)) {
            out.println(context.getBean(DebeziumConnector.class).json());
        }
    }

    @Bean
    DebeziumConnector outboxDebeziumConnector(
            DataSourceProperties service,
            DatabaseProperties relay,
            DebeziumProperties properties,
            @Value("${outbox.schema.name:}") String schema) {
        return properties.connector(service::determineUrl, service::determineUsername, relay, OutboxTables.of(schema));
    }
}
