package dev.outbox.debezium;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.TestBroker;
import dev.outbox.producer.downcast.Downcaster;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.node.ObjectNode;

/** A service that embeds the relay. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Shop {

    /** Starts it on tables that are there. */
    static ConfigurableApplicationContext start(MigratedDatabase database, String... further) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.application.name=shop",
                "--spring.main.banner-mode=off",
                "--spring.main.log-startup-info=false",
                "--spring.flyway.enabled=false",
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.kafka.bootstrap-servers=" + TestBroker.bootstrapServers(),
                "--outbox.packages=" + Shop.class.getPackageName(),
                "--outbox.versions.also-publish.StockCounted=1",
                "--outbox.format.types.PriceChanged=application/avro"));
        arguments.addAll(List.of(further));
        return new SpringApplicationBuilder(Shop.class)
                .web(WebApplicationType.NONE)
                .run(arguments.toArray(String[]::new));
    }

    @Downcaster(type = "StockCounted", from = 2)
    ObjectNode withoutPlace(ObjectNode stock) {
        stock.remove("place");
        return stock;
    }
}
