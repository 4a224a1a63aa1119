package dev.outbox.test.contract;

import dev.outbox.contract.Compatibility;
import dev.outbox.contract.internal.catalog.CatalogEvent;
import dev.outbox.contract.internal.catalog.CatalogFormat;
import dev.outbox.contract.internal.catalog.CatalogVersion;
import dev.outbox.contract.internal.catalog.EventCatalog;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules that compare what the classes declare with what was released:
 *
 * <ol>
 *   <li>An event that this service publishes is named in the past tense.
 *   <li>A released event stays, until the catalog says that it is retired.
 *   <li>Versions are counted without a gap from the first released one on, and do not go back.
 *   <li>A released version keeps its shape, as far as the compatibility of the event requires it: by the rules of its format
 *       if that has its own schema, otherwise by those of {@link SchemaChange}. Other changes to it must be accepted.
 *   <li>A format keeps its schema of each released version: without it, stored events could not be read.
 *   <li>Anything new must be accepted.
 * </ol>
 *
 * {@link SampleRules} check the samples.
 */
final class ContractRules {

    private final Collection<DeclaredEvent> declared;
    private final EventCatalog released;
    private final List<Finding> findings = new ArrayList<>();

    private ContractRules(Collection<DeclaredEvent> declared, EventCatalog released) {
        this.declared = declared;
        this.released = released;
    }

    static List<Finding> check(Collection<DeclaredEvent> declared, EventCatalog released) {
        ContractRules rules = new ContractRules(declared, released);
        released.events().forEach(rules::checkPresence);
        declared.forEach(rules::check);
        return rules.findings;
    }

    private void checkPresence(CatalogEvent event) {
        boolean isDeclared = declared.stream().anyMatch(found -> found.name().equals(event.type()));
        if (isDeclared || event.retired() != null) {
            return;
        }
        if (released.service().equals(event.producer())) {
            findings.add(Finding.toFix(
                    event.type(),
                    "was released, but no class declares it any more",
                    ("Restore the class. If the event is given up for good, write \"retired\" with the date and the reason"
                                    + " into its entry in %s.")
                            .formatted(EventCatalog.FILE)));
        } else {
            findings.add(Finding.toAccept(event.type(), "is in the catalog, but this service no longer handles it"));
        }
    }

    private void check(DeclaredEvent event) {
        if (event.isOurs() && event.isInPastTense() && !PastTense.isIn(event.name())) {
            findings.add(Finding.toFix(
                    event,
                    "is not named in the past tense: an event has happened",
                    "Name it by what happened, such as OrderPlaced; if the name is right, say so by"
                            + " @EventContract(pastTense = false) on %s."
                                    .formatted(event.type().javaType().getName())));
        }
        Optional<CatalogEvent> entry = released.event(event.name());
        if (entry.isEmpty()) {
            findings.add(Finding.toAccept(event, "is new"));
            return;
        }
        checkSchemasOfFormat(event, entry.get());
        Optional<CatalogVersion> version = entry.get().version(event.version());
        if (version.isEmpty()) {
            checkNumber(event, entry.get().latest());
            findings.add(Finding.toAccept(event, "is a new version"));
            return;
        }
        if (event.version() < entry.get().latest()) {
            checkNumber(event, entry.get().latest());
        }
        checkShape(event, version.get());
        checkRest(event, entry.get(), version.get());
    }

    /** For an event of another service, the first version that this service handles may be any. */
    private void checkNumber(DeclaredEvent event, int latest) {
        if (event.version() < latest) {
            findings.add(Finding.toFix(
                    event,
                    "goes back: version %d was released".formatted(latest),
                    "Declare version %d in %s, as it was released, or a newer one."
                            .formatted(latest, event.type().javaType().getName())));
        } else if (event.version() > latest + 1 && event.isOurs()) {
            findings.add(Finding.toFix(
                    event,
                    "leaves a gap: the latest released version is %d".formatted(latest),
                    "Declare version %d in %s."
                            .formatted(latest + 1, event.type().javaType().getName())));
        }
    }

