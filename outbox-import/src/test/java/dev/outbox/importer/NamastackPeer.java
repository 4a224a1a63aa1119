package dev.outbox.importer;

import dev.outbox.embedded.TestDatabase;
import dev.outbox.shop.OrderPlaced;
import io.namastack.outbox.Outbox;
import io.namastack.outbox.handler.OutboxRecordMetadata;
import io.namastack.outbox.handler.OutboxTypedHandler;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Namastack, whose scheduler is stopped. */
final class NamastackPeer implements Peer {

    private final ConfigurableApplicationContext context;

    NamastackPeer(TestDatabase database) {
        List<String> arguments = new ArrayList<>(ShopApplication.arguments(database, List.of()));
        arguments.add("--outbox.enabled=false");
        arguments.add("--namastack.outbox.jdbc.schema-initialization.enabled=true");
        this.context = new SpringApplicationBuilder(Application.class).run(arguments.toArray(String[]::new));
        context.getBeansOfType(SmartLifecycle.class).values().stream()
                .filter(bean -> bean.getClass().getName().startsWith("io.namastack.outbox.OutboxProcessingScheduler"))
                .forEach(SmartLifecycle::stop);
    }

    @Override
    public void write(List<?> events) {
        Outbox outbox = context.getBean(Outbox.class);
        TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        for (int start = 0; start < events.size(); start += 100) {
            List<?> some = events.subList(start, Math.min(start + 100, events.size()));
            transaction.executeWithoutResult(
                    status -> some.forEach(event -> outbox.schedule(event, ((OrderPlaced) event).order())));
        }
    }

    @Override
    public List<String> settings() {
        String handler = context.getBean(JdbcClient.class)
                .sql("select distinct handler_id from outbox_record")
                .query(String.class)
                .single();
        return List.of("--outbox.import.source=namastack", "--outbox.import.handlers[0]=" + handler);
    }

    @Override
    public String pending() {
        return "select count(*) from outbox_record where completed_at is null";
    }

    @Override
    public String completeTheOldest() {
        return """
                update outbox_record set status = 'COMPLETED', completed_at = now()
                where id = (select id from outbox_record where completed_at is null order by created_at, ctid limit 1)""";
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    @EnableAutoConfiguration(
            excludeName = {
                // Both outboxes have a bean with the name "outbox", so they are in applications of their own.
                "dev.outbox.producer.CaptureAutoConfiguration",
                "dev.outbox.producer.OutboxSwitchedOffAutoConfiguration",
                "org.springframework.modulith.core.config.ApplicationModuleInitializerRuntimeVerification",
                "org.springframework.modulith.events.config.EventPublicationAutoConfiguration",
                "org.springframework.modulith.events.config.EventExternalizationAutoConfiguration",
                "org.springframework.modulith.events.jdbc.JdbcEventPublicationAutoConfiguration",
                "org.springframework.modulith.moments.autoconfigure.MomentsAutoConfiguration",
                "org.springframework.modulith.moments.autoconfigure.MomentsJacksonAutoConfiguration"
            })
    static class Application {

        @Bean
        OutboxTypedHandler<OrderPlaced> handler() {
            return new Handler();
        }
    }

    static final class Handler implements OutboxTypedHandler<OrderPlaced> {

        @Override
        public void handle(OrderPlaced event, OutboxRecordMetadata metadata) {
            throw new IllegalStateException("The broker is not there");
        }
    }
}
