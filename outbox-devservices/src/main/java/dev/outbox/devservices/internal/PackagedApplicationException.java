package dev.outbox.devservices.internal;

/** The application runs from an executable jar, in which a separate process would not find the server. */
final class PackagedApplicationException extends ServerStartException {

    private static final long serialVersionUID = 1L;

    PackagedApplicationException() {
        super(
                "outbox-devservices is part of an executable jar. Its servers are for tests and development: their data is gone"
                        + " when the JVM ends");
    }

    @Override
    public String action() {
        return "Leave outbox-devservices out of the jar (Maven: scope test or optional; Gradle: testAndDevelopmentOnly), and name"
                + " the servers by spring.datasource.url and spring.kafka.bootstrap-servers.";
    }
}
