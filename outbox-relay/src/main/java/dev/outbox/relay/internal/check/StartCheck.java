package dev.outbox.relay.internal.check;

import java.util.List;

/** One thing to check before the relay starts. */
@FunctionalInterface
interface StartCheck {

    /** {@return what is not as it should be; nothing if all is well, or if that cannot be determined} */
    List<Finding> findings();
}
