package dev.outbox.embedded;

/** A PostgreSQL server on which databases come and go. */
interface DatabaseServer {

    String jdbcUrl(String database);

    String user();

    String password();

    void createDatabase(String name);

    void dropDatabase(String name);
}
