package dev.outbox.chaos;

import dev.outbox.chaos.process.ChildProcess;
import dev.outbox.chaos.process.Relays;
import dev.outbox.embedded.ReplicationSlots;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;

/** What is done to the processes of a run; each is entered into its story. For one thread. */
final class Disturbances {

    private final Landscape landscape;
    private final Relays relays;
    private final Story story;
    private boolean brokerKilled;
    private boolean brokerStopped;

    Disturbances(Landscape landscape, Relays relays, Story story) {
        this.landscape = landscape;
        this.relays = relays;
        this.story = story;
    }

    /** Starts a relay; the youngest one decides how many lanes there are. */
    ChildProcess addRelay(int lanes) {
        ChildProcess relay = relays.add(lanes);
        story.tell("%s is started and asks for %d lanes".formatted(relay, lanes));
        return relay;
    }

    /** Relays that could not start are given up. */
    void giveUpFailedStarts() {
        relays.removeFailedStarts().forEach(relay -> story.tell(relay + " could not start"));
    }

    void killRelay(ChildProcess relay) {
        story.count(Kind.RELAY_KILLED);
        story.tell(relay + " is killed");
        relays.kill(relay);
    }

    void removeRelay(ChildProcess relay) {
        story.count(Kind.RELAY_ENDED);
        story.tell(relay + " is asked to end");
        relays.remove(relay);
        story.tell(relay + " has ended");
    }

    void stopRelay(ChildProcess relay) {
        story.count(Kind.RELAY_STOPPED);
        story.tell(relay + " is stopped");
        relay.suspend();
    }

    void continueRelay(ChildProcess relay) {
        story.tell(relay + " goes on");
        relay.resume();
    }

    void killBroker() {
        story.count(Kind.BROKER_KILLED);
        story.tell("the broker is killed");
        brokerKilled = true;
        landscape.servers().broker().kill();
    }

    void restartBroker() {
        landscape.servers().broker().restart();
        brokerKilled = false;
        story.tell("the broker is back");
    }

    void stopBroker() {
        story.count(Kind.BROKER_STOPPED);
        story.tell("the broker is stopped");
        brokerStopped = true;
        landscape.servers().stopBroker();
    }

    void continueBroker() {
        landscape.servers().continueBroker();
        brokerStopped = false;
        story.tell("the broker goes on");
    }

    void restartDatabase() {
        story.count(Kind.DATABASE_RESTARTED);
        story.tell("the database is shut down");
        landscape.database().restart();
        story.tell("the database is back");
    }

    void crashDatabase() {
        story.count(Kind.DATABASE_CRASHED);
        story.tell("the database crashes");
        landscape.database().crash();
        story.tell("the database has recovered");
    }

    /** Ends all sessions of all relays. */
    void cutConnections() {
        long cut = landscape.database().cutRelays(landscape.name());
        story.count(Kind.CONNECTIONS_CUT);
        story.tell("%d connections of relays are cut".formatted(cut));
    }

    /** Does something else instead, because the database of this run cannot suffer it. */
    void leaveOut(Kind kind) {
        story.tell("left out: " + kind);
        cutConnections();
    }

    /** Relays that tail have to find another way. */
    void dropReplicationSlot() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(10))
                .until(new ReplicationSlots(landscape.dataSource("disturbance"))::drop);
        story.count(Kind.SLOT_DROPPED);
        story.tell("the replication slot is dropped");
    }

    /** The server gives up the replication slot, because that keeps more WAL than the server wants to keep. */
    void loseReplicationSlot() throws SQLException {
        if (new WalLimit(landscape).loseReplicationSlot()) {
            story.count(Kind.SLOT_LOST);
            story.tell("the server has given up the replication slot");
        } else {
            story.tell("there is no replication slot that the server could give up");
        }
    }

    /** From now on, what is committed will be lost when the standby is promoted; until then, relays wait for it. */
    void cutOffStandby() {
        landscape.servers().postgres().cutOffStandby();
        story.tell("the standby is cut off");
    }

    /** PostgreSQL is lost, and its standby takes its place; relays wait until that has a standby, too. */
    void failOver(boolean keepsReplicationSlots) {
        story.count(Kind.FAILOVER);
        story.tell("PostgreSQL is lost");
        landscape.servers().postgres().failOver(keepsReplicationSlots);
        story.tell("the standby is promoted; the next one %s copies of replication slots"
                .formatted(keepsReplicationSlots ? "keeps" : "keeps no"));
    }

    /** Ends what a failed run has left behind. */
    void end() {
        if (brokerStopped) {
            continueBroker();
        }
        if (brokerKilled) {
            restartBroker();
        }
    }
}
