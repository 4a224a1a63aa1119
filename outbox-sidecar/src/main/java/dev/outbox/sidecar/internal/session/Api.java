package dev.outbox.sidecar.internal.session;

import dev.outbox.sidecar.internal.terminal.CommandFailure;
import dev.outbox.sidecar.internal.terminal.ExitCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API of a console, as one user calls it. What is not answered as wished ends in a {@link CommandFailure}. */
public final class Api {

    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration TO_ANSWER = Duration.ofMinutes(2);

    private static final int UNAUTHORIZED = 401;
    private static final int CONFLICT = 409;

    /** Of a proxy that has not got the answer. */
    private static final Set<Integer> LOST = Set.of(502, 504);

    private static final String KEY = "Idempotency-Key";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TO_CONNECT)
            .build();
    private final JsonMapper json = JsonMapper.builder().build();
    private final URI url;
    private final String authorization;
    private final @Nullable String outbox;

    Api(URI url, String authorization, @Nullable String outbox) {
        this.url = url;
        this.authorization = authorization;
        this.outbox = outbox;
    }

    /** Asks for something. */
    public Answer get(String path, Fields fields) {
        HttpRequest request = request(path, fields).GET().build();
        try {
            return answer(send(request));
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** Asks for something that takes more to describe, and changes nothing. */
    public Answer ask(String path, Fields fields) {
        try {
            return answer(send(post(path, fields).build()));
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /**
     * Decides something. If no answer comes, the same request is made once more: the server knows it by its key, and answers what
     * it has answered before.
     */
    public Answer decide(String path, Fields fields) {
        HttpRequest request =
                post(path, fields).header(KEY, UUID.randomUUID().toString()).build();
        return answerOf(request)
                .or(() -> answerOf(request))
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.UNREACHABLE,
                        "No answer has come from %s, twice, so that it may or may not be decided: look at the audit"
                                .formatted(url)));
    }

    /** {@return the answer; nothing if it was lost} */
    private Optional<Answer> answerOf(HttpRequest request) {
        try {
            HttpResponse<String> response = send(request);
            return LOST.contains(response.statusCode()) ? Optional.empty() : Optional.of(answer(response));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw unreachable(e);
        } catch (IOException lost) {
            return Optional.empty();
        }
    }

    private HttpRequest.Builder post(String path, Fields fields) {
        return request(path, Fields.none())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(fields.json()));
    }

    private HttpRequest.Builder request(String path, Fields fields) {
        String base = url.toString().replaceFirst("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + "/outbox/api" + path
                        + fields.with("outbox", outbox).query()))
                .timeout(TO_ANSWER)
                .header("Authorization", authorization)
                .header("Accept", "application/json, application/problem+json");
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.UNREACHABLE, "Interrupted before an answer came from " + url, e);
        }
    }

    private Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        JsonNode body = tree(response.body());
        if (status / 100 == 2 && !body.isMissingNode()) {
            return new Answer(response.body(), body);
        }
        if (status == UNAUTHORIZED) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, "%s does not know this user with this password".formatted(url));
        }
        String detail = Answer.text(body, "detail");
        if (detail.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "%s has answered with status %d, and not as a console does: is this the address of a sidecar, with outbox.console.enabled=true?"
                            .formatted(url, status));
        }
        boolean moved = status == CONFLICT && body.has("found");
        throw new CommandFailure(moved ? ExitCode.MOVED : ExitCode.REFUSED, detail);
    }

    private JsonNode tree(String body) {
        try {
            return json.readTree(body);
        } catch (JacksonException notJson) {
            return json.missingNode();
        }
    }

    private CommandFailure unreachable(IOException cause) {
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                "Cannot reach %s: %s. Say where the sidecar is, by --url or OUTBOX_URL.".formatted(url, reason(cause)),
                cause);
    }

    /** A refused connection has a message nowhere. */
    private static String reason(IOException cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each.getMessage() != null) {
                return each.getMessage();
            }
        }
        return cause instanceof ConnectException
                ? "nobody accepts a connection"
                : cause.getClass().getSimpleName();
    }
}
