package dev.outbox.sample.order;

import java.time.Clock;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.TopicBuilder;

/** Starts the order service. */
@SpringBootApplication
public class OrderServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(OrderServiceApplication.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Made at start if it is not there: who publishes to a topic knows how many partitions it needs. */
    @Bean
    NewTopic orderEvents() {
        return TopicBuilder.name("outbox.event.Order").partitions(3).build();
    }
}
