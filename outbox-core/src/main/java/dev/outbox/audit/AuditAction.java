package dev.outbox.audit;

import java.util.Locale;

/**
 * What a person may decide.
 *
 * @since 0.1.0
 */
public enum AuditAction {
    /** Parked events are to be published, or those of an inbox handled. */
    RELEASE,
    /** What a release has not published yet stays parked. */
    STOP_RELEASE,
    /** Parked events are never published, or those of an inbox never handled. */
