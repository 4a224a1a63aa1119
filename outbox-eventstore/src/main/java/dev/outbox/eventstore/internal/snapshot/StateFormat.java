package dev.outbox.eventstore.internal.snapshot;

import dev.outbox.internal.format.ExactDecimals;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How states of one class are kept: as JSON, by the service's own mapper. Thread-safe.
 *
 * @param <S> the state
 */
public final class StateFormat<S> {

    private final JsonMapper mapper;
    private final JsonMapper trees;
    private final Class<S> state;
    private final String fingerprint;

    /**
     * @param version of what is made of the events
     */
    public StateFormat(JsonMapper mapper, Class<S> state, int version) {
        this.mapper = mapper;
        this.trees = ExactDecimals.in(mapper);
        this.state = state;
        this.fingerprint = StateFingerprint.of(state, version);
    }

    /** {@return of the class and the version; a snapshot with another one is none} */
    public String fingerprint() {
        return fingerprint;
    }

    /**
     * {@return the state as bytes}
     *
     * @throws tools.jackson.core.JacksonException if Jackson cannot write it
     */
    public byte[] write(S value) {
        return mapper.writeValueAsBytes(value);
    }

    /**
     * {@return the state that the bytes represent}
     *
     * @throws tools.jackson.core.JacksonException if Jackson cannot read it
     */
    public S read(byte[] bytes) {
        return mapper.readValue(bytes, state);
    }

    /** {@return whether two states are written in the same way; not every class says what equal means} */
    public boolean isSame(S one, S other) {
        return tree(one).equals(tree(other));
    }

    private JsonNode tree(S value) {
        return trees.readTree(write(value));
    }
}
