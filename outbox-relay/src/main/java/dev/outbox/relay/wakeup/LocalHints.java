package dev.outbox.relay.wakeup;

import dev.outbox.store.CommitHint;
import dev.outbox.store.RemoteCommitHint;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Those who are told of commits in other processes: the relay of this one, and none who would pass it on, or two processes
 * would wake each other for ever.
 *
 * @param hints all who are told of commits in this process
 */
record LocalHints(ObjectProvider<CommitHint> hints) implements CommitHint {

    @Override
    public void committed() {
        hints.stream().filter(hint -> !(hint instanceof RemoteCommitHint)).forEach(CommitHint::committedElsewhere);
    }
}
