package dev.outbox.console.internal.trail;

import dev.outbox.console.internal.trail.TrailStep.State;
import java.util.List;

/**
 * How far an event has come.
 *
 * @param answer the first step that it has not taken and why, or that it has taken all of them
 * @param steps all steps, in order
 */
public record EventTrail(String answer, List<TrailStep> steps) {

    /** Keeps an unmodifiable copy. */
    public EventTrail {
        steps = List.copyOf(steps);
    }

    /** {@return the trail of these steps} */
    static EventTrail of(List<TrailStep> steps) {
        return new EventTrail(
                steps.stream()
                        .filter(step -> step.state() != State.DONE)
                        .findFirst()
                        .map(step -> step.detail())
                        .orElse("It has been consumed by every group that reads its topic."),
                steps);
    }
}
