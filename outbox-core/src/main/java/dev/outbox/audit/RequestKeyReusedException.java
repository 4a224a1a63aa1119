package dev.outbox.audit;

/**
 * A client has used the name of an earlier request for another one. Nothing has been decided.
 *
 * @since 0.1.0
 */
public final class RequestKeyReusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RequestKeyReusedException(AuditedRequest request, AuditEntry earlier) {
        super("Request '%s' was %s of %s, and is now %s of %s. Use another key for another request."
                .formatted(
                        request.requestKey(),
                        earlier.action(),
                        earlier.subject(),
                        request.action(),
                        request.subject()));
    }
}
