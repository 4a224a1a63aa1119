package dev.outbox.relay;

/** Time that only moves forward, for deadlines on this machine; never compared with another machine's clock. */
@FunctionalInterface
interface Ticker {

    /** {@return nanoseconds since some fixed moment} */
    long nanos();
}
