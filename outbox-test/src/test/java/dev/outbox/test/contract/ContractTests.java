package dev.outbox.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.outbox.contract.internal.catalog.CatalogEvent;
import dev.outbox.contract.internal.catalog.CatalogVersion;
import dev.outbox.contract.internal.catalog.EventCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule with an example that breaks it, and what it says. */
class ContractTests {

    private static final String ACCEPT = " If this is intended, accept it:  ./mvnw test -Doutbox.catalog=accept";

    @TempDir
    private Path module;

    private TestContracts service;

    @BeforeEach
    void service() {
        service = new TestContracts(module);
    }

    @Test
    void aNewEventHasToBeAccepted() {
        assertThat(service.findings(Orders.Placed.class)).containsExactly("OrderPlaced v1 is new." + ACCEPT);
    }

    @Test
    void whatIsAcceptedStandsInTheCatalogAndPasses() {
        service.released(Orders.Placed.class);
        assertThat(service.findings(Orders.Placed.class)).isEmpty();
        CatalogEvent event = catalog().event("OrderPlaced").orElseThrow();
        assertThat(event.producer()).isEqualTo("order-service");
        assertThat(event.topic()).isEqualTo("outbox.event.Order");
        assertThat(event.versions()).extracting(CatalogVersion::since).containsExactly("2026-01-01");
        assertThat(service.folder().samples().of("OrderPlaced", 1))
                .get()
                .asString()
                .contains("\"sku\"");
    }

