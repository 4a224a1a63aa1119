package dev.outbox.debezium;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;

/** What a worker of Kafka Connect does with a record after the transforms, by the converters of the configuration. */
final class ConnectConverters {

    private final Converter key;
    private final Converter value;
    private final HeaderConverter header;

    ConnectConverters(Map<String, String> config) {
        this.key = create(config, "key.converter", Converter.class);
        this.value = create(config, "value.converter", Converter.class);
        this.header = create(config, "header.converter", HeaderConverter.class);
        key.configure(settings(config, "key.converter."), true);
        value.configure(settings(config, "value.converter."), false);
        ((Configurable) header).configure(Map.of("converter.type", "header"));
    }

    ProducerRecord<byte[], byte[]> convert(SourceRecord source) {
        String topic = source.topic();
        ProducerRecord<byte[], byte[]> converted = new ProducerRecord<>(
                topic,
                source.kafkaPartition(),
                key.fromConnectData(topic, source.keySchema(), source.key()),
                value.fromConnectData(topic, source.valueSchema(), source.value()));
        for (Header from : source.headers()) {
            converted
                    .headers()
                    .add(from.key(), header.fromConnectHeader(topic, from.key(), from.schema(), from.value()));
        }
        return converted;
    }

    private static <T> T create(Map<String, String> config, String property, Class<T> type) {
        try {
            return type.cast(
                    Class.forName(config.get(property)).getConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> settings(Map<String, String> config, String prefix) {
        return config.entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(prefix))
                .collect(Collectors.toMap(setting -> setting.getKey().substring(prefix.length()), Map.Entry::getValue));
    }
}
