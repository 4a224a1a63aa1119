package dev.outbox.sample.inventory;

import java.util.Set;

/**
 * An order asks for what nobody has told this service of. To try again is of no use until somebody does, so the order is
 * parked at once ({@code outbox.inbox.failure.permanent-exceptions}).
 */
final class UnknownArticleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownArticleException(Set<String> skus) {
        super("There is no article %s; take it into stock, then release what is parked"
                .formatted(String.join(", ", skus)));
    }
}
