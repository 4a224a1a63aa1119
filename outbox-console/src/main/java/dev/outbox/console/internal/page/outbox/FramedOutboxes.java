package dev.outbox.console.internal.page.outbox;

import dev.outbox.console.internal.api.outbox.ChosenOutbox;
import dev.outbox.console.internal.page.PageFrame;
import dev.outbox.relay.operations.OutboxOperations;

/** Finds the outbox that a page is about. */
public final class FramedOutboxes {

    private final ChosenOutbox outboxes;

    FramedOutboxes(ChosenOutbox outboxes) {
        this.outboxes = outboxes;
    }

    /**
     * {@return what the page is about}
     *
     * @throws dev.outbox.console.internal.api.NotFoundException if there is no such outbox
     * @throws dev.outbox.console.internal.api.NotStartedException if it is not relayed yet
     */
    public OutboxOperations chosen(PageFrame frame) {
        return outboxes.of(frame.outbox());
    }
}
