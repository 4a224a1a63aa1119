package dev.outbox.event;

/**
 * The identity of an event on the wire: a name and the version of its payload, never a class name.
 *
 * <p>Two services that know the same event agree on this pair and on nothing else.
 *
 * @param name what happened, such as {@code OrderPlaced}; 1 to 255 printable characters
 * @param version version of the payload, counted from 1
 * @since 0.1.0
 */
public record EventType(String name, int version) {

    private static final int MAX_LENGTH = 255;

    /**
     * @throws IllegalArgumentException if the name cannot be carried in a Kafka header and a column, or the version
     *     is not positive
     */
    public EventType {
        if (name.isBlank() || name.length() > MAX_LENGTH || hasControl(name)) {
            throw new IllegalArgumentException(
                    "Event type name '%s' must be 1 to %d printable characters".formatted(name, MAX_LENGTH));
        }
        if (version < 1) {
            throw new IllegalArgumentException(
                    "Event type '%s' has version %d; versions start at 1".formatted(name, version));
        }
    }

    @Override
    public String toString() {
        return name + " v" + version;
    }

    private static boolean hasControl(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
