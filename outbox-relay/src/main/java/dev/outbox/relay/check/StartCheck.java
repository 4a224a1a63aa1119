package dev.outbox.relay.check;

import java.util.List;

/** One thing to look at before the relay starts. */
@FunctionalInterface
interface StartCheck {

    /** {@return what is not as it should be; nothing if all is well, or cannot be told} */
    List<Finding> findings();
}
