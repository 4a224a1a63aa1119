package dev.outbox.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.contract.internal.catalog.CatalogFormat;
import dev.outbox.contract.internal.catalog.CatalogVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaBuilder.FieldAssembler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Avro's own rules ask of a released version, each with an example that breaks it, and what it says. */
class AvroContractTests {

    private static final String ACCEPT = " If this is intended, accept it:  ./mvnw test -Doutbox.catalog=accept";

    @TempDir
    private Path module;

    private TestContracts service;

    @BeforeEach
    void releasedAsAvro() {
        service = new TestContracts(module);
        service.avro(1, placed().endRecord());
        service.released(Orders.Placed.class);
    }

    @Test
    void theSchemaStandsInTheCatalog() {
        CatalogVersion version = service.folder()
                .catalog()
                .orElseThrow()
                .event("OrderPlaced")
                .orElseThrow()
                .versions()
                .get(0);
        CatalogFormat format = Objects.requireNonNull(version.format());
        assertThat(format.contentType()).isEqualTo("application/avro");
        assertThat(format.schema().toString()).isEqualTo(placed().endRecord().toString());
        assertThat(service.findings(Orders.Placed.class)).isEmpty();
    }

    @Test
    void aFieldThatStoredEventsHaveNotNeedsADefault() {
        service.avro(1, placed().requiredString("currency").endRecord());
        assertThat(service.findings(Orders.BackwardWithCurrency.class))
                .first()
                .asString()
                .startsWith(
                        "OrderPlaced v1 is released and has changed its shape in a way that needs a new version, because its"
                                + " compatibility is backward: in stored events reader field missing default value at /fields/4:"
                                + " currency (backward). Restore ");
        assertThat(service.findings(Orders.PlacedWithCurrency.class))
                .first()
                .asString()
                .contains("its compatibility is full: in stored events reader field missing default value")
                .doesNotContain("for deployed consumers");
    }

    @Test
    void aFieldThatDeployedConsumersCountOnNeedsADefaultThere() {
        service.avro(1, anonymous().endRecord());
        assertThat(service.findings(Orders.ForwardAnonymously.class))
                .first()
                .asString()
                .startsWith(
                        "OrderPlaced v1 is released and has changed its shape in a way that needs a new version, because its"
                                + " compatibility is forward: for deployed consumers reader field missing default value at"
                                + " /fields/1: customer (forward). Restore ");
        assertThat(service.findings(Orders.PlacedAnonymously.class))
                .first()
                .asString()
                .contains("its compatibility is full: for deployed consumers reader field missing default value")
                .doesNotContain("in stored events");
    }

    @Test
    void aTypeThatCannotBePromotedNeedsANewVersion() {
        service.avro(
                1,
                with(SchemaBuilder.record("OrderPlaced")
                                .fields()
                                .requiredString("id")
                                .requiredInt("customer"))
                        .endRecord());
        assertThat(service.findings(Orders.Placed.class))
                .first()
                .asString()
                .contains(
                        "in stored events type mismatch at /fields/1/type: reader type: INT not compatible with writer"
                                + " type: STRING (backward); for deployed consumers type mismatch at /fields/1/type: reader type:"
                                + " STRING not compatible with writer type: INT (forward)");
    }

    @Test
    void whatOneSideAloneAsksForIsNotAskedOfTheOther() {
        service.avro(1, placed().requiredString("currency").endRecord());
        assertThat(service.findings(Orders.ForwardWithCurrency.class))
                .contains(
                        "OrderPlaced v1 is released and has changed its shape, within what forward compatibility allows."
                                + ACCEPT);
        service.avro(1, anonymous().endRecord());
        assertThat(service.findings(Orders.BackwardAnonymously.class))
                .contains("OrderPlaced v1 is released and has changed its shape, within what backward compatibility"
                        + " allows." + ACCEPT);
    }

    @Test
    void aDefaultMakesUpForWhatIsMissing() {
        service.avro(
                1,
                placed().name("currency")
                        .type()
                        .stringType()
                        .stringDefault("EUR")
                        .endRecord());
        assertThat(service.findings(Orders.PlacedWithCurrency.class))
                .as("by its shape as JSON it would need a new version")
                .containsExactly(
                        "OrderPlaced v1 is released and has changed its shape, within what full compatibility allows."
                                + ACCEPT);
    }

    @Test
    void anotherFormatHasToBeAccepted() {
        TestContracts plain = new TestContracts(module);
        assertThat(plain.findings(Orders.Placed.class))
                .first()
                .isEqualTo(
                        "OrderPlaced v1 is released as application/avro and would be published as application/json, which"
                                + " its consumers have to be able to read." + ACCEPT);
    }

    @Test
    void theSchemaOfAReleasedVersionStays() throws IOException {
        service.avro(2, placed().requiredString("currency").endRecord());
        service.released(Orders.Placed2.class, Orders.AddsCurrency.class);
        assertThat(service.findings(Orders.Placed2.class, Orders.AddsCurrency.class))
                .isEmpty();
        String gone = "OrderPlaced v2 no longer has the released application/avro schema of version 1, without which"
                + " stored events cannot be read. Restore it as it stands in outbox-catalog.json, and never change it.";
        service.avro(1, anonymous().endRecord());
        assertThat(service.findings(Orders.Placed2.class, Orders.AddsCurrency.class))
                .contains(gone);
        Files.delete(service.avroFile(1));
        assertThat(service.findings(Orders.Placed2.class, Orders.AddsCurrency.class))
                .contains(gone);
    }

    @Test
    void aSampleIsReadThroughTheSchemaOfItsVersion() {
        service.avro(2, placed().requiredString("currency").endRecord());
        assertThat(service.findings(Orders.Placed2.class, Orders.ForgetsCurrency.class))
                .anySatisfy(finding -> assertThat(finding)
                        .startsWith("OrderPlaced v2 is incomplete after upcasting from version 1: ")
                        .contains("currency"));
    }

    private static FieldAssembler<Schema> placed() {
        return with(SchemaBuilder.record("OrderPlaced")
                .fields()
                .requiredString("id")
                .requiredString("customer"));
    }

    private static FieldAssembler<Schema> anonymous() {
        return with(SchemaBuilder.record("OrderPlaced").fields().requiredString("id"));
    }

    private static FieldAssembler<Schema> with(FieldAssembler<Schema> fields) {
        Schema line = SchemaBuilder.record("Line")
                .fields()
                .requiredString("sku")
                .requiredInt("quantity")
                .endRecord();
        return fields.name("lines").type().array().items(line).noDefault().optionalString("note");
    }
}
