package dev.outbox.sample.inventory;

import java.time.Clock;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.TopicBuilder;

/** Starts the inventory service. */
@SpringBootApplication
public class InventoryServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(InventoryServiceApplication.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Made at start if it is not there: who publishes to a topic knows how many partitions it needs. */
    @Bean
    NewTopic reservationEvents() {
        return TopicBuilder.name("outbox.event.Reservation").partitions(3).build();
    }
}
