package dev.outbox.embedded;

/** Where the tests' servers come from: asked for by name, never guessed from what this machine has. */
enum ServerKind {
    EMBEDDED,
    CONTAINERS;

    private static final String PROPERTY = "outbox.test.servers";

    static ServerKind chosen() {
        return of(System.getProperty(PROPERTY, "embedded"));
    }

    static ServerKind of(String name) {
        return switch (name) {
            case "embedded" -> EMBEDDED;
            case "containers" -> CONTAINERS;
            default ->
                throw new IllegalArgumentException(
                        "System property %s is '%s', but may only be 'embedded' or 'containers'"
                                .formatted(PROPERTY, name));
        };
    }
}
