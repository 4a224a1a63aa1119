package dev.outbox.eventstore.internal.projection.store;

/**
 * One of the times that a projection is filled.
 *
 * @param projection its name
 * @param number counted from 1
 */
public record GenerationRef(String projection, int number) {

    @Override
    public String toString() {
        return "projection '%s', generation %d".formatted(projection, number);
    }
}
