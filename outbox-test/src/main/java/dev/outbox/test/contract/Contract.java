package dev.outbox.test.contract;

import dev.outbox.contract.internal.catalog.AsyncApi;
import dev.outbox.contract.internal.catalog.CatalogEvent;
import dev.outbox.contract.internal.catalog.EventCatalog;
import dev.outbox.contract.internal.catalog.EventSamples;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The contract of one service: what its classes declare, compared with the files that describe what was released.
 *
 * <ol>
 *   <li>{@link #check} compares them and fails with everything that is wrong, and what to do about each item.
 *   <li>{@link #accept} writes acceptable changes into the files. As long as something else is wrong it writes nothing.
 *   <li>{@link #writeDocuments} writes the catalog for people and tools.
 * </ol>
 */
final class Contract {

    private final String service;
    private final Collection<DeclaredEvent> declared;
    private final CatalogFolder folder;
    private final Payloads payloads;
    private final Clock clock;

    Contract(String service, Collection<DeclaredEvent> declared, CatalogFolder folder, Payloads payloads, Clock clock) {
        this.service = service;
        this.declared = declared;
        this.folder = folder;
        this.payloads = payloads;
        this.clock = clock;
    }

    /**
     * @throws AssertionError if the classes and the catalog do not agree
     */
    void check() {
        fail(findings());
    }

    /**
     * @throws AssertionError if something is wrong that cannot be accepted; nothing is written then
     */
    void accept() {
        fail(findings().stream().filter(finding -> !finding.isAcceptable()).toList());
        folder.write(accepted());
        EventSamples samples = folder.samples();
        declared.stream()
                .filter(event -> samples.of(event.name(), event.version()).isEmpty())
                .forEach(
                        event -> folder.writeSample(event.name(), event.version(), SampleWriter.write(event.schema())));
        check();
    }

    void writeDocuments(Path target) {
        EventCatalog catalog = accepted();
        EventSamples samples = folder.samples();
        CatalogFolder.write(
                target.resolve("asyncapi.json"), AsyncApi.of(catalog, samples).toPrettyString() + "\n");
    }

    List<Finding> findings() {
        EventCatalog released = released();
        List<Finding> findings = new ArrayList<>(ContractRules.check(declared, released));
        findings.addAll(SampleRules.check(declared, released, folder, payloads));
        return findings;
    }

    private EventCatalog released() {
        return folder.catalog().orElseGet(() -> EventCatalog.empty(service));
    }

    private EventCatalog accepted() {
        EventCatalog released = released();
        String today = LocalDate.now(clock).toString();
        List<CatalogEvent> events = new ArrayList<>();
        declared.forEach(
                event -> events.add(event.entry(released.event(event.name()).orElse(null), today)));
        released.events().stream()
                .filter(event -> event.retired() != null)
                .filter(event ->
                        declared.stream().noneMatch(found -> found.name().equals(event.type())))
                .forEach(events::add);
        events.sort(Comparator.comparing(CatalogEvent::type));
        return new EventCatalog(service, events);
    }

    private void fail(List<Finding> findings) {
        if (!findings.isEmpty()) {
            throw new AssertionError("The events of %s and the catalog in %s do not agree:\n%s"
                    .formatted(
                            service,
                            folder.path(),
                            findings.stream().map(finding -> "- " + finding).collect(Collectors.joining("\n"))));
        }
    }
}
