package dev.outbox.importer;

import dev.outbox.embedded.TestDatabase;
import dev.outbox.shop.OrderPlaced;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring Modulith, with a listener that never gets its event to the broker. */
final class ModulithPeer implements Peer {

    static final String LISTENER = "dev.outbox.importer.ModulithPeer$Listener.on(dev.outbox.shop.OrderPlaced)";

    private final ConfigurableApplicationContext context;

    ModulithPeer(TestDatabase database, String... more) {
        List<String> arguments = new ArrayList<>(ShopApplication.arguments(database, List.of(more)));
        arguments.add("--outbox.enabled=false");
        arguments.add("--spring.modulith.events.jdbc.schema-initialization.enabled=true");
        this.context = new SpringApplicationBuilder(Application.class).run(arguments.toArray(String[]::new));
    }

    @Override
    public void write(List<?> events) {
        TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        for (int start = 0; start < events.size(); start += 100) {
            List<?> some = events.subList(start, Math.min(start + 100, events.size()));
            transaction.executeWithoutResult(status -> some.forEach(context::publishEvent));
        }
    }

    @Override
    public List<String> settings() {
        return List.of("--outbox.import.source=modulith", "--outbox.import.handlers[0]=" + LISTENER);
    }

    @Override
    public String pending() {
        return "select count(*) from event_publication where completion_date is null";
    }

    @Override
    public String completeTheOldest() {
        return """
                update event_publication set completion_date = now(), status = 'COMPLETED'
                where id = (select id from event_publication where completion_date is null order by publication_date limit 1)""";
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.modulith.core.config.ApplicationModuleInitializerRuntimeVerification",
                "io.namastack.outbox.config.OutboxCoreInfrastructureAutoConfiguration",
                "io.namastack.outbox.config.OutboxCoreThreadingAutoConfiguration",
                "io.namastack.outbox.config.OutboxCoreProcessingAutoConfiguration",
                "io.namastack.outbox.config.OutboxCoreSchedulingAutoConfiguration",
                "io.namastack.outbox.config.OutboxCoreMulticasterAutoConfiguration",
                "io.namastack.outbox.OutboxJacksonAutoConfiguration",
                "io.namastack.outbox.config.JdbcOutboxAutoConfiguration",
                "io.namastack.outbox.config.JdbcOutboxSchemaAutoConfiguration"
            })
    static class Application {

        @Bean
        Listener listener() {
            return new Listener();
        }
    }

    static class Listener {

        @TransactionalEventListener
        void on(OrderPlaced event) {
            throw new IllegalStateException("The broker is not there for %s".formatted(Arrays.asList(event.order())));
        }
    }
}
