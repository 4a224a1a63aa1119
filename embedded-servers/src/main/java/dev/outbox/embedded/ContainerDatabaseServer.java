package dev.outbox.embedded;

import org.testcontainers.postgresql.PostgreSQLContainer;

/** A PostgreSQL container with many databases; Testcontainers removes it after the JVM's end. */
record ContainerDatabaseServer(PostgreSQLContainer container) implements DatabaseServer {

    static DatabaseServer start() {
        PostgreSQLContainer container = Containers.postgres();
        container.start();
        return new ContainerDatabaseServer(container);
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s"
                .formatted(container.getHost(), container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT), database);
    }

    @Override
    public String user() {
        return container.getUsername();
    }

    @Override
    public String password() {
        return container.getPassword();
    }

    @Override
    public void createDatabase(String name) {
        statements().createDatabase(name, "template1");
    }

    @Override
    public void dropDatabase(String name) {
        statements().dropDatabase(name);
    }

    private AdminStatements statements() {
        return new AdminStatements(jdbcUrl("postgres"), user(), password());
    }
}
