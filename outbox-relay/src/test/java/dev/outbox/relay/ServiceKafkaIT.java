package dev.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.TestBroker;
import dev.outbox.relay.sidecar.RelayApplication;
import dev.outbox.schema.OutboxSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;

/** The relay in a service that has set up its own producer, by properties or in Java. */
@ExtendWith(OutputCaptureExtension.class)
class ServiceKafkaIT {

    private static final int PARTITIONS = 3;
    private static final int EVENTS = 12;

    private final String topic = "service-" + UUID.randomUUID();

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    @BeforeEach
    void createTablesAndTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestBroker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty())))
                    .all()
                    .get();
        }
    }

    @Test
    void aKeyStaysOnItsPartitionWhateverPartitionerAndInterceptorTheServiceHas(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext relay = run(
                TestBroker.bootstrapServers(),
                List.of(),
                "--spring.kafka.producer.properties.partitioner.class=" + RoundRobinPartitioner.class.getName(),
                "--spring.kafka.producer.properties.interceptor.classes=" + WithoutKey.class.getName())) {
            assertThat(relay.isRunning()).isTrue();
            assertThat(publish()).allSatisfy(record -> assertThat(record.key()).isEqualTo("one-key"));
        }
        assertThat(output).contains("partitioner.class is", "interceptor.classes is");
    }

    @Test
    void theRelayPublishesWhereTheProducerFactoryOfTheServiceDoes() throws Exception {
        ProducerFactory<Object, Object> own =
                new DefaultKafkaProducerFactory<>(Map.of("bootstrap.servers", TestBroker.bootstrapServers()));
        try (ConfigurableApplicationContext relay = run("localhost:1", List.of(own))) {
            assertThat(relay.isRunning()).isTrue();
            publish();
        }
    }

    @Test
    void twoProducerFactoriesOfWhichNoneIsPrimaryAreRefused() {
        ProducerFactory<Object, Object> one = new DefaultKafkaProducerFactory<>(Map.of("bootstrap.servers", "one:1"));
        ProducerFactory<Object, Object> two = new DefaultKafkaProducerFactory<>(Map.of("bootstrap.servers", "two:1"));

        assertThat(catchThrowable(() -> run("localhost:1", List.of(one, two))))
                .hasRootCauseInstanceOf(NoUniqueBeanDefinitionException.class)
                .rootCause()
                .hasMessageContaining("service0")
                .hasMessageContaining("service1");
    }

    private List<ConsumerRecord<String, byte[]>> publish() throws Exception {
        for (int i = 0; i < EVENTS; i++) {
            OutboxTransaction.commit(database.dataSource(), List.of(TestEvents.event(topic, "one-key")));
        }
        try (TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic)) {
            List<ConsumerRecord<String, byte[]>> records = reader.untilEvents(EVENTS);
            assertThat(records.stream().map(ConsumerRecord::partition).distinct())
                    .hasSize(1);
            return records;
        }
    }

    private ConfigurableApplicationContext run(
            String bootstrapServers, List<ProducerFactory<Object, Object>> factories, String... arguments) {
        List<String> all = new ArrayList<>(TestRelay.connection(database.get(), bootstrapServers));
        all.addAll(Arrays.asList(arguments));
        return new SpringApplicationBuilder(RelayApplication.class)
                .properties(Map.of("spring.config.name", "outbox-relay"))
                .initializers(context -> IntStream.range(0, factories.size())
                        .forEach(i -> ((GenericApplicationContext) context)
                                .registerBean("service" + i, ProducerFactory.class, () -> factories.get(i))))
                .web(WebApplicationType.NONE)
                .run(all.toArray(String[]::new));
    }

    /** Takes the key away, as one that makes records anonymous may do. */
    public static final class WithoutKey implements ProducerInterceptor<byte[], byte[]> {

        @Override
        public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
            return new ProducerRecord<>(record.topic(), null, null, null, record.value(), record.headers());
        }

        @Override
        public void onAcknowledgement(RecordMetadata metadata, Exception exception) {}

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> configs) {}
    }
}
