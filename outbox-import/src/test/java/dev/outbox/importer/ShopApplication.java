package dev.outbox.importer;

import dev.outbox.embedded.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The service with this outbox and the import, and without the library of another outbox. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.modulith.core.config.ApplicationModuleInitializerRuntimeVerification",
            "org.springframework.modulith.events.config.EventPublicationAutoConfiguration",
            "org.springframework.modulith.events.config.EventExternalizationAutoConfiguration",
            "org.springframework.modulith.events.jdbc.JdbcEventPublicationAutoConfiguration",
            "org.springframework.modulith.moments.autoconfigure.MomentsAutoConfiguration",
            "org.springframework.modulith.moments.autoconfigure.MomentsJacksonAutoConfiguration",
            "io.namastack.outbox.config.OutboxCoreInfrastructureAutoConfiguration",
            "io.namastack.outbox.config.OutboxCoreThreadingAutoConfiguration",
            "io.namastack.outbox.config.OutboxCoreProcessingAutoConfiguration",
            "io.namastack.outbox.config.OutboxCoreSchedulingAutoConfiguration",
            "io.namastack.outbox.config.OutboxCoreMulticasterAutoConfiguration",
            "io.namastack.outbox.OutboxJacksonAutoConfiguration",
            "io.namastack.outbox.config.JdbcOutboxAutoConfiguration",
            "io.namastack.outbox.config.JdbcOutboxSchemaAutoConfiguration"
        })
class ShopApplication {

    static ConfigurableApplicationContext start(TestDatabase database, List<String> settings) {
        return new SpringApplicationBuilder(ShopApplication.class)
                .run(arguments(database, settings).toArray(String[]::new));
    }

    /** {@return the arguments with which it uses this database, and nothing is too young to be imported} */
    static List<String> arguments(TestDatabase database, List<String> settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--logging.level.org.springframework.transaction.support.TransactionSynchronizationUtils=off"));
        arguments.addAll(settings);
        if (settings.stream().noneMatch(setting -> setting.startsWith("--outbox.import.min-age="))) {
            arguments.add("--outbox.import.min-age=0s");
        }
        return arguments;
    }
}
