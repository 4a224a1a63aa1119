package dev.outbox.relay;

/** The same with a relay that tails. The promoted standby has no replication slot; the relay creates one. */
class TailedFailoverIT extends FailoverIT {

    @Override
    String engine() {
        return "tail";
    }
}
