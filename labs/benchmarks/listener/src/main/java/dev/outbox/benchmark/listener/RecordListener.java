package dev.outbox.benchmark.listener;

import dev.outbox.benchmark.listener.ListenerService.Business;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.annotation.Transactional;

/** One transaction for each record, and no guard. */
class RecordListener {

    private final Business business;

    RecordListener(Business business) {
        this.business = business;
    }

    @Transactional
    @KafkaListener(topics = "${topic}")
    public void on(ConsumerRecord<String, byte[]> each) {
        business.handle(each.value());
    }
}
