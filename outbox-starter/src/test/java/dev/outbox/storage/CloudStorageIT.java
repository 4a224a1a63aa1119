package dev.outbox.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkedInboxEvents;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestServers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;

/** Notifications of cloud stores are events like any other. */
@SpringBootTest(
        properties = {
            "outbox.packages=dev.outbox.storage",
            "outbox.inbox.group=storage",
            "outbox.inbox.failure.attempts=2",
            "outbox.inbox.failure.initial-interval=10ms",
            "spring.kafka.consumer.auto-offset-reset=earliest"
        })
class CloudStorageIT {

    private static final String GCS_OBJECT = """
            {"kind": "storage#object", "name": "%1$s", "bucket": "scans", "generation": "1700000000000001",
             "metageneration": "1", "size": "17"}""";

    @Autowired
    private KafkaTemplate<String, String> kafka;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private ParkedInboxEvents parked;

    @Test
    void anObjectIsHandledOnceHoweverOftenTheStoreTellsOfIt() throws Exception {
        send("uploads", Map.of(), s3("r-1", created("once.jpg", 1024, "0055AED6DCD90281E5")));
        send("uploads", Map.of(), s3("r-1", created("once.jpg", 1024, "0055AED6DCD90281E5")));
        send("uploads", Map.of(), s3("r-2", created("last.jpg", 1, "0055AED6DCD90281E6")));
        await().atMost(Patience.LIMIT).until(() -> effects("created last.jpg").size() == 1);
        assertThat(effects("created once.jpg")).hasSize(1);
        assertThat(size("once.jpg")).isEqualTo(1024);
    }

    @Test
    void theKeyOfAnObjectIsDecodedAndItsSequencerTellsWhatIsLater() throws Exception {
        send("uploads", Map.of(), s3("r-3", created("red+flower%2B1.jpg", 2, "0055AED6DCD90281F")));
        send("uploads", Map.of(), s3("r-4", created("red+flower%2B1.jpg", 1, "0055AED6DCD90281E5")));
        send("uploads", Map.of(), s3("r-5", removed("red+flower%2B1.jpg", "0055AED6DCD90281E6")));
        send("uploads", Map.of(), s3("r-6", created("later.jpg", 1, "0055AED6DCD90281E5")));
        await().atMost(Patience.LIMIT).until(() -> effects("created later.jpg").size() == 1);
        assertThat(effects("created red flower+1.jpg")).hasSize(2);
        assertThat(size("red flower+1.jpg")).isEqualTo(2);
    }

    @Test
    void theEventsOfOneNotificationFailAndAreReleasedEachForItself() throws Exception {
        jdbc.sql("insert into forbidden (name) values ('b.jpg')").update();
        send(
                "uploads",
                Map.of(),
                s3(
                        "r-7",
                        created("a.jpg", 1, "01") + "," + created("b.jpg", 2, "02") + "," + created("c.jpg", 3, "03")));
        send("uploads", Map.of(), s3("r-8", created("d.jpg", 1, "04")));
        await().atMost(Patience.LIMIT).until(() -> effects("created d.jpg").size() == 1);
        assertThat(effects("created _.jpg")).containsExactly("created a.jpg", "created c.jpg", "created d.jpg");
        assertThat(parked.keys(10)).hasSize(1);
        jdbc.sql("delete from forbidden").update();
        assertThat(parked.release(new InboxKey("storage", "uploads", "b.jpg")).handled())
                .isEqualTo(1);
        assertThat(size("b.jpg")).isEqualTo(2);
    }

    @Test
    void anObjectOfGoogleIsTheSameByHeadersAndInADocument() throws Exception {
        Map<String, String> attributes = Map.of(
                "eventType", "OBJECT_FINALIZE",
                "payloadFormat", "JSON_API_V1",
                "bucketId", "scans",
                "objectId", "a b.pdf",
                "objectGeneration", "1700000000000001",
                "eventTime", "2026-02-03T04:05:06.789Z");
        send("scans", attributes, GCS_OBJECT.formatted("a b.pdf"));
        send("scans", Map.of(), pushed("a b.pdf", GCS_OBJECT.formatted("a b.pdf")));
        send("scans", Map.of(), pushed("last.pdf", ""));
        await().atMost(Patience.LIMIT).until(() -> effects("scanned last.pdf%").size() == 1);
        assertThat(effects("scanned %"))
                .containsExactly(
                        "scanned a b.pdf in scans at 2026-02-03T04:05:06.789Z",
                        "scanned last.pdf in scans at 2026-02-03T04:05:06.789Z");
    }

