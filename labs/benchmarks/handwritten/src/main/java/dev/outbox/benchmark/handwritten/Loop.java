package dev.outbox.benchmark.handwritten;

/** Moves rows to the topic until it is told to stop, or its thread is interrupted. */
interface Loop extends Runnable, AutoCloseable {

    @Override
    void close();
}
