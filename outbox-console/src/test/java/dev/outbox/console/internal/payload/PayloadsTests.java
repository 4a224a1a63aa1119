package dev.outbox.console.internal.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.event.EventHeaders;
import dev.outbox.event.EventPayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayloadsTests {

    private final Payloads payloads = new Payloads(List.of());

    @Test
    void whatIsEncryptedIsCalledThat() {
        EventPayload payload = json("{\"id\":\"a\",\"price\":0.10,\"name\":\"AWtleQ==\"}");

        assertThat(payloads.readable(payload, Map.of(EventHeaders.PERSONAL, "{\"name\":\"a\"}")))
                .isEqualTo(new ShownPayload(
                        EventPayload.JSON, "{\"id\":\"a\",\"price\":0.10,\"name\":\"encrypted\"}", false, false));
        assertThat(payloads.readable(payload, Map.of()).text()).isEqualTo(payload.text());
    }

    @Test
    void aWholePayloadThatIsEncryptedIsNoGibberish() {
        EventPayload payload = EventPayload.of("application/vnd.outbox.encrypted", new byte[] {1, 2, -1});

        assertThat(payloads.readable(payload, Map.of(EventHeaders.ENCRYPTED, "type:Order")))
                .isEqualTo(new ShownPayload("application/vnd.outbox.encrypted", "encrypted", false, false));
    }

    @Test
    void whatIsMaskedStaysMasked() {
        Payloads masking = new Payloads(List.of("$.id"));

        assertThat(masking.readable(
                        json("{\"id\":\"a\",\"name\":\"AWtleQ==\"}"),
                        Map.of(EventHeaders.PERSONAL, "{\"name\":\"a\"}")))
                .satisfies(shown -> assertThat(shown.masked()).isTrue())
                .satisfies(shown -> assertThat(shown.text()).doesNotContain("AWtleQ==", "\"a\""));
    }

    private static EventPayload json(String text) {
        return EventPayload.json(text.getBytes(StandardCharsets.UTF_8));
    }
}
