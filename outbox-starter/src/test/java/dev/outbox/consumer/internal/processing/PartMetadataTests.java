package dev.outbox.consumer.internal.processing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.consumer.EventMetadata;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.OutboxProperties;
import dev.outbox.internal.upcast.ReadEvent;
import dev.outbox.stock.OrderPlaced;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartMetadataTests {

    private static final String ID = "01890a5d-ac96-774b-bcce-b302099a8057";

    private final DomainEventType type = DomainEventTypes.of(
                    List.of(OrderPlaced.class), new OutboxProperties(true, List.of(), Map.of()))
            .find(OrderPlaced.class)
            .orElseThrow();

    @Test
    void onlyAPartAmongSeveralHasMetadataOfItsOwn() {
        EventMetadata stored = new EventMetadata(ID, "orders", "OrderCreated", 1, "o-1", 1L, null, Map.of());
        ReadEvent whole = new ReadEvent(ID, 0, type, "anything");
        ReadEvent part = new ReadEvent("part", 1, type, "anything");

        assertThat(InboxProcessor.metadataOf(whole, stored)).isSameAs(stored);
        assertThat(InboxProcessor.metadataOf(part, stored))
                .isEqualTo(new EventMetadata("part", "orders", "OrderCreated", 1, "o-1", 1L, null, Map.of(), 1));
    }
}
