package dev.outbox.internal.status;

import java.util.function.Supplier;

/**
 * One part of what the endpoint {@code outbox} shows. It comes from memory, because whoever looks may look often and while no
 * server answers; and it has neither a key nor a payload, because whoever looks may not be allowed to see them.
 *
 * @param name what it is called there
 * @param now what is known at the moment, as it is written as JSON; called by any thread
 */
public record StatusPart(String name, Supplier<?> now) {}
