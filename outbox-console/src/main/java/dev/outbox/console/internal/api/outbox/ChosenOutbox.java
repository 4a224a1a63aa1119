package dev.outbox.console.internal.api.outbox;

import dev.outbox.audit.AuditTrail;
import dev.outbox.console.internal.api.Audits;
import dev.outbox.console.internal.api.NotFoundException;
import dev.outbox.console.internal.api.NotStartedException;
import dev.outbox.relay.operations.OutboxOperations;
import dev.outbox.relay.operations.Outboxes;
import dev.outbox.relay.operations.UnavailableOutboxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the outbox that a request is about; it need not say which one if there is only one. */
public final class ChosenOutbox implements Audits {

    private final Outboxes outboxes;

    public ChosenOutbox(Outboxes outboxes) {
        this.outboxes = outboxes;
    }

    /**
     * {@return the outbox}
     *
     * @param name its name, or null
     * @throws IllegalArgumentException if there are several, and none is named
     * @throws NotFoundException if there is none of this name
     * @throws NotStartedException if it is not relayed yet
     */
    public OutboxOperations of(@Nullable String name) {
        try {
            return outboxes.named(Audits.chosen(name, names()));
        } catch (UnavailableOutboxException unavailable) {
            String message = String.valueOf(unavailable.getMessage());
            throw unavailable.isKnown()
                    ? new NotStartedException(message, unavailable)
                    : new NotFoundException(message);
        }
    }

    @Override
    public List<String> names() {
        return outboxes.names();
    }

    @Override
    public AuditTrail named(@Nullable String name) {
        return of(name).audit();
    }
}
