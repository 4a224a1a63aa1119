package dev.outbox.relay.internal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.outbox.relay.internal.check.CheckProperties.UnsafeSettings;
import dev.outbox.relay.internal.check.Finding.Severity;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

class StartChecksTests {

    private static final String COMMITTED = "read committed";

    private static final ServerSettings GOOD = new ServerSettings(150_004, false, 1, COMMITTED, true, true, "on");

    @Test
    void aServerThatIsSetUpWellIsNotCommentedOn() {
        assertThat(GOOD.findings()).isEmpty();
    }

    @Test
    void aServerOnWhichThePromisesDoNotHoldIsRefused() {
        assertThat(severity(new ServerSettings(120_008, false, 1, COMMITTED, true, true, "on")))
                .isEqualTo(Severity.FATAL);
        assertThat(severity(new ServerSettings(150_004, true, 1, COMMITTED, true, true, "on")))
                .isEqualTo(Severity.FATAL);
        assertThat(severity(new ServerSettings(150_004, false, 32, COMMITTED, true, true, "on")))
                .isEqualTo(Severity.FATAL);
    }

    @Test
    void anOldServerAndAMissingTopicAreRefusedWithTheirMends() {
        StartCheck old = () -> new ServerSettings(120_008, false, 1, COMMITTED, true, true, "on").findings();
        TopicLimits limits = topics -> Map.of("missing", OptionalLong.empty());
        StartCheck topics = () -> check(limits, Set.of("missing"), Set.of());
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(new StartChecks(List.of(old, topics), UnsafeSettings.IGNORE)::afterSingletonsInstantiated)
                .satisfies(refused -> {
                    FailureAnalysis analysis = new StartRefusedFailureAnalyzer().analyze(refused, refused);
                    assertThat(analysis.getDescription())
                            .contains("PostgreSQL 12; the relay needs 13", "Topic 'missing' does not exist");
                    assertThat(analysis.getAction()).contains("Upgrade the database", "Create the topic");
                });
    }

    @Test
    void anotherIsolationIsRefusedWithItsMend() {
        for (String isolation : List.of("repeatable read", "serializable")) {
            StartCheck check = () -> new ServerSettings(150_004, false, 1, isolation, true, true, "on").findings();
            assertThatExceptionOfType(StartRefusedException.class)
                    .isThrownBy(new StartChecks(List.of(check), UnsafeSettings.IGNORE)::afterSingletonsInstantiated)
                    .satisfies(refused -> {
                        FailureAnalysis analysis = new StartRefusedFailureAnalyzer().analyze(refused, refused);
                        assertThat(analysis.getDescription()).contains(isolation);
                        assertThat(analysis.getAction())
                                .contains("set default_transaction_isolation = 'read committed'");
                    });
        }
    }

    @Test
    void aServerThatCanLoseWhatWasPublishedIsUnsafe() {
        assertThat(severity(new ServerSettings(150_004, false, 1, COMMITTED, false, true, "on")))
                .isEqualTo(Severity.UNSAFE);
        assertThat(severity(new ServerSettings(150_004, false, 1, COMMITTED, true, false, "on")))
                .isEqualTo(Severity.UNSAFE);
    }

    @Test
    void commitsThatDoNotWaitForTheDiskAreWorthANotice() {
        assertThat(severity(new ServerSettings(150_004, false, 1, COMMITTED, true, true, "off")))
                .isEqualTo(Severity.NOTICE);
    }

    @Test
    void whatIsFatalIsRefusedWithItsMend() {
        StartCheck standby = () -> new ServerSettings(150_004, true, 7, COMMITTED, true, true, "on").findings();
        StartChecks checks = new StartChecks(List.of(standby), UnsafeSettings.IGNORE);
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(checks::afterSingletonsInstantiated)
                .satisfies(refused -> {
                    FailureAnalysis analysis = new StartRefusedFailureAnalyzer().analyze(refused, refused);
                    assertThat(analysis.getDescription()).contains("standby").contains("cache of 7");
                    assertThat(analysis.getAction())
                            .contains("targetServerType=primary")
                            .contains("alter sequence");
                });
    }

    @Test
    void aPropertyDecidesAboutWhatIsUnsafe() {
        StartCheck unsafe = () -> List.of(Finding.unsafe("fsync is off.", "Set it to on."));
        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(new StartChecks(List.of(unsafe), UnsafeSettings.REFUSE)::afterSingletonsInstantiated);
        assertThatNoException()
                .isThrownBy(new StartChecks(List.of(unsafe), UnsafeSettings.WARN)::afterSingletonsInstantiated);
        assertThatNoException()
                .isThrownBy(new StartChecks(List.of(unsafe), UnsafeSettings.IGNORE)::afterSingletonsInstantiated);
    }

    @Test
    void producerSettingsThatTheRelayOverridesAreNamed() {
        assertThat(new ProducerSettingsCheck(Map.of("acks", "1", "enable.idempotence", false, "retries", 3)).findings())
                .extracting(Finding::problem)
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("acks is 1"),
                        problem -> assertThat(problem).contains("enable.idempotence is false"),
                        problem -> assertThat(problem).contains("retries is 3"));
        assertThat(new ProducerSettingsCheck(Map.of("acks", "all", "enable.idempotence", "true")).findings())
                .isEmpty();
    }

    @Test
    void aTopicThatIsMissingOrTooSmallIsNamed() {
        TopicLimits limits = topics -> Map.of(
                "missing", OptionalLong.empty(), "small", OptionalLong.of(1_000), "large", OptionalLong.of(9_000_000));
        assertThat(check(limits, Set.of("missing", "small", "large", "untold"), Set.of()))
                .satisfiesExactlyInAnyOrder(
                        finding -> {
                            assertThat(finding.severity()).isEqualTo(Severity.FATAL);
                            assertThat(finding.problem()).contains("'missing'");
                        },
                        finding -> {
                            assertThat(finding.severity()).isEqualTo(Severity.NOTICE);
                            assertThat(finding.problem()).contains("'small'").contains("1000");
                        });
    }

    @Test
    void aMissingTopicThatNobodyNamedIsWorthANotice() {
        TopicLimits limits = topics -> Map.of("known", OptionalLong.empty());
        assertThat(check(limits, Set.of(), Set.of("known"))).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.NOTICE);
            assertThat(finding.problem()).contains("'known' does not exist");
            assertThat(finding.fix()).contains("outbox.relay.check.topics");
        });
    }

    @Test
    void aTopicThatTakesLessThanTheProducerIsNamed() {
        TopicLimits limits = topics -> Map.of("narrow", OptionalLong.of(1_000_000), "wide", OptionalLong.of(1_048_588));
        assertThat(check(limits, Set.of(), Set.of("narrow", "wide")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.NOTICE);
                    assertThat(finding.problem())
                            .contains("'narrow'", "1000000", "1048576 of the producer's max.request.size");
                });
    }

    @Test
    void kafkaIsNotAskedWithoutATopic() {
        TopicLimits nobody = topics -> {
            throw new AssertionError("asked about " + topics);
        };
        assertThat(check(nobody, Set.of(), Set.of())).isEmpty();
    }

    private static List<Finding> check(TopicLimits limits, Set<String> required, Set<String> expected) {
        return new TopicsCheck(limits, required, () -> expected, 900_000, 1_048_576).findings();
    }

    private static Severity severity(ServerSettings settings) {
        assertThat(settings.findings()).hasSize(1);
        return settings.findings().get(0).severity();
    }
}
