package dev.outbox.sample.demo;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** The user of the consoles, for this demo alone. */
record Operator(String name, String password) {

    static Operator withNewPassword() {
        byte[] random = new byte[9];
        new SecureRandom().nextBytes(random);
        return new Operator("demo", Base64.getUrlEncoder().encodeToString(random));
    }

    /** The settings of a console that let this user in. */
    Map<String, String> properties() {
        return Map.of(
                "outbox.console.enabled",
                "true",
                "outbox.console.users.%s.password".formatted(name),
                "{noop}" + password,
                "outbox.console.users.%s.roles".formatted(name),
                "admin,auditor");
    }
}
