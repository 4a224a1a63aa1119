package dev.outbox.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class GuardedBrokerIT {

    @Test
    void letsAUserDoWhatItIsAllowedToAndOthersEverything() throws Exception {
        try (GuardedBroker broker = GuardedBroker.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("notes", Optional.of(1), Optional.empty())))
                    .all()
                    .get();
            assertThat(send(broker, "of anyone")).isEqualTo(0);
            BrokerUser user = broker.user();
            assertThatThrownBy(() -> send(user, "too early")).hasRootCauseInstanceOf(TopicAuthorizationException.class);
            user.allow(ResourceType.TOPIC, "notes", AclOperation.WRITE);
            assertThat(send(user, "of the user")).isEqualTo(1);
            user.forbid(ResourceType.TOPIC, "notes", AclOperation.WRITE);
            assertThatThrownBy(() -> send(user, "too late")).hasRootCauseInstanceOf(TopicAuthorizationException.class);
            assertThat(send(broker, "of anyone")).isEqualTo(2);
        }
    }

    private static long send(GuardedBroker broker, String value) throws Exception {
        return send(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()), value);
    }

    private static long send(BrokerUser user, String value) throws Exception {
        Map<String, Object> settings = new HashMap<>(user.login());
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, user.bootstrapServers());
        return send(settings, value);
    }

    /** {@return the place in the topic} */
    private static long send(Map<String, Object> settings, String value) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            return producer.send(new ProducerRecord<>("notes", "key", value))
                    .get()
                    .offset();
        }
    }
}
