package dev.outbox.consumer;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Holds up dead letters while they are sent, if it has a gate. */
public class LetterGate implements ProducerInterceptor<Object, Object> {

    static volatile @Nullable Gate gate;

    @Override
    public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> sent) {
        Gate closed = gate;
        if (closed != null && sent.topic().endsWith(".dlt")) {
            closed.pass();
        }
        return sent;
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
