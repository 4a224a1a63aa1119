package dev.outbox.sidecar.internal.session;

import dev.outbox.sidecar.internal.terminal.Words;

/** A decision that was taken, as the audit has it. */
public final class Decided {

    private Decided() {}

    public static String words(Answer entry) {
        return "Entry %d of the audit: %s, %s, affects %d."
                .formatted(
                        entry.number("id"),
                        Words.constant(entry.text("action")),
                        entry.text("subject"),
                        entry.number("affected"));
    }
}
