package dev.outbox.contract.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatalogPageTests {

    private final String page = CatalogPage.of(SampleCatalog.catalog(), SampleCatalog.SAMPLES);

    @Test
    void everyEventStandsThereWithItsVersionsAndPeople() {
        assertThat(page)
                .contains("<h2 id=\"OrderPlaced\">OrderPlaced</h2>")
                .contains("<h3>Version 1</h3>", "<h3>Version 2</h3>")
                .contains("<dt>Owner</dt><dd>team orders</dd>")
                .contains("<dt>Producer</dt><dd>order-service</dd>", "<dt>Producer</dt><dd>not known here</dd>")
                .contains("<dt>Consumers</dt><dd>inventory-service</dd>", "<dt>Consumers</dt><dd>none known here</dd>")
                .contains("<dt>Deprecated</dt><dd>use version 2</dd>")
                .contains("<dt>Retired</dt><dd>2026-03-01, nobody asked for it</dd>");
    }

    @Test
    void schemaAndSampleStandThere() {
        assertThat(page).contains("&quot;format&quot; : &quot;uuid&quot;").contains("0b5e2c7e-3f7a");
    }

    @Test
    void anotherFormatThanJsonStandsThereWithItsSchema() {
        assertThat(page)
                .containsOnlyOnce("<dt>Published as</dt><dd>application/avro<details>")
                .contains("&quot;type&quot; : &quot;record&quot;");
    }

    @Test
    void whatTheCatalogSaysIsText() {
        assertThat(page)
                .contains("An order has come in &amp; waits for stock.")
                .contains("&lt;b&gt;fragile&lt;/b&gt;")
                .doesNotContain("<b>");
    }

    @Test
    void itNeedsNothingBesideItself() {
        assertThat(page).doesNotContain("<script").doesNotContain("<link").doesNotContain("src=");
    }
}
