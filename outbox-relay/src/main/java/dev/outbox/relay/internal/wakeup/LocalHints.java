package dev.outbox.relay.internal.wakeup;

import dev.outbox.internal.wakeup.CommitHint;
import dev.outbox.internal.wakeup.RemoteCommitHint;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/**
 * The receivers of hints about commits in other processes: the relay of this process, but no receiver that would pass them
 * on, or two processes would wake each other for ever.
 *
 * @param relays looked up when the first notification comes
 */
record LocalHints(Supplier<List<CommitHint>> relays) {

    /** {@return the receivers among all that get hints about commits in this process} */
    static LocalHints among(ObjectProvider<CommitHint> hints) {
        return new LocalHints(SingletonSupplier.of(() -> hints.orderedStream()
                .filter(hint -> !(hint instanceof RemoteCommitHint))
                .toList()));
    }

    void committedElsewhere() {
        relays.get().forEach(CommitHint::committedElsewhere);
    }
}
