package dev.outbox.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.event.AggregateRef;
import dev.outbox.eventstore.EventStore;
import dev.outbox.eventstore.StoredEvent;
import dev.outbox.eventstore.Subjects;
import dev.outbox.personal.SubjectForgottenException;
import dev.outbox.personal.SubjectKey;
import dev.outbox.personal.SubjectKeys;
import dev.outbox.producer.EventRefusedException;
import dev.outbox.producer.Outbox;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A service that keeps the keys itself, and whose keys would be made again for somebody who was forgotten. */
@SpringBootTest(
        classes = {PeopleApplication.class, OwnKeysIT.Vault.class},
        properties = "outbox.packages=dev.outbox.people")
class OwnKeysIT {

    @Autowired
    EventStore store;

    @Autowired
    Subjects subjects;

    @Autowired
    Outbox outbox;

    @Autowired
    DataSource dataSource;

    @Autowired
    PlatformTransactionManager manager;

    private final String id = UUID.randomUUID().toString();

    @Test
    void whoIsForgottenStaysForgottenWhateverTheKeysSay() {
        publish(new PersonRegistered(id, "GB", "Ada", Optional.empty()));
        assertThat(name()).isEqualTo("Ada");

        subjects.forget(id);

        assertThat(name()).isNull();
        assertThatExceptionOfType(EventRefusedException.class)
                .isThrownBy(() -> publish(new PersonRegistered(id, "GB", "Ada", Optional.empty())))
                .withCauseInstanceOf(SubjectForgottenException.class);
        assertThat(JdbcClient.create(dataSource)
                        .sql("select count(*) from outbox_subject_key")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aKeyIsRotatedByWhoKeepsIt() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> subjects.rotateKey(id))
                .withMessageContaining("has to be asked for a new one");
    }

    @Test
    void eventsThatAreNotStoredAreEncryptedAsWell() {
        publish(new ParcelSent(UUID.fromString(id), id, id, "Babbage", "Ada"));

        byte[] payload = JdbcClient.create(dataSource)
                .sql("select payload from outbox_event where aggregateid = :id")
                .param("id", id)
                .query(byte[].class)
                .single();
        assertThat(new String(payload, StandardCharsets.UTF_8)).contains(id).doesNotContain("Babbage", "Ada");
    }

    private @Nullable String name() {
        StoredEvent stored = store.read(new AggregateRef("Person", id)).get(0);
        return ((PersonRegistered) stored.event()).name();
    }

    private void publish(Object event) {
        new TransactionTemplate(manager).executeWithoutResult(status -> outbox.publish(event));
    }

    @Configuration(proxyBeanMethods = false)
    static class Vault {

        @Bean
        SubjectKeys vault() {
            Map<String, SubjectKey> keys = new ConcurrentHashMap<>();
            return new SubjectKeys() {
                @Override
                public SubjectKey current(String subject) {
                    return keys.computeIfAbsent(subject, unknown -> {
                        byte[] material = new byte[32];
                        new SecureRandom().nextBytes(material);
                        return SubjectKey.of(UUID.randomUUID().toString(), material);
                    });
                }

                @Override
                public Optional<SubjectKey> find(String subject, String keyId) {
                    return Optional.ofNullable(keys.get(subject))
                            .filter(key -> key.id().equals(keyId));
                }

                @Override
                public void forget(String subject) {
                    keys.remove(subject);
                }
            };
        }
    }
}
