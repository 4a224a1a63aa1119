package dev.outbox.relay.internal.replication;

/** What has become of the replication slot. */
public sealed interface ReplicationSlotState {

    /** {@return why the relay does not read from it, and what to do about that} */
    String problem(String slot);

    /** It can be read from. */
    record Usable() implements ReplicationSlotState {

        @Override
        public String problem(String slot) {
            return "Replication slot %s is about to be read".formatted(slot);
        }
    }

    /** There is none. */
    record Missing() implements ReplicationSlotState {

        @Override
        public String problem(String slot) {
            return "There is no replication slot %1$s. Run \"select pg_create_logical_replication_slot('%1$s', 'pgoutput')\""
                    .formatted(slot);
        }
    }

    /**
     * Another process reads from it.
     *
     * @param process its server process
     * @param isAlive whether it is a relay that is running; otherwise the server has not noticed its end yet
     */
    record InUse(int process, boolean isAlive) implements ReplicationSlotState {

        @Override
        public String problem(String slot) {
            return "Another session reads replication slot %s, by server process %d".formatted(slot, process);
        }
    }

    /**
     * The server has given it up: what it should have kept is gone.
     *
     * @param reason in the words of the server
     */
    record Lost(String reason) implements ReplicationSlotState {

        @Override
        public String problem(String slot) {
            return "The server has given up replication slot %1$s (%2$s). Run \"select pg_drop_replication_slot('%1$s')\""
                    .formatted(slot, reason);
        }
    }

    /**
     * The name belongs to a slot of another kind.
     *
     * @param owner what it is
     */
    record Foreign(String owner) implements ReplicationSlotState {

        @Override
        public String problem(String slot) {
            return "Replication slot %s is %s. Set outbox.relay.tail.slot to another name".formatted(slot, owner);
        }
    }
}
