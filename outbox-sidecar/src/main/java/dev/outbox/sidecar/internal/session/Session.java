package dev.outbox.sidecar.internal.session;

import dev.outbox.sidecar.internal.terminal.CommandFailure;
import dev.outbox.sidecar.internal.terminal.ExitCode;
import dev.outbox.sidecar.internal.terminal.Terminal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One command, as it is carried out: who asks whom, and what is shown. */
public final class Session {

    private static final String NEAR = "http://localhost:8090";

    private final OutboxCommand options;
    private final Terminal terminal;
    private final Map<String, String> environment;

    public Session(OutboxCommand options, Terminal terminal, Map<String, String> environment) {
        this.options = options;
        this.terminal = terminal;
        this.environment = environment;
    }

    public Terminal terminal() {
        return terminal;
    }

    public boolean json() {
        return options.json;
    }

    /** {@return whether the person has named an outbox} */
    public boolean isOutboxNamed() {
        return options.outbox != null;
    }

    /**
     * {@return the API of the sidecar}
     *
     * @throws CommandFailure if it is not said who asks
     */
    public Api api() {
        return api(options.outbox);
    }

    /** {@return the same, about one of several outboxes} */
    public Api api(@Nullable String outbox) {
        URI url = url();
        String user = given(options.user, "OUTBOX_USER");
        if (user == null) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, "Say who you are, by --user or OUTBOX_USER: a user of outbox.console.users");
        }
        if (options.password == null) {
            // Asked for once, whatever the command goes on to ask.
            options.password = given(null, "OUTBOX_PASSWORD");
        }
        if (options.password == null) {
            options.password = terminal.secret("Password of %s at %s: ".formatted(user, url))
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.UNREACHABLE,
                            "There is no password of %s: set OUTBOX_PASSWORD. There is no terminal to ask at."
                                    .formatted(user)));
        }
        String credentials = user + ":" + options.password;
        return new Api(
                url,
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)),
                outbox);
    }

    /** Prints the answer, as it is or in words. */
    public void show(Answer answer, Runnable inWords) {
        if (json()) {
            terminal.printJson(answer.body());
        } else {
            inWords.run();
        }
    }

    private URI url() {
        URI url = options.url;
        if (url == null) {
            String named = environment.getOrDefault("OUTBOX_URL", NEAR);
            try {
                url = URI.create(named);
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(ExitCode.USAGE, "OUTBOX_URL is not a URL: " + named, e);
            }
        }
        if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?")) {
            throw new CommandFailure(ExitCode.USAGE, "%s is not the URL of a sidecar, such as %s".formatted(url, NEAR));
        }
        return url;
    }

    private @Nullable String given(@Nullable String option, String variable) {
        return option == null ? environment.get(variable) : option;
    }
}
