package dev.outbox.benchmark.handwritten;

/** Moves rows to the topic until its thread is interrupted. */
interface Loop extends Runnable, AutoCloseable {

    @Override
    void close();
}
