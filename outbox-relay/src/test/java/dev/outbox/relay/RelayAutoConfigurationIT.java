package dev.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.outbox.embedded.TestBroker;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.internal.domain.DeclaredTopics;
import dev.outbox.internal.wakeup.CommitHint;
import dev.outbox.relay.internal.database.RelayDatabase;
import dev.outbox.relay.sidecar.RelayApplication;
import dev.outbox.schema.OutboxSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(OutputCaptureExtension.class)
class RelayAutoConfigurationIT {

    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void setsUpARelayBesideTheApplication() {
        try (ConfigurableApplicationContext context = run()) {
            assertThat(context.getBeansOfType(CommitHint.class)).hasSize(1);
            assertThat(context.getBeansOfType(HealthIndicator.class)).containsKey("outboxRelayHealthIndicator");
            assertThat(context.getBeansOfType(DataSource.class))
                    .as("the relay's own pool is not for the application")
                    .hasSize(1);
        }
    }

    @Test
    void canBeSwitchedOff() {
        try (ConfigurableApplicationContext context = run("--outbox.relay.enabled=false")) {
            assertThat(context.getBeanDefinitionNames())
                    .filteredOn(name -> name.startsWith("outbox"))
                    .as("what refuses whoever calls it")
                    .containsExactlyInAnyOrder("outboxParkedEvents", "outboxLaneRebase", "outboxReplay");
        }
    }

    @Test
    void saysWhatToDoAboutMissingTables() {
        Throwable failure = catchThrowable(() -> run("--outbox.schema.migrate=false"));

        assertThat(analyze(failure)).singleElement().satisfies(analysis -> {
            assertThat(analysis.getDescription()).contains("outbox_event");
            assertThat(analysis.getAction()).contains("outbox.schema.migrate").contains("docs/schema");
        });
    }

    @Test
    void refusesASequenceThatIsDrawnFromAhead() {
        new OutboxSchema(database.dataSource()).afterPropertiesSet();
        JdbcClient.create(database.dataSource())
                .sql("alter sequence outbox_event_seq cache 10")
                .update();
        assertThat(analyze(catchThrowable(() -> run()))).singleElement().satisfies(analysis -> {
            assertThat(analysis.getDescription()).contains("outbox_event_seq").contains("cache of 10");
            assertThat(analysis.getAction()).contains("alter sequence outbox_event_seq cache 1");
        });
    }

    @Test
    void hasItsOwnIsolationWhateverTheServicesHave() {
        JdbcClient jdbc = JdbcClient.create(database.dataSource());
        jdbc.sql("alter database "
                        + jdbc.sql("select current_database()")
                                .query(String.class)
                                .single() + " set default_transaction_isolation = 'serializable'")
                .update();
        try (ConfigurableApplicationContext context = run()) {
            assertThat(JdbcClient.create(context.getBean(RelayDatabase.class).dataSource())
                            .sql("show transaction_isolation")
                            .query(String.class)
                            .single())
                    .isEqualTo("read committed");
        }
    }

    @Test
    void namesADeclaredTopicThatIsMissing(CapturedOutput output) {
        try (ConfigurableApplicationContext context =
                runWith(() -> Set.of("declared-and-missing"), "--outbox.relay.check.timeout=2m")) {
            assertThat(context.isRunning()).isTrue();
        }
        assertThat(output).contains("Topic 'declared-and-missing' does not exist");
    }

    @Test
    void refusesAnUnsafeServerAndAMissingTopicIfItIsTold() {
        Throwable failure = catchThrowable(() -> run(
                "--outbox.relay.check.unsafe-settings=refuse",
                "--outbox.relay.check.topics=no-such-topic",
                "--outbox.relay.check.timeout=2m"));
        assertThat(analyze(failure))
                .singleElement()
                .satisfies(analysis -> assertThat(analysis.getDescription())
                        .contains("fsync=off")
                        .contains("'no-such-topic'"));
    }

    private static List<FailureAnalysis> analyze(Throwable failure) {
        // Some of Boot's own analyzers need an application to be made.
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, FailureHandler.handleMessage((message, cause) -> {}))
                .stream()
                .filter(analyzer -> analyzer.getClass().getName().startsWith("dev.outbox"))
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .toList();
    }

    private ConfigurableApplicationContext run(String... arguments) {
        return runWith(Set::of, arguments);
    }

    private ConfigurableApplicationContext runWith(DeclaredTopics topics, String... arguments) {
        List<String> all = new ArrayList<>(TestRelay.connection(database, TestBroker.bootstrapServers()));
        all.addAll(Arrays.asList(arguments));
        return new SpringApplicationBuilder(RelayApplication.class)
                .properties(Map.of("spring.config.name", "outbox-relay"))
                .initializers(context ->
                        ((GenericApplicationContext) context).registerBean(DeclaredTopics.class, () -> topics))
                .web(WebApplicationType.NONE)
                .run(all.toArray(String[]::new));
    }
}
