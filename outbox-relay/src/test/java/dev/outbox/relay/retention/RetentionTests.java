package dev.outbox.relay.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.outbox.relay.internal.slot.OutboxSlots;
import dev.outbox.relay.internal.slot.SlotCycle;
import dev.outbox.relay.internal.slot.SlotResult;
import dev.outbox.relay.internal.slot.SlotResult.Busy;
import dev.outbox.relay.internal.slot.SlotResult.InUse;
import dev.outbox.relay.internal.slot.SlotResult.TooYoung;
import dev.outbox.relay.internal.slot.SlotResult.Truncated;
import dev.outbox.relay.parking.ParkedEvents;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RetentionTests {

    private static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");
    private static final int CURRENT = SlotCycle.DEFAULT.current(NINE);
    private static final int NEXT = (CURRENT + 1) % 4;
    private static final int OLDER = (CURRENT + 2) % 4;
    private static final int LAST = (CURRENT + 3) % 4;

    private final List<Integer> asked = new ArrayList<>();
    private final AtomicInteger removals = new AtomicInteger();
    private final RetentionMonitor monitor = new RetentionMonitor(Clock.fixed(NINE, ZoneOffset.UTC));

    @Test
    void asksOnlyForSlotsThatHaveRestedForLongEnough() {
        assertThat(run(Duration.ofHours(6)))
                .containsExactlyInAnyOrder(
                        new InUse(CURRENT),
                        new InUse(NEXT),
                        new TooYoung(LAST, Duration.ofHours(3)),
                        new Truncated(OLDER, 8192));
        assertThat(asked).containsExactly(OLDER);
    }

    @Test
    void nothingIsKeptForAZeroRetentionButWhatIsInUse() {
        run(Duration.ZERO);
        assertThat(asked).containsExactlyInAnyOrder(LAST, OLDER);
    }

    @Test
    void aRetentionThatOutlivesTheRestOfASlotIsRefusedWithItsMend() {
        assertThatExceptionOfType(ImpossibleRetentionException.class)
                .isThrownBy(() -> check(SlotCycle.DEFAULT, Duration.ofHours(12)))
                .satisfies(refused -> {
                    FailureAnalysis analysis = new ImpossibleRetentionFailureAnalyzer().analyze(refused, refused);
                    assertThat(analysis.getDescription())
                            .contains("outbox.relay.retention.keep is PT12H", "4 slots of PT6H");
                    assertThat(analysis.getAction())
                            .contains("set default floor(extract(epoch from now()) / 21601)::bigint % 4");
                });
        assertThatNoException().isThrownBy(() -> check(SlotCycle.DEFAULT, Duration.ofSeconds(12 * 3600 - 1)));
        assertThatNoException().isThrownBy(() -> check(new SlotCycle(9, Duration.ofDays(1)), Duration.ofDays(6)));
    }

    @Test
    void aSlotWhoseReadersLeaveNoGapIsWaitedForInTheEnd() {
        List<Duration> waited = new ArrayList<>();
        AtomicInteger tries = new AtomicInteger();
        OutboxSlots busy = new OutboxSlots() {

            @Override
            public SlotResult truncate(int slot) {
                tries.incrementAndGet();
                return new SlotResult.Busy(slot);
            }

            @Override
            public SlotResult truncate(int slot, Duration wait) {
                waited.add(wait);
                return new Truncated(slot, 8192);
            }
        };
        Retention retention = retention(busy, Duration.ofHours(6));
        for (int run = 0; run < Retention.PATIENT_RUNS; run++) {
            assertThat(retention.runOnce()).contains(new SlotResult.Busy(OLDER));
        }
        assertThat(tries.get()).as("several in each run").isGreaterThan(Retention.PATIENT_RUNS);
        assertThat(waited).isEmpty();

        assertThat(retention.runOnce()).contains(new Truncated(OLDER, 8192));
        assertThat(waited).hasSize(1);
        assertThat(retention.busyRuns(OLDER)).isZero();
    }

    @Test
    void aSlotThatIsWaitedForInVainIsTold(CapturedOutput output) throws InterruptedException {
        Retention retention = retention(SlotResult.Busy::new, Duration.ofHours(6));
        RetentionLoop loop = new RetentionLoop(retention, monitor, Duration.ofHours(1));
        for (int run = 0; run < 7; run++) {
            loop.runOnce();
        }
        assertThat(output).containsOnlyOnce("The published events of slot " + OLDER + " stay in the outbox");
        assertThat(monitor.slotsInUse()).containsExactly(Map.entry(OLDER, NINE));
    }

    @Test
    void slotsThatCannotBeUnderstoodAreRefusedWithTheReason() {
        assertThatExceptionOfType(ImpossibleRetentionException.class)
                .isThrownBy(() -> new RetentionCheck(
                                () -> {
                                    throw new IllegalStateException("the reason");
                                },
                                Duration.ofHours(6))
                        .afterSingletonsInstantiated())
                .satisfies(refused -> assertThat(new ImpossibleRetentionFailureAnalyzer()
                                .analyze(refused, refused)
                                .getAction())
                        .isEqualTo("the reason"));
    }

    @Test
    void aTimeThatIsNegativeIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new RetentionProperties(true, Duration.ofHours(-1), Duration.ofMinutes(1)))
                .withMessageContaining("outbox.relay.retention.keep");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new RetentionProperties(true, Duration.ofHours(6), Duration.ZERO))
                .withMessageContaining("outbox.relay.retention.interval");
    }

    @Test
    void whatWasGivenUpIsRemovedOnceItsSlotMayBeGone() {
        retention(Busy::new, Duration.ZERO).runOnce();
        assertThat(removals).hasValue(0);

        run(Duration.ZERO);
        assertThat(removals).hasValue(1);
    }

    @Test
    void theLoopOutlivesADatabaseThatDoesNotAnswer() throws InterruptedException {
        OutboxSlots failing = slot -> {
            asked.add(slot);
            throw new IllegalStateException("no answer");
        };
        RetentionLoop loop = new RetentionLoop(retention(failing, Duration.ZERO), monitor, Duration.ofMinutes(1));
        loop.runOnce();
        loop.runOnce();
        assertThat(asked).hasSize(2);
    }

    @Test
    void theLoopRunsByItselfUntilItIsStopped() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(2);
        OutboxSlots slots = slot -> {
            ran.countDown();
            return new Busy(slot);
        };
        RetentionLoop loop = new RetentionLoop(retention(slots, Duration.ofHours(6)), monitor, Duration.ofMillis(1));
        loop.start();
        ran.await();
        loop.stop();
        assertThat(loop.isRunning()).isFalse();
    }

    private static void check(SlotCycle cycle, Duration keep) {
        new RetentionCheck(() -> cycle, keep).afterSingletonsInstantiated();
    }

    private List<SlotResult> run(Duration keep) {
        return retention(this::truncate, keep).runOnce();
    }

    private Retention retention(OutboxSlots slots, Duration keep) {
        return new Retention(
                slots, counting(removals), () -> SlotCycle.DEFAULT, keep, Clock.fixed(NINE, ZoneOffset.UTC));
    }

    private SlotResult truncate(int slot) {
        asked.add(slot);
        return new Truncated(slot, 8192);
    }

    private static ParkedEvents counting(AtomicInteger removals) {
        return (ParkedEvents) Proxy.newProxyInstance(
                RetentionTests.class.getClassLoader(),
                new Class<?>[] {ParkedEvents.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName())
                            .as("retention removes what was discarded, and decides nothing")
                            .isEqualTo("removeDiscarded");
                    return removals.incrementAndGet();
                });
    }
}
