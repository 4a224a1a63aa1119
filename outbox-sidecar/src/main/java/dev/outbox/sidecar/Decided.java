package dev.outbox.sidecar;

import java.util.Locale;

/** A decision that was taken, as the audit has it. */
final class Decided {

    private Decided() {}

    static String words(Answer entry) {
        return "Entry %d of the audit: %s, %s, affects %d."
                .formatted(
                        entry.number("id"),
                        action(entry.text("action")),
                        entry.text("subject"),
                        entry.number("affected"));
    }

    /** {@return an action as the audit table names it, such as {@code discard-held}} */
    static String action(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
