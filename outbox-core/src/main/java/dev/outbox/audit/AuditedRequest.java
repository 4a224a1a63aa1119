package dev.outbox.audit;

import org.jspecify.annotations.Nullable;

/**
 * A decision that somebody asks for.
 *
 * @param actor who asks, as the sign-in knows them
 * @param action what is to happen
 * @param subject what it is about, such as a key or a filter, and never a payload
 * @param requestKey what the client calls its request, so that it has one effect however often it is sent; null if the client
 *     has no name for it
 * @since 0.1.0
 */
public record AuditedRequest(
        String actor,
        AuditAction action,
        String subject,
        @Nullable String requestKey) {

    private static final int LONGEST_NAME = 255;

    /**
     * @throws IllegalArgumentException if the actor or the key is empty, or longer than 255 characters
     */
    public AuditedRequest {
        requireName("actor", actor);
        if (requestKey != null) {
            requireName("request key", requestKey);
        }
    }

    private static void requireName(String what, String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "The %s has %d characters; it needs 1 to %d".formatted(what, name.length(), LONGEST_NAME));
        }
    }
}
