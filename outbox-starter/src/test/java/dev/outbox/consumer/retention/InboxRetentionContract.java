package dev.outbox.consumer.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.consumer.internal.broker.ConsumedTopics;
import dev.outbox.consumer.retention.InboxRetentionProperties.ShortWindow;
import dev.outbox.consumer.retention.RemovalResult.Elsewhere;
import dev.outbox.consumer.retention.RemovalResult.Needed;
import dev.outbox.consumer.retention.RemovalResult.Removed;
import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.support.TopicPartitionOffset;

/** What the inbox forgets, and when, on each database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InboxRetentionContract {

    private static final Map<String, Object> BROKER = Map.of("bootstrap.servers", TestBroker.bootstrapServers());
    private static final Duration KEEP = Duration.ofDays(3);

    @RegisterExtension
    final MigratedDatabase database;

    private final DataSource dataSource;
    private final DatabaseProduct product;
    private final JdbcClient jdbc;
    private ConsumedTopics topics = new ConsumedTopics();
    private final LockProvider locks;

    InboxRetentionContract(DatabaseKind kind) {
        this.database = MigratedDatabase.on(kind, OutboxSchema.class);
        this.dataSource = database.dataSource();
        this.product = DatabaseProduct.of(dataSource);
        this.jdbc = JdbcClient.create(dataSource);
        this.locks = new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
                .withJdbcTemplate(new JdbcTemplate(dataSource))
                .withTableName("outbox_shedlock")
                .usingDbTime()
                .build());
    }

    @BeforeEach
    void fill() {
        topics = new ConsumedTopics();
        jdbc.sql("truncate table inbox_event").update();
        Instant now = Instant.now();
        List<Object[]> rows = IntStream.rangeClosed(1, 240)
                .mapToObj(
                        hours -> new Object[] {Integer.toString(hours), handledAt(now.minus(Duration.ofHours(hours)))})
                .toList();
        String admission = product == DatabaseProduct.POSTGRESQL ? "" : ", admission";
        String value = product == DatabaseProduct.POSTGRESQL ? "" : ", 1";
        new JdbcTemplate(dataSource)
                .batchUpdate(
                        "insert into inbox_event (consumer, source, event_id, type, handled_at%s) values ('stock', '', ?, 'OrderPlaced', ?%s)"
                                .formatted(admission, value),
                        rows);
    }

    @Test
    void removesByAPoolWhoseConnectionsDoNotCommitByThemselves() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(database.jdbcUrl());
            pool.setUsername(database.user());
            pool.setPassword(database.password());
            pool.setAutoCommit(false);

            assertThat(ProcessedEvents.on(product, pool, OutboxTables.ON_SEARCH_PATH)
                            .removeOlderThan(Set.of("stock"), KEEP, 1_000))
                    .isPositive();
        }
        assertThat(jdbc.sql("select count(*) from inbox_event")
                        .query(Integer.class)
                        .single())
                .isLessThan(100);
    }

    @Test
    void whatIsOlderIsRemovedInBatches() {
        topics.add("stock", List.of(topic(Map.of("retention.ms", hours(24), "segment.ms", hours(24)))));
        assertThat(retention(ShortWindow.REFUSE).runOnce()).isEqualTo(new Removed(240 - 71));
        assertThat(jdbc.sql("select max(cast(event_id as decimal)) from inbox_event")
                        .query(Integer.class)
                        .single())
                .isEqualTo(71);
    }

    @Test
    void nothingIsRemovedThatATopicCanStillDeliver() {
        String topic = topic(Map.of("retention.ms", hours(48), "segment.ms", hours(48)));
        topics.add("stock", List.of(topic));
        assertThat(retention(ShortWindow.WARN).runOnce()).isEqualTo(new Needed(Map.of(topic, Duration.ofDays(4))));
        assertThat(jdbc.sql("select count(*) from inbox_event")
                        .query(Integer.class)
                        .single())
                .isEqualTo(240);
    }

    @Test
    void unlessThatIsAskedFor() {
        topics.add("stock", List.of(topic(Map.of("retention.ms", "-1"))));
        assertThat(retention(ShortWindow.IGNORE).runOnce()).isInstanceOf(Removed.class);
    }

    @Test
    void whatOtherConsumersHaveHandledStays() {
        topics.add("billing", List.of(topic(Map.of("retention.ms", hours(24), "segment.ms", hours(24)))));
        assertThat(retention(ShortWindow.REFUSE).runOnce()).isEqualTo(new Removed(0));
        assertThat(retention(ShortWindow.IGNORE).runOnce()).isEqualTo(new Removed(0));
    }

    @Test
    void aPatternAndSinglePartitionsAreLookedAtToo() {
        String topic = topic(Map.of("retention.ms", hours(48), "segment.ms", hours(48)));
        topics.add("stock", new ContainerProperties(Pattern.compile(topic.substring(0, topic.length() - 2) + "..")));
        assertThat(retention(ShortWindow.WARN).runOnce()).isEqualTo(new Needed(Map.of(topic, Duration.ofDays(4))));
        topics = new ConsumedTopics();
        topics.add("stock", new ContainerProperties(new TopicPartitionOffset(topic, 0)));
        assertThat(retention(ShortWindow.WARN).runOnce()).isEqualTo(new Needed(Map.of(topic, Duration.ofDays(4))));
    }

    @Test
    void whatIsUnknownIsNotNone() {
        topics.add("stock", List.of("not-there"));
        assertThatExceptionOfType(TopicsUnknownException.class)
                .isThrownBy(() -> retention(ShortWindow.WARN).runOnce())
                .withMessageContaining("not-there");
        topics = new ConsumedTopics();
        topics.add("stock", new ContainerProperties(Pattern.compile("matches-none-.*")));
        assertThatExceptionOfType(TopicsUnknownException.class)
                .isThrownBy(() -> retention(ShortWindow.WARN).runOnce())
                .withMessageContaining("matches-none");
        assertThat(jdbc.sql("select count(*) from inbox_event")
                        .query(Integer.class)
                        .single())
                .isEqualTo(240);
    }

    @Test
    void oneInstanceAtATimeRemoves() {
        Optional<SimpleLock> other = locks.lock(new LockConfiguration(
                Clock.systemUTC().instant(), "outbox-inbox-retention", Duration.ofMinutes(1), Duration.ZERO));
        assertThat(other).isPresent();
        assertThat(retention(ShortWindow.IGNORE).runOnce()).isInstanceOf(Elsewhere.class);
        other.get().unlock();
        assertThat(retention(ShortWindow.IGNORE).runOnce()).isInstanceOf(Removed.class);
    }

    @Test
    void theStartIsRefusedWithTheMend() {
        String topic = topic(Map.of("retention.ms", hours(48), "segment.ms", hours(48)));
        assertThatExceptionOfType(ShortRetentionException.class)
                .isThrownBy(() -> loop(topic, ShortWindow.REFUSE).start())
                .withMessage(
                        "The inbox remembers applied events for PT72H (outbox.inbox.retention.keep), but topic '%s'"
                                        .formatted(topic)
                                + " can deliver them for 96h")
                .satisfies(refused -> assertThat(refused.fix())
                        .contains("Set outbox.inbox.retention.keep to more than 96h")
                        .contains("outbox.inbox.guard=aggregate-sequence"));
    }

    @Test
    void aCompactedTopicDeliversForEver() {
        String topic = topic(Map.of("cleanup.policy", "compact"));
        assertThatExceptionOfType(ShortRetentionException.class)
                .isThrownBy(() -> loop(topic, ShortWindow.REFUSE).start())
                .withMessageEndingWith("can deliver them for ever")
                .satisfies(refused -> assertThat(refused.fix()).contains("Limit the topic's retention.ms"));
    }

    @Test
    void aTopicThatIsNotThereYetHoldsUpNoStart() {
        InboxRetentionLoop loop = loop("not-there", ShortWindow.REFUSE);
        loop.start();
        assertThat(loop.isRunning()).isTrue();
        loop.stop();
        assertThat(loop.isRunning()).isFalse();
    }

    private Object handledAt(Instant time) {
        return product == DatabaseProduct.POSTGRESQL
                ? time.atOffset(ZoneOffset.UTC)
                : LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    private InboxRetention retention(ShortWindow shortWindow) {
        InboxRetentionProperties properties = properties(shortWindow);
        return new InboxRetention(
                ProcessedEvents.on(product, dataSource, OutboxTables.ON_SEARCH_PATH),
                window(topics),
                locks,
                properties,
                Clock.systemUTC());
    }

    private InboxRetentionLoop loop(String topic, ShortWindow shortWindow) {
        ConsumedTopics consumed = new ConsumedTopics();
        consumed.add("stock", List.of(topic));
        return new InboxRetentionLoop(retention(shortWindow), window(consumed), properties(shortWindow));
    }

    private static RetentionWindow window(ConsumedTopics consumed) {
        return new RetentionWindow(consumed, new KafkaTopicRetention(BROKER, Patience.LIMIT), KEEP);
    }

    private static InboxRetentionProperties properties(ShortWindow shortWindow) {
        return new InboxRetentionProperties(
                true, KEEP, Map.of(), Duration.ofHours(1), 50, shortWindow, Duration.ofSeconds(30));
    }

    private static String hours(int hours) {
        return Long.toString(Duration.ofHours(hours).toMillis());
    }

    private static String topic(Map<String, String> settings) {
        String name = "retention-" + UUID.randomUUID();
        try (Admin admin = Admin.create(BROKER)) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(settings)))
                    .all()
                    .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException("The topic cannot be made", failed);
        }
        return name;
    }
}
