package dev.outbox.audit;

import java.util.Locale;

/**
 * What a person may decide.
 *
 * @since 0.1.0
 */
public enum AuditAction {
    /** Parked events are to be published. */
    RELEASE,
    /** What a release has not published yet stays parked. */
    STOP_RELEASE,
    /** Parked events are never published. */
    DISCARD,
    /** A parked event gets another payload. */
    EDIT,
    /** Events that wait for a topic are never published. */
    DISCARD_HELD,
    /** Parked events of an inbox are handled; the row is written with the first of them. */
    INBOX_RELEASE,
    /** Parked events of an inbox are never handled. */
    INBOX_DISCARD,
    /** Published events are published once more; the row is written before the first of them is. */
    REPLAY,
    /** All retained events are published again, because the positions are not of this server. */
    REPUBLISH,
    /** The positions are taken over to this server. */
    KEEP_POSITIONS;

    /** {@return the action as it stands in the table and in answers, such as {@code discard-held}} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return the action of this text} */
    static AuditAction of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
