package dev.outbox.console.internal.decision;

import org.jspecify.annotations.Nullable;

/**
 * Who asks for a decision.
 *
 * @param name the user
 * @param requestKey what the client calls its request, or null
 */
public record Asker(String name, @Nullable String requestKey) {}
