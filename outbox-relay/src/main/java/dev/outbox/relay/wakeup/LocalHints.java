package dev.outbox.relay.wakeup;

import dev.outbox.store.CommitHint;
import dev.outbox.store.RemoteCommitHint;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/**
 * Those who are told of commits in other processes: the relay of this one, and none who would pass it on, or two processes
 * would wake each other for ever.
 *
 * @param relays looked up when the first word comes
 */
record LocalHints(Supplier<List<CommitHint>> relays) {

    /** {@return those of all who are told of commits in this process} */
    static LocalHints among(ObjectProvider<CommitHint> hints) {
        return new LocalHints(SingletonSupplier.of(() -> hints.orderedStream()
                .filter(hint -> !(hint instanceof RemoteCommitHint))
                .toList()));
    }

    void committedElsewhere() {
        relays.get().forEach(CommitHint::committedElsewhere);
    }
}
