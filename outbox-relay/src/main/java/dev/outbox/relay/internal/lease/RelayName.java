package dev.outbox.relay.internal.lease;

import java.util.UUID;

/**
 * The name under which a relay acquires lanes. No other relay has it, and this one does not have it after a restart either;
 * it shows where the relay runs.
 *
 * @param application the name of the application
 * @param process the id of its process
 * @param id what makes it unique
 */
public record RelayName(String application, long process, UUID id) {

    /** {@return a new name for the relay of this process} */
    public static RelayName of(String application) {
        return new RelayName(application, ProcessHandle.current().pid(), UUID.randomUUID());
    }

    /** {@return the owner of its leases} */
    @Override
    public String toString() {
        return "%s, process %d, %s".formatted(application, process, id);
    }
}
