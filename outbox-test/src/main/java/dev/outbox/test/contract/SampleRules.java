package dev.outbox.test.contract;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.outbox.contract.internal.catalog.CatalogEvent;
import dev.outbox.contract.internal.catalog.CatalogVersion;
import dev.outbox.contract.internal.catalog.EventCatalog;
import dev.outbox.contract.internal.catalog.EventSamples;
import dev.outbox.internal.format.ExactDecimals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules about golden samples:
 *
 * <ol>
 *   <li>Every released version of an event that is still declared has one.
 *   <li>It has the shape of its version.
 *   <li>The service reads it as its current class, through upcasters if it is older; a service that only publishes the event
 *       only has to read its current version.
 *   <li>What the service has read, written again, has the shape of the current class: no upcaster forgets anything.
 * </ol>
 */
final class SampleRules {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static final JsonMapper SAMPLES = ExactDecimals.in(JsonMapper.shared());

    private final CatalogFolder folder;
    private final EventSamples samples;
    private final Payloads payloads;
    private final List<Finding> findings = new ArrayList<>();

    private SampleRules(CatalogFolder folder, Payloads payloads) {
        this.folder = folder;
        this.samples = folder.samples();
        this.payloads = payloads;
    }

    static List<Finding> check(
            Collection<DeclaredEvent> declared, EventCatalog released, CatalogFolder folder, Payloads payloads) {
        SampleRules rules = new SampleRules(folder, payloads);
        declared.forEach(event -> rules.check(event, released.event(event.name())));
        return rules.findings;
    }

    private void check(DeclaredEvent event, Optional<CatalogEvent> entry) {
        TreeSet<Integer> versions = new TreeSet<>(samples.versionsOf(event.name()));
        entry.ifPresent(released -> released.versions().forEach(version -> versions.add(version.version())));
        versions.headSet(event.version(), true)
                .forEach(version -> check(event, version, entry.flatMap(released -> released.version(version))));
    }

    private void check(DeclaredEvent event, int version, Optional<CatalogVersion> released) {
        String file = folder.sampleFile(event.name(), version);
        Optional<String> sample = samples.of(event.name(), version);
        if (sample.isEmpty()) {
            findings.add(missing(event, version, file));
            return;
        }
        try {
            JsonNode stored = SAMPLES.readTree(sample.get());
            Optional<String> misfit = released.flatMap(known -> misfit(stored, known.schema()));
            // The shape of the current version is compared elsewhere; here it would be reported twice.
            if (misfit.isPresent() && version < event.version()) {
                findings.add(Finding.toFix(
                        event,
                        "has a sample of version %d that does not have the shape of that version: %s"
                                .formatted(version, misfit.get()),
                        "Put a payload into %s as it was stored then, and never change it.".formatted(file)));
                return;
            }
            if (version < event.version() && !event.isRead()) {
                return;
            }
            for (JsonNode today : payloads.asToday(sample.get(), version, event.type())) {
                misfit(today, event.schema()).ifPresent(problem -> findings.add(unlike(event, version, file, problem)));
            }
        } catch (JacksonException notJson) {
            findings.add(Finding.toFix(
                    event,
                    "has a sample of version %d that is not JSON: %s".formatted(version, notJson.getOriginalMessage()),
                    "Correct %s.".formatted(file)));
        } catch (RuntimeException unreadable) {
            findings.add(Finding.toFix(
                    event,
                    "cannot be read from its sample of version %d: %s".formatted(version, reasons(unreadable)),
                    "Stored events of version %d look like %s: make the class or the @Upcaster methods read it."
                            .formatted(version, file)));
        }
    }

    private static Finding missing(DeclaredEvent event, int version, String file) {
        return version == event.version()
                ? Finding.toWrite(event, "has no golden sample")
                : Finding.toFix(
                        event,
                        "has no golden sample of version %d".formatted(version),
                        "Put a payload into %s as it was stored then.".formatted(file));
    }

    private static Finding unlike(DeclaredEvent event, int version, String file, String problem) {
        return version == event.version()
                ? Finding.toFix(
                        event,
                        "has a golden sample that it does not read completely: %s".formatted(problem),
                        ("Put a payload with the current shape into %s; if the sample is right, correct the class or the settings of"
                                        + " Jackson.")
                                .formatted(file))
                : Finding.toFix(
                        event,
                        "is incomplete after upcasting from version %d: %s".formatted(version, problem),
                        "Change the @Upcaster methods of %s so that they produce all that version %d requires."
                                .formatted(event.name(), event.version()));
    }

    private static Optional<String> misfit(JsonNode payload, ObjectNode schema) {
        String problems = SCHEMAS
                .getSchema(schema)
                .validate(payload, run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .distinct()
                .collect(Collectors.joining("; "));
        return problems.isEmpty() ? Optional.empty() : Optional.of(problems);
    }

    private static String reasons(RuntimeException failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return root == failure ? String.valueOf(failure.getMessage()) : failure.getMessage() + ": " + root.getMessage();
    }
}
