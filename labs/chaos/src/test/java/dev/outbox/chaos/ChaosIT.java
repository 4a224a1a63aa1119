package dev.outbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.chaos.process.ChildProcess;
import dev.outbox.chaos.process.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** One kind of disturbance each, under load. What it is compared by, see {@link ChaosRun}. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes are stopped and continued by signals")
class ChaosIT {

    private static final long SEED = 1;

    @Test
    void relaysAreKilled() throws Exception {
        try (ChaosRun run = ChaosRun.start("kill", SEED, 4, 2)) {
            ChildProcess first = run.relays().running().get(0);
            ChildProcess second = run.relays().running().get(1);
            run.awaitCommits(100);
            run.disturbances().killRelay(first);
            ChildProcess third = run.disturbances().addRelay(4);
            run.awaitProgress();
            run.disturbances().killRelay(second);
            run.awaitOwner(third);
            run.awaitProgress();
            assertUndisturbedTransactions(run);
        }
    }

    @Test
    void aRelayStopsForLongerThanItsLease() throws Exception {
        try (ChaosRun run = ChaosRun.start("stop", SEED, 4, 2)) {
            for (ChildProcess relay : run.relays().running()) {
                run.awaitCommits(100);
                run.disturbances().stopRelay(relay);
                run.awaitNoOwner(relay);
                run.awaitProgress();
                run.disturbances().continueRelay(relay);
                run.awaitOwner(relay);
                run.awaitProgress();
            }
            assertUndisturbedTransactions(run);
        }
    }

    @Test
    void theBrokerIsKilledAndStopped() throws Exception {
        try (ChaosRun run = ChaosRun.start("broker", SEED, 4, 2)) {
            run.awaitCommits(100);
            run.disturbances().killBroker();
            run.awaitCommits(100);
            run.disturbances().restartBroker();
            run.awaitProgress();
            run.disturbances().stopBroker();
            run.awaitCommits(100);
            run.disturbances().killRelay(run.relays().running().get(0));
            run.disturbances().continueBroker();
            run.awaitProgress();
            assertUndisturbedTransactions(run);
        }
    }

    @Test
    void connectionsAreCutAndTheDatabaseRestarts() throws Exception {
        try (ChaosRun run = ChaosRun.start("database", SEED, 4, 2)) {
            for (int i = 0; i < 3; i++) {
                run.awaitCommits(50);
                run.disturbances().cutConnections();
                run.awaitProgress();
            }
            run.awaitCommits(50);
            run.disturbances().restartDatabase();
            run.awaitProgress();
            run.awaitCommits(50);
            run.disturbances().crashDatabase();
            run.awaitProgress();
            Outcome outcome = run.finish();
            outcome.assertPromisesKept(run.story().toString());
            assertThat(outcome.idleWriterCommitted())
                    .as("the idle writer, cut off by the restart")
                    .isFalse();
        }
    }

    @Test
    void relaysComeAndGoAndDivideTheLanesAnew() throws Exception {
        try (ChaosRun run = ChaosRun.start("share", SEED, 4, 2)) {
            ChildProcess first = run.relays().running().get(0);
            ChildProcess second = run.relays().running().get(1);
            ChildProcess third = run.disturbances().addRelay(7);
            run.awaitLanes(7);
            run.awaitOwner(third);
            run.disturbances().removeRelay(first);
            run.disturbances().killRelay(second);
            run.awaitProgress();
            ChildProcess fourth = run.disturbances().addRelay(3);
            run.awaitLanes(3);
            run.awaitOwner(fourth);
            run.disturbances().removeRelay(third);
            run.awaitProgress();
            assertUndisturbedTransactions(run);
        }
    }

    @Test
    void relaysThatTailLoseEverythingInTurn() throws Exception {
        try (ChaosRun run = ChaosRun.start(Servers.replicated(), "tail", SEED, 4, 2, Engine.TAIL)) {
            run.awaitCommits(100);
            run.disturbances().killRelay(run.relays().running().get(0));
            run.awaitProgress();
            ChildProcess last = run.relays().running().get(0);
            run.awaitOwner(last);
            run.disturbances().stopRelay(last);
            ChildProcess next = run.disturbances().addRelay(2);
            run.awaitOwner(next);
            run.disturbances().continueRelay(last);
            run.awaitProgress();
            run.disturbances().cutConnections();
            run.awaitProgress();
            run.disturbances().loseReplicationSlot();
            run.awaitProgress();
            run.commitIdleWriter();
            run.awaitReplicationSlot();
            run.disturbances().dropReplicationSlot();
            run.awaitProgress();
            run.disturbances().crashDatabase();
            run.awaitProgress();
            run.disturbances().cutOffStandby();
            run.awaitCommits(50);
            run.disturbances().failOver(true);
            run.awaitProgress();
            run.finish().assertPromisesKept(run.story().toString());
        }
    }

    @Test
    void relaysOnMariaDbLoseEverythingInTurn() throws Exception {
        try (ChaosRun run = ChaosRun.start(Servers.mariaDb(), "mariadb", SEED, 4, 2, Engine.QUEUE)) {
            run.awaitCommits(100);
            run.disturbances().killRelay(run.relays().running().get(0));
            run.awaitProgress();
            ChildProcess last = run.relays().running().get(0);
            ChildProcess next = run.disturbances().addRelay(3);
            run.awaitLanes(3);
            run.awaitOwner(next);
            run.awaitOwner(last);
            run.disturbances().stopRelay(last);
            run.awaitNoOwner(last);
            run.awaitProgress();
            run.disturbances().continueRelay(last);
            run.awaitOwner(last);
            run.disturbances().cutConnections();
            run.awaitProgress();
            run.disturbances().stopBroker();
            run.awaitCommits(50);
            run.disturbances().restartDatabase();
            run.disturbances().continueBroker();
            run.awaitProgress();
            run.awaitCommits(50);
            run.disturbances().crashDatabase();
            run.awaitProgress();
            run.finish().assertPromisesKept(run.story().toString());
        }
    }

    private static void assertUndisturbedTransactions(ChaosRun run) throws Exception {
        Outcome outcome = run.finish();
        outcome.assertPromisesKept(run.story().toString());
        assertThat(outcome.disturbed())
                .as("transactions that ended with their connection")
                .isZero();
        assertThat(outcome.idleWriterCommitted()).isTrue();
    }
}
