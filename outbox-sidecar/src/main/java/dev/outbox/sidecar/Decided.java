package dev.outbox.sidecar;

/** A decision that was taken, as the audit has it. */
final class Decided {

    private Decided() {}

    static String words(Answer entry) {
        return "Entry %d of the audit: %s, %s, affects %d."
                .formatted(
                        entry.number("id"),
                        Words.constant(entry.text("action")),
                        entry.text("subject"),
                        entry.number("affected"));
    }
}
