package dev.outbox.importer;

import java.util.List;

/** Another outbox, whose own library writes the rows. */
interface Peer extends AutoCloseable {

    /** Writes events, each in its turn, in transactions of the library. */
    void write(List<?> events);

    /** {@return the settings with which its rows are imported} */
    List<String> settings();

    /** {@return a query for the number of rows that it still has to publish} */
    String pending();

    /** {@return a statement by which it says that the oldest row is published} */
    String completeTheOldest();

    @Override
    void close();
}
