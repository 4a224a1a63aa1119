package dev.outbox.eventstore.internal.projection.lane;

import dev.outbox.eventstore.internal.projection.store.ProjectionLease;

/** Another process fills the lane, or it was swapped: its epoch is another one. Nothing of this transaction remains. */
public final class ProjectionLaneLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProjectionLaneLostException(ProjectionLease lease) {
        super("%s is not ours any more".formatted(lease));
    }
}
