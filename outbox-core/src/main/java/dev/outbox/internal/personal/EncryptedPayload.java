package dev.outbox.internal.personal;

import dev.outbox.event.EventPayload;
import java.util.Map;

/**
 * A payload, of which something may be encrypted.
 *
 * @param payload as it is stored and sent
 * @param headers that say what is encrypted; empty if nothing is
 */
public record EncryptedPayload(EventPayload payload, Map<String, String> headers) {}