    @Test
    void anEventThatEventarcHasMadeIsReadAsItIs() throws Exception {
        send("scans", Map.of("content-type", "application/cloudevents+json"), """
                {"specversion": "1.0", "id": "arc-1", "type": "google.cloud.storage.object.v1.finalized",
                 "source": "//storage.googleapis.com/projects/_/buckets/scans", "subject": "objects/arc.pdf",
                 "time": "2026-02-03T04:05:06Z", "data": {"bucket": "scans", "name": "arc.pdf"}}""");
        await().atMost(Patience.LIMIT)
                .until(() -> effects("scanned arc.pdf in scans at 2026-02-03T04:05:06Z")
                                .size()
                        == 1);
    }

    @Test
    void whatCannotBeReadIsPassedOver() throws Exception {
        send("uploads", Map.of(), "{\"Records\": [{\"eventSource\": \"aws:s3\", \"s3\": {\"object\": {}}}]}");
        send("uploads", Map.of(), "{\"Service\": \"Amazon S3\", \"Event\": \"s3:TestEvent\", \"Bucket\": \"uploads\"}");
        send("uploads", Map.of(), "no JSON");
        send("uploads", Map.of(), null);
        send("uploads", Map.of(), s3("r-9", created("behind.jpg", 1, "01")));
        await().atMost(Patience.LIMIT).until(() -> effects("created behind.jpg").size() == 1);
    }

    private static String s3(String request, String entries) {
        return "{\"Records\": [%s]}".formatted(entries).replace("REQUEST", request);
    }

    private static String created(String key, long size, String sequencer) {
        return entry("ObjectCreated:Put", key, "\"size\": %d, \"sequencer\": \"%s\"".formatted(size, sequencer));
    }

    private static String removed(String key, String sequencer) {
        return entry("ObjectRemoved:Delete", key, "\"sequencer\": \"%s\"".formatted(sequencer));
    }

    private static String entry(String name, String key, String object) {
        return """
                {"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "eu-central-1",
                 "eventTime": "2026-02-03T04:05:06.789Z", "eventName": "%s",
                 "responseElements": {"x-amz-request-id": "REQUEST", "x-amz-id-2": "host"},
                 "s3": {"s3SchemaVersion": "1.0", "bucket": {"name": "uploads", "arn": "arn:aws:s3:::uploads"},
                        "object": {"key": "%s", %s}}}""".formatted(name, key, object);
    }

    /** As a push subscription has it. */
    private static String pushed(String name, String object) {
        return """
                {"message": {"messageId": "17", "data": "%s", "attributes": {"eventType": "OBJECT_FINALIZE",
                 "bucketId": "scans", "objectId": "%s", "objectGeneration": "1700000000000001",
                 "eventTime": "2026-02-03T04:05:06.789Z"}}, "subscription": "projects/p/subscriptions/s"}""".formatted(Base64.getEncoder().encodeToString(object.getBytes(StandardCharsets.UTF_8)), name);
    }

    /** To one partition, so that what is sent last comes last. */
    private void send(String topic, Map<String, String> headers, @Nullable String payload) throws Exception {
        ProducerRecord<String, String> sent = new ProducerRecord<>(topic, 0, null, payload);
        headers.forEach((name, value) -> sent.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        kafka.send(sent).get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private List<@Nullable String> effects(String pattern) {
        return jdbc.sql("select what from effect where what like ? order by id")
                .param(pattern)
                .query(String.class)
                .list();
    }

    private @Nullable Long size(String name) {
        return jdbc.sql("select size from upload where name = ?")
                .param(name)
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
    @Import({TestServers.class, StorageConfiguration.class, Uploads.class})
    static class StorageApplication {}
}
