package dev.outbox.chaos;

import dev.outbox.chaos.process.ChildProcess;
import dev.outbox.chaos.process.Engine;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Disturbs by chance. A disturbance of the broker, and one of a relay, may last over further steps, so that they meet
 * others; there is at most one of each.
 */
final class RandomDisturbances {

    private static final int MAX_RELAYS = 3;
    private static final int MAX_LANES = 8;
    private static final int MAX_COMMITS_BETWEEN = 150;

    private final ChaosRun run;
    private final SplittableRandom random;
    private final Disturbances disturbances;
    private final Set<Kind> leftOut;
    private @Nullable Runnable endOfBrokers;
    private @Nullable Runnable endOfRelays;

    RandomDisturbances(ChaosRun run, SplittableRandom random, Engine engine) {
        this.run = run;
        this.random = random;
        this.disturbances = run.disturbances();
        this.leftOut = leftOut(engine);
    }

    /** {@return what runs with this engine cannot suffer} */
    static Set<Kind> leftOut(Engine engine) {
        return switch (engine) {
            case TAIL, MIXED -> Set.of();
            case POLL -> Set.of(Kind.SLOT_DROPPED, Kind.SLOT_LOST);
            case QUEUE -> Kind.OF_POSTGRES;
        };
    }

    /** Begins a disturbance or ends one, and lets the writers go on for a while. */
    void step() throws SQLException {
        switch (random.nextInt(8)) {
            case 0 -> disturbances.cutConnections();
            case 1 -> restartDatabase();
            case 2 -> failOver();
            case 3 -> loseReplicationSlot();
            case 4, 5 -> disturbBroker();
            default -> disturbRelays();
        }
        awaitCommits();
        if (endOfBrokers == null && endOfRelays == null && random.nextInt(3) == 0) {
            run.awaitProgress();
        }
    }

    /** Ends what lasts. */
    void end() {
        endBrokers();
        endRelays();
        disturbances.giveUpFailedStarts();
        if (run.relays().running().isEmpty()) {
            addRelay();
        }
    }

    private void restartDatabase() {
        if (random.nextInt(2) == 0) {
            disturbances.restartDatabase();
        } else {
            disturbances.crashDatabase();
        }
    }

    private void failOver() {
        if (leftOut.contains(Kind.FAILOVER)) {
            disturbances.leaveOut(Kind.FAILOVER);
            return;
        }
        if (random.nextBoolean()) {
            disturbances.cutOffStandby();
            awaitCommits();
            if (random.nextBoolean()) {
                disturbRelays();
            }
        }
        disturbances.failOver(random.nextBoolean());
    }

    private void loseReplicationSlot() throws SQLException {
        if (leftOut.contains(Kind.SLOT_DROPPED)) {
            disturbances.leaveOut(Kind.SLOT_DROPPED);
            return;
        }
        if (random.nextBoolean()) {
            disturbances.dropReplicationSlot();
        } else {
            disturbances.loseReplicationSlot();
        }
        // Until then, there can be no other replication slot.
        if (random.nextInt(4) > 0) {
            run.commitIdleWriter();
        }
    }

    private void disturbBroker() {
        if (endOfBrokers != null) {
            endBrokers();
        } else if (random.nextBoolean()) {
            disturbances.killBroker();
            endOfBrokers = disturbances::restartBroker;
        } else {
            disturbances.stopBroker();
            endOfBrokers = disturbances::continueBroker;
        }
    }

    private void disturbRelays() {
        disturbances.giveUpFailedStarts();
        List<ChildProcess> relays = run.relays().running();
        if (endOfRelays != null) {
            endRelays();
        } else if (relays.isEmpty() || (relays.size() < MAX_RELAYS && random.nextInt(3) == 0)) {
            addRelay();
        } else {
            disturbRelay(pick(relays));
        }
    }

    private void disturbRelay(ChildProcess relay) {
        switch (random.nextInt(4)) {
            case 0 -> {
                disturbances.killRelay(relay);
                endOfRelays = this::addRelay;
            }
            case 1 -> {
                disturbances.removeRelay(relay);
                endOfRelays = this::addRelay;
            }
            default -> {
                disturbances.stopRelay(relay);
                endOfRelays = () -> disturbances.continueRelay(relay);
                if (random.nextBoolean()) {
                    run.awaitNoOwner(relay);
                }
            }
        }
    }

    private void awaitCommits() {
        run.awaitCommits(1 + random.nextInt(MAX_COMMITS_BETWEEN));
    }

    private void addRelay() {
        disturbances.addRelay(1 + random.nextInt(MAX_LANES));
    }

    private void endBrokers() {
        if (endOfBrokers != null) {
            endOfBrokers.run();
            endOfBrokers = null;
        }
    }

    private void endRelays() {
        if (endOfRelays != null) {
            endOfRelays.run();
            endOfRelays = null;
        }
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
