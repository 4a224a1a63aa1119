package dev.outbox.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import dev.outbox.contract.internal.catalog.CatalogEvent;
import dev.outbox.test.contract.shop.Shop;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The check as a test run starts it. */
class EventContractEngineTests {

    @TempDir
    private Path module;

    private final AtomicBoolean done = new AtomicBoolean();

    @BeforeEach
    void buildFile() throws IOException {
        Files.writeString(module.resolve("pom.xml"), "<project/>");
    }

    @Test
    void jUnitFindsTheEngine() {
        assertThat(ServiceLoader.load(TestEngine.class)).anyMatch(EventContractEngine.class::isInstance);
    }

    @Test
    void aServiceWhoseEventsAreNotInItsCatalogFails() {
        EngineExecutionResults results = run(selectClass(ContractTests.class), "check");
        assertThat(results.testEvents().failed().count()).isOne();
        assertThat(message(results))
                .contains("The events of application and the catalog in " + module)
                .contains(
                        "- ShopOpened v1 is new. If this is intended, accept it:  ./mvnw test -Doutbox.catalog=accept")
                .contains("- GoodsDelivered v2 is new.");
    }

    @Test
    void oneParameterAcceptsAndTheNextRunPasses() {
        assertThat(run(selectClass(ContractTests.class), "accept")
                        .testEvents()
                        .succeeded()
                        .count())
                .isOne();
        done.set(false);
        assertThat(run(selectClass(ContractTests.class), "check")
                        .testEvents()
                        .succeeded()
                        .count())
                .isOne();
        assertThat(CatalogFolder.ofModule(module).catalog().orElseThrow().events())
                .extracting(CatalogEvent::type, CatalogEvent::producer)
                .containsExactly(tuple("GoodsDelivered", null), tuple("ShopOpened", "application"));
        assertThat(module.resolve("target/outbox/asyncapi.json")).exists();
    }

    @Test
    void aStoredEventIsReadByTheServicesOwnUpcasters() throws IOException {
        run(selectClass(ContractTests.class), "accept");
        Path old = module.resolve("src/main/resources/META-INF/outbox/samples/GoodsDelivered.v1.json");
        Files.writeString(old, "{\"delivery\": \"d-1\"}");
        done.set(false);
        assertThat(run(selectClass(ContractTests.class), "check")
                        .testEvents()
                        .succeeded()
                        .count())
                .isOne();
        Files.writeString(old, "{\"boxes\": 1}");
        done.set(false);
        assertThat(message(run(selectClass(ContractTests.class), "check")))
                .contains("GoodsDelivered v2 is incomplete after upcasting from version 1");
    }

    @Test
    void itRunsOnceHoweverOftenTheBuildStartsJUnit() {
        run(selectClass(ContractTests.class), "check");
        assertThat(run(selectClass(PastTenseTests.class), "check")
                        .testEvents()
                        .started()
                        .count())
                .isZero();
    }

    @Test
    void aRunOfSingleMethodsLeavesItOut() {
        DiscoverySelector method = selectMethod(PastTenseTests.class, "hasHappened", String.class);
        assertThat(run(method, "check").testEvents().started().count()).isZero();
    }

    @Test
    void itCanBeSwitchedOff() {
        EngineExecutionResults results = EngineTestKit.engine(engine())
                .selectors(selectClass(ContractTests.class))
                .configurationParameter("outbox.contract.enabled", "false")
                .execute();
        assertThat(results.testEvents().started().count()).isZero();
    }

    @Test
    void packagesRootsAndRerunsAreUnderstood() throws URISyntaxException {
        Path root = Path.of(ContractTests.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        DiscoverySelector again =
                selectUniqueId("[engine:outbox-event-contract]/[application:" + Shop.class.getName() + "]/[test:any]");
        assertThat(Set.of(
                        selectPackage("dev.outbox.test.contract"),
                        selectClasspathRoots(Set.of(root)).get(0),
                        again))
                .allSatisfy(selector -> {
                    done.set(false);
                    assertThat(run(selector, "check").testEvents().started().count())
                            .isOne();
                });
    }

    @Test
    void anApplicationOfTheTestsAloneReleasesNothing() {
        assertThat(ServiceModule.ofTest(Shop.class)).isEmpty();
        assertThat(ServiceModule.of(Shop.class, null))
                .get()
                .satisfies(found -> assertThat(found.root().resolve("pom.xml")).exists());
    }

    private EventContractEngine engine() {
        return new EventContractEngine(test -> Optional.of(new ServiceModule(Shop.class, module, null)), done);
    }

    private EngineExecutionResults run(DiscoverySelector selector, String catalog) {
        return EngineTestKit.engine(engine())
                .selectors(selector)
                .configurationParameter("outbox.catalog", catalog)
                .execute();
    }

    private static String message(EngineExecutionResults results) {
        return results.testEvents().failed().stream()
                .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream())
                .map(Throwable::getMessage)
                .findFirst()
                .orElseThrow();
    }
}
