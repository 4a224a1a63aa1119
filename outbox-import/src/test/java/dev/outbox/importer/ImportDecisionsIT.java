package dev.outbox.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.embedded.TestDatabase;
import dev.outbox.shop.OrderNoted;
import dev.outbox.shop.OrderPlaced;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** What is imported, what stays, and what stops the import. */
class ImportDecisionsIT {

    @Test
    void anEventThatCannotBeMappedIsNotOvertaken() {
        try (TestDatabase database = TestDatabase.create();
                Peer peer = new EventuatePeer(database)) {
            peer.write(List.of(new OrderPlaced("o-1", 1), new OrderNoted("o-1", 2), new OrderPlaced("o-1", 3)));
            try (ConfigurableApplicationContext shop = ShopApplication.start(database, peer.settings())) {
                OutboxImport running = shop.getBean(OutboxImport.class);
                assertThat(running.plan().obstacles())
                        .singleElement()
                        .satisfies(
                                obstacle -> assertThat(obstacle.why()).contains("is not declared with @DomainEvent"));
                assertThat(running.runOnce().imported()).isEqualTo(1);
                assertThatExceptionOfType(ImportStoppedException.class)
                        .isThrownBy(running::runOnce)
                        .withMessageContaining("has stopped before dev.outbox.shop.OrderNoted (")
                        .withMessageContaining("outbox.import.ignored-types");
            }
            assertThat(PeerImportIT.count(database, peer.pending())).isEqualTo(2);
        }
    }

    @Test
    void theSettingsSayWhatATypeBecomesOrThatItStays() {
        try (TestDatabase database = TestDatabase.create();
                Peer peer = new EventuatePeer(database)) {
            peer.write(List.of(new OrderPlaced("o-1", 1), new OrderNoted("o-1", 2)));
            List<String> settings = new ArrayList<>(peer.settings());
            settings.add("--outbox.import.ignored-types=dev.outbox.shop.OrderPlaced");
            String noted = "--outbox.import.types.[dev.outbox.shop.OrderNoted].";
            settings.addAll(List.of(noted + "type=OrderNoted", noted + "aggregate=Order", noted + "topic=notes"));
            settings.add(noted + "key=number");
            try (ConfigurableApplicationContext shop = ShopApplication.start(database, settings)) {
                OutboxImport running = shop.getBean(OutboxImport.class);
                assertThat(running.plan().left())
                        .containsExactly(new ImportPlan.Left(
                                "outbox.import.ignored-types names dev.outbox.shop.OrderPlaced", 1));
                assertThat(running.runOnce()).isEqualTo(new ImportBatch(1, 0, 0, false));
            }
            assertThat(PeerImportIT.count(
                            database, "select count(*) from outbox_event where topic = 'notes' and aggregateid = '2'"))
                    .isEqualTo(1);
            assertThat(PeerImportIT.count(database, peer.pending())).isEqualTo(1);
        }
    }

    @Test
    void importedPublicationsAreArchived() {
        try (TestDatabase database = TestDatabase.create();
                Peer peer = new ModulithPeer(database, "--spring.modulith.events.completion-mode=archive")) {
            peer.write(PeerImportIT.orders(0, 3));
            List<String> settings = new ArrayList<>(peer.settings());
            settings.add("--outbox.import.completion=archive");
            try (ConfigurableApplicationContext shop = ShopApplication.start(database, settings)) {
                assertThat(shop.getBean(OutboxImport.class).runOnce().imported())
                        .isEqualTo(3);
            }
            assertThat(PeerImportIT.count(database, "select count(*) from event_publication"))
                    .isZero();
            assertThat(PeerImportIT.count(
                            database, "select count(*) from event_publication_archive where status = 'COMPLETED'"))
                    .isEqualTo(3);
        }
    }

    @Test
    void rowsOfOtherListenersStay() {
        try (TestDatabase database = TestDatabase.create();
                Peer peer = new ModulithPeer(database)) {
            peer.write(PeerImportIT.orders(0, 2));
            try (ConfigurableApplicationContext shop =
                    ShopApplication.start(database, List.of("--outbox.import.source=modulith"))) {
                OutboxImport running = shop.getBean(OutboxImport.class);
                assertThat(running.plan().left())
                        .singleElement()
                        .satisfies(left -> assertThat(left.why()).contains(ModulithPeer.LISTENER));
                assertThat(running.runOnce().isEmpty()).isTrue();
            }
        }
    }
}