    @Test
    void theFailureListsAllFindings() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> service.with(Orders.Placed.class, Orders.PlaceOrder.class)
                        .check())
                .withMessageStartingWith("The events of order-service and the catalog in ")
                .withMessageContaining("\n- OrderPlaced v1 is new.")
                .withMessageContaining("\n- PlaceOrder v1 is not named in the past tense");
    }

    @Test
    void aReleasedVersionDoesNotChangeItsShapeUnnoticed() {
        service.released(Orders.Placed.class);
        assertThat(service.findings(Orders.PlacedWithCoupon.class))
                .containsExactly(
                        "OrderPlaced v1 is released and has changed its shape, within what full compatibility allows."
                                + ACCEPT);
        service.released(Orders.PlacedWithCoupon.class);
        assertThat(service.findings(Orders.PlacedWithCoupon.class)).isEmpty();
    }

    @Test
    void whatStoredEventsDoNotHaveNeedsANewVersion() {
        service.released(Orders.Placed.class);
        assertThat(service.findings(Orders.PlacedWithCurrency.class))
                .first()
                .isEqualTo(
                        "OrderPlaced v1 is released and has changed its shape in a way that needs a new version, because its"
                                + " compatibility is full: in stored events currency may be missing where it is required (backward)."
                                + " Restore dev.outbox.test.contract.Orders$PlacedWithCurrency, or declare version 2 in it and add a"
                                + " method annotated with @Upcaster(type = \"OrderPlaced\", from = 1) where it is consumed. If"
                                + " version 1 was never deployed, remove it from outbox-catalog.json.");
    }

    @Test
    void whatDeployedConsumersCountOnNeedsANewVersion() {
        service.released(Orders.Placed.class);
        assertThat(service.findings(Orders.PlacedAnonymously.class))
                .singleElement()
                .asString()
                .contains(
                        "its compatibility is full: for deployed consumers customer may be missing where it is required"
                                + " (forward).");
    }

    @Test
    void backwardCompatibilityAsksForStoredEventsAlone() {
        service.released(Orders.Placed.class);
        assertThat(service.findings(Orders.BackwardAnonymously.class))
                .contains(
                        "OrderPlaced v1 is released and has changed its shape, within what backward compatibility allows."
                                + ACCEPT);
        assertThat(service.findings(Orders.BackwardWithCurrency.class))
                .first()
                .asString()
                .contains("its compatibility is backward: in stored events currency may be missing");
    }

    @Test
    void forwardCompatibilityAsksForDeployedConsumersAlone() {
        service.released(Orders.Placed.class);
        assertThat(service.findings(Orders.ForwardAnonymously.class))
                .first()
                .asString()
                .contains("its compatibility is forward: for deployed consumers customer may be missing");
        assertThat(service.findings(Orders.ForwardWithCurrency.class))
                .contains(
                        "OrderPlaced v1 is released and has changed its shape, within what forward compatibility allows."
                                + ACCEPT);
    }

    @Test
    void withoutCompatibilityAnyChangeMayBeAccepted() {
        service.released(Orders.Placed.class);
        assertThat(service.findings(Orders.Anything.class))
                .contains("OrderPlaced v1 is released and has changed its shape, within what none compatibility allows."
                        + ACCEPT);
    }

    @Test
    void aNewVersionHasToBeAcceptedAndKeepsTheOldOne() {
        service.released(Orders.Placed.class);
        assertThat(service.findings(Orders.Placed2.class, Orders.AddsCurrency.class))
                .containsExactly("OrderPlaced v2 is a new version." + ACCEPT);
        service.released(Orders.Placed2.class, Orders.AddsCurrency.class);
        assertThat(catalog().event("OrderPlaced").orElseThrow().versions())
                .extracting(CatalogVersion::version)
                .containsExactly(1, 2);
    }

    @Test
    void aSampleThatNothingUpcastsIsToldWithTheMissingStep() {
        TestContracts consumer = new TestContracts(module, Orders.Placed.class, Orders.Placed2.class);
        consumer.released(Orders.Placed.class);
        assertThat(consumer.findings(Orders.Placed2.class))
                .anySatisfy(finding -> assertThat(finding)
                        .startsWith(
                                "OrderPlaced v2 cannot be read from its sample of version 1: OrderPlaced v1 was received,"
                                        + " but no step leads from it to version 2. Add a method annotated with @Upcaster(type ="
                                        + " \"OrderPlaced\", from = 1). ")
                        .endsWith("Stored events of version 1 look like"
                                + " src/main/resources/META-INF/outbox/samples/OrderPlaced.v1.json: make the class or the"
                                + " @Upcaster methods read it."));
    }

    @Test
    void whoOnlyPublishesNeedNotReadWhatWasStored() {
        service.released(Orders.Placed.class);
        service.released(Orders.Placed2.class);
        assertThat(service.findings(Orders.Placed2.class)).isEmpty();
    }

    @Test
    void aSampleThatAnUpcasterRefusesIsToldWithItsReason() {
        service.released(Orders.Placed.class);
        assertThat(service.findings(Orders.Placed2.class, Orders.Fails.class))
                .anySatisfy(finding -> assertThat(finding)
                        .startsWith("OrderPlaced v2 cannot be read from its sample of version 1: ")
                        .contains("no currency in 4 fields"));
    }

    @Test
    void anUpcasterThatForgetsSomethingIsNoticed() {
        service.released(Orders.Placed.class);
        assertThat(service.findings(Orders.Placed2.class, Orders.ForgetsCurrency.class))
                .anySatisfy(
                        finding -> assertThat(finding)
                                .startsWith("OrderPlaced v2 is incomplete after upcasting from version 1: ")
                                .contains("currency")
                                .endsWith(
                                        "Change the @Upcaster methods of OrderPlaced so that they produce all that version 2 requires."));
    }

    @Test
    void everyReleasedVersionKeepsItsSample() throws IOException {
        service.released(Orders.Placed.class);
        Files.delete(sample("OrderPlaced.v1.json"));
        assertThat(service.findings(Orders.Placed2.class, Orders.AddsCurrency.class))
                .contains("OrderPlaced v2 has no golden sample of version 1. Put a payload into"
                        + " src/main/resources/META-INF/outbox/samples/OrderPlaced.v1.json as it was stored then.");
    }

    @Test
    void theCurrentVersionHasASampleToo() throws IOException {
        service.released(Orders.Placed.class);
        Files.delete(sample("OrderPlaced.v1.json"));
        assertThat(service.findings(Orders.Placed.class))
                .containsExactly("OrderPlaced v1 has no golden sample. To write one, run ./mvnw test"
                        + " -Doutbox.catalog=accept");
        service.released(Orders.Placed.class);
        assertThat(sample("OrderPlaced.v1.json")).exists();
    }

    @Test
    void aSampleHasTheShapeOfItsVersion() throws IOException {
        service.released(Orders.Placed.class);
        Files.writeString(sample("OrderPlaced.v1.json"), "{\"id\": \"0b5e2c7e-3f7a-4c1d-9a53-0d8f6f1f2b11\"}");
        assertThat(service.findings(Orders.Placed2.class, Orders.AddsCurrency.class))
                .anySatisfy(finding -> assertThat(finding)
                        .startsWith(
                                "OrderPlaced v2 has a sample of version 1 that does not have the shape of that version: ")
                        .contains("required property 'customer' not found")
                        .endsWith(
                                "Put a payload into src/main/resources/META-INF/outbox/samples/OrderPlaced.v1.json as it"
                                        + " was stored then, and never change it."));
        assertThat(service.findings(Orders.Placed.class))
                .singleElement()
                .asString()
                .startsWith("OrderPlaced v1 has a golden sample that it does not read completely: ")
                .contains("/customer");
    }

    @Test
    void aSampleThatIsNotJsonIsTold() throws IOException {
        service.released(Orders.Placed.class);
        Files.writeString(sample("OrderPlaced.v1.json"), "{");
        assertThat(service.findings(Orders.Placed.class))
                .singleElement()
                .asString()
                .startsWith("OrderPlaced v1 has a sample of version 1 that is not JSON: ")
                .endsWith("Correct src/main/resources/META-INF/outbox/samples/OrderPlaced.v1.json.");
    }

    @Test
    void aReleasedEventDoesNotVanish() {
        service.released(Orders.Placed.class);
        assertThat(service.findings())
                .containsExactly(
                        "OrderPlaced was released, but no class declares it any more. Restore the class. If the"
                                + " event is given up for good, write \"retired\" with the date and the reason into its entry in"
                                + " outbox-catalog.json.");
    }

    @Test
    void aRetiredEventMayGoAndStaysInTheCatalog() {
        service.released(Orders.Placed.class);
        rewrite("\"versions\"", "\"retired\" : \"2026-02-01, nobody asked for it\",\n    \"versions\"");
        assertThat(service.findings()).isEmpty();
        service.released(Orders.Overview.class);
        assertThat(catalog().events()).extracting(CatalogEvent::type).containsExactly("OrderOverview", "OrderPlaced");
    }

    @Test
    void aVersionDoesNotGoBack() {
        service.released(Orders.Placed.class);
        service.released(Orders.Placed2.class, Orders.AddsCurrency.class);
        assertThat(service.findings(Orders.Placed.class))
                .containsExactly("OrderPlaced v1 goes back: version 2 was released. Declare version 2 in"
                        + " dev.outbox.test.contract.Orders$Placed, as it was released, or a newer one.");
    }

    @Test
    void aVersionIsNotLeftOut() {
        service.released(Orders.Placed.class);
        assertThat(service.findings(Orders.Placed3.class))
                .contains("OrderPlaced v3 leaves a gap: the latest released version is 1. Declare version 2 in"
                        + " dev.outbox.test.contract.Orders$Placed3.");
    }

    @Test
    void theContractMayBeginWithALaterVersionAndCountsOnFromThere() {
        assertThat(service.findings(Orders.Placed3.class)).noneMatch(finding -> finding.contains("gap"));
        service.released(Orders.Placed3.class);
        assertThat(service.findings(Orders.Placed3.class)).isEmpty();
    }

    @Test
    void anEventIsNamedInThePastTense() {
        assertThat(service.findings(Orders.PlaceOrder.class))
                .first()
                .isEqualTo(
                        "PlaceOrder v1 is not named in the past tense: an event has happened. Name it by what happened,"
                                + " such as OrderPlaced; if the name is right, say so by @EventContract(pastTense = false) on"
                                + " dev.outbox.test.contract.Orders$PlaceOrder.");
    }

    @Test
    void anotherNameMayBeRight() {
        service.released(Orders.Overview.class);
        assertThat(service.findings(Orders.Overview.class)).isEmpty();
    }

    @Test
    void anEventDoesNotMoveUnnoticed() {
        service.released(Orders.Placed.class);
        assertThat(service.findings(Orders.PlacedElsewhere.class))
                .containsExactly(
                        "OrderPlaced v1 moves from topic outbox.event.Order (aggregate Order) to orders (aggregate"
                                + " Order), where its consumers have to look for it." + ACCEPT);
    }

    @Test
    @SuppressWarnings("deprecation") // the class is deprecated, as an event may be
    void theCatalogSaysWhatTheClassSays() {
        service.released(Orders.Placed.class);
        assertThat(service.findings(Orders.PlacedWithProse.class))
                .containsExactly("OrderPlaced v1 is described differently in the catalog than by its class." + ACCEPT);
        service.released(Orders.PlacedWithProse.class);
        CatalogEvent event = catalog().event("OrderPlaced").orElseThrow();
        assertThat(event.owner()).isEqualTo("team orders");
        assertThat(event.description()).isEqualTo("An order has come in.");
        assertThat(event.versions())
                .extracting(CatalogVersion::deprecated)
                .containsExactly("the class is marked as deprecated");
    }

    @Test
    void whatPeopleWroteIsKept() {
        service.released(Orders.Placed.class);
        rewrite("\"since\" : \"2026-01-01\"", "\"since\" : \"1.4\",\n      \"deprecated\" : \"use OrderReceived\"");
        rewrite("\"consumers\" : [ ]", "\"consumers\" : [ \"inventory-service\" ]");
        rewrite("\"owner\" : \"order-service\"", "\"owner\" : \"Ada\"");
        assertThat(service.findings(Orders.Placed.class)).isEmpty();
        service.released(Orders.PlacedWithCoupon.class);
        CatalogEvent event = catalog().event("OrderPlaced").orElseThrow();
        assertThat(event.owner()).isEqualTo("Ada");
        assertThat(event.consumers()).containsExactly("inventory-service");
        assertThat(event.versions().get(0).since()).isEqualTo("1.4");
        assertThat(event.versions().get(0).deprecated()).isEqualTo("use OrderReceived");
    }

    @Test
    void nothingIsAcceptedWhileSomethingElseIsWrong() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> service.with(Orders.Placed.class, Orders.PlaceOrder.class)
                        .accept())
                .withMessageContaining("PlaceOrder v1 is not named in the past tense")
                .withMessageNotContaining("is new");
        assertThat(service.folder().catalog()).isEmpty();
    }

    @Test
    void anEventOfAnotherServiceMayBeTakenAsFarAsItIsNeeded() {
        TestContracts consumer =
                new TestContracts(module, Orders.Placed.class, Orders.PlacedAnonymously.class, Orders.PlaceOrder.class);
        consumer.released(Orders.Placed.class);
        CatalogEvent event = catalog().event("OrderPlaced").orElseThrow();
        assertThat(event.producer()).isNull();
        assertThat(event.consumers()).containsExactly("order-service");
        consumer.released(Orders.PlacedAnonymously.class);
        consumer.released(Orders.PlaceOrder.class);
        assertThat(catalog().events()).extracting(CatalogEvent::type).containsExactly("PlaceOrder");
    }

    @Test
    void anEventOfAnotherServiceIsOwnedByThatUnlessPeopleSayWho() {
        TestContracts consumer = new TestContracts(module, Orders.PlacedInTheShop.class);
        consumer.released(Orders.PlacedInTheShop.class);
        CatalogEvent event = catalog().event("OrderPlaced").orElseThrow();
        assertThat(event.producer()).isEqualTo("shop");
        assertThat(event.owner()).isEqualTo("shop");
    }

    @Test
    void theFirstVersionThatIsTakenOfAnotherServiceMayBeAny() {
        TestContracts consumer = new TestContracts(module, Orders.Placed3.class);
        assertThatNoException().isThrownBy(() -> consumer.released(Orders.Placed3.class));
    }

    @Test
    void anEventThatIsNotTakenAnyMoreLeavesTheCatalog() {
        TestContracts consumer = new TestContracts(module, Orders.Placed.class);
        consumer.released(Orders.Placed.class);
        assertThat(consumer.findings())
                .containsExactly("OrderPlaced is in the catalog, but this service no longer handles it." + ACCEPT);
    }

    @Test
    void theDocumentIsWritten() throws IOException {
        service.released(Orders.Placed.class);
        service.with(Orders.Placed.class).writeDocuments(module.resolve("target/outbox"));
        assertThat(Files.readString(module.resolve("target/outbox/asyncapi.json")))
                .contains("\"asyncapi\"");
    }

    private EventCatalog catalog() {
        return service.folder().catalog().orElseThrow();
    }

    private Path sample(String file) {
        return service.folder().path().resolve("samples").resolve(file);
    }

    private void rewrite(String from, String to) {
        String text = catalog().toJson();
        assertThat(text).contains(from);
        CatalogFolder.write(service.folder().path().resolve(EventCatalog.FILE), text.replace(from, to));
    }
}
