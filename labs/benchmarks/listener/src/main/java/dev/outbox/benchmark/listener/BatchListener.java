package dev.outbox.benchmark.listener;

import dev.outbox.benchmark.listener.ListenerService.Business;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.annotation.Transactional;

/** One transaction for each poll, and no guard: what is delivered twice is done twice. */
class BatchListener {

    private final Business business;

    BatchListener(Business business) {
        this.business = business;
    }

    @Transactional
    @KafkaListener(topics = "${topic}", batch = "true")
    public void on(List<ConsumerRecord<String, byte[]>> records) {
        for (ConsumerRecord<String, byte[]> each : records) {
            business.handle(each.value());
        }
    }
}
