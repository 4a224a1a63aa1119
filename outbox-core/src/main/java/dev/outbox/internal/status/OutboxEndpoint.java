package dev.outbox.internal.status;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows what this application knows of its outbox: the relay, its lanes and engine, the consumers. It changes nothing. */
@Endpoint(id = "outbox")
record OutboxEndpoint(Supplier<Stream<StatusPart>> parts) {

    /** {@return what each part knows, by its name; written as Actuator writes its own, whatever the application's JSON is like} */
    @ReadOperation
    public Map<String, Object> status() {
        Map<String, Object> all = new LinkedHashMap<>();
        parts.get().forEach(part -> all.put(part.name(), part.now().get()));
        return OperationResponseBody.of(all);
    }
}
