package dev.outbox.relay.internal.pace;

/** Time that only moves forward, for deadlines on this machine; never compared with another machine's clock. */
@FunctionalInterface
public interface Ticker {

    /** {@return nanoseconds since some fixed moment} */
    long nanos();
}