    /** Only for earlier versions, because the current one is compared with the class. */
    private void checkSchemasOfFormat(DeclaredEvent event, CatalogEvent entry) {
        for (CatalogVersion version : entry.versions()) {
            CatalogFormat format = version.format();
            if (format == null || version.version() >= event.version()) {
                continue;
            }
            boolean isKept =
                    event.format(version.version()).filter(format::equals).isPresent();
            if (!isKept) {
                findings.add(Finding.toFix(
                        event,
                        "no longer has the released %s schema of version %d, without which stored events cannot be read"
                                .formatted(format.contentType(), version.version()),
                        "Restore it as it stands in %s, and never change it.".formatted(EventCatalog.FILE)));
            }
        }
    }

    private void checkShape(DeclaredEvent event, CatalogVersion released) {
        CatalogFormat before = released.format();
        CatalogFormat now = event.format(event.version()).orElse(null);
        if (released.schema().equals(event.schema()) && Objects.equals(before, now)) {
            return;
        }
        if (!contentType(before).equals(contentType(now))) {
            findings.add(Finding.toAccept(
                    event,
                    "is released as %s and would be published as %s, which its consumers have to be able to read"
                            .formatted(contentType(before), contentType(now))));
        }
        Compatibility compatibility = event.compatibility();
        List<String> broken = new ArrayList<>();
        if (compatibility.isBackward()) {
            breaks(event, before, released.schema(), now, event.schema())
                    .forEach(problem -> broken.add("in stored events " + problem + " (backward)"));
        }
        if (compatibility.isForward()) {
            breaks(event, now, event.schema(), before, released.schema())
                    .forEach(problem -> broken.add("for deployed consumers " + problem + " (forward)"));
        }
        if (broken.isEmpty()) {
            findings.add(Finding.toAccept(
                    event,
                    "is released and has changed its shape, within what %s compatibility allows"
                            .formatted(compatibility)));
            return;
        }
        EventType next = new EventType(event.name(), event.version() + 1);
        findings.add(Finding.toFix(
                event,
                "is released and has changed its shape in a way that needs a new version, because its compatibility is %s: %s"
                        .formatted(compatibility, String.join("; ", broken)),
                ("Restore %s, or declare version %d in it and add a method annotated with @Upcaster(type = \"%s\", from ="
                                + " %d) where it is consumed. If version %d was never deployed, remove it from %s.")
                        .formatted(
                                event.type().javaType().getName(),
                                next.version(),
                                event.name(),
                                event.version(),
                                event.version(),
                                EventCatalog.FILE)));
    }

    private static List<String> breaks(
            DeclaredEvent event,
            @Nullable CatalogFormat writerFormat,
            ObjectNode writer,
            @Nullable CatalogFormat readerFormat,
            ObjectNode reader) {
        if (writerFormat == null
                || readerFormat == null
                || !writerFormat.contentType().equals(readerFormat.contentType())) {
            return SchemaChange.breaks(writer, reader);
        }
        return event.written().incompatibilities(writerFormat.schema(), readerFormat.schema());
    }

    private static String contentType(@Nullable CatalogFormat format) {
        return format == null ? EventPayload.JSON : format.contentType();
    }

    private void checkRest(DeclaredEvent event, CatalogEvent entry, CatalogVersion version) {
        CatalogEvent asDeclared = event.entry(entry, version.since());
        if (!asDeclared.topic().equals(entry.topic()) || !asDeclared.aggregate().equals(entry.aggregate())) {
            findings.add(Finding.toAccept(
                    event,
                    "moves from topic %s (aggregate %s) to %s (aggregate %s), where its consumers have to look for it"
                            .formatted(entry.topic(), entry.aggregate(), asDeclared.topic(), asDeclared.aggregate())));
        } else if (!withoutShapes(asDeclared).equals(withoutShapes(entry))) {
            findings.add(Finding.toAccept(event, "is described differently in the catalog than by its class"));
        }
    }

    private static CatalogEvent withoutShapes(CatalogEvent event) {
        return new CatalogEvent(
                event.type(),
                event.aggregate(),
                event.topic(),
                event.description(),
                event.owner(),
                event.producer(),
                event.consumers(),
                event.compatibility(),
                event.retired(),
                event.versions().stream()
                        .map(version -> new CatalogVersion(
                                version.version(),
                                version.since(),
                                version.deprecated(),
                                version.schema().objectNode()))
                        .toList());
    }
}
