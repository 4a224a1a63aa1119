package dev.outbox.eventstore.internal.projection.lane;

/** Another process fills the lane, or it was swapped: its epoch is another one. Nothing of this transaction remains. */
public final class LaneLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LaneLostException(LaneLease lease) {
        super("%s is not ours any more".formatted(lease));
    }
}
