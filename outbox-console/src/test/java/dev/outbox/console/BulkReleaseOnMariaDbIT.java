package dev.outbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.console.TestConsole.Answer;
import dev.outbox.embedded.DatabaseKind;
import org.junit.jupiter.api.Test;

/** The same on MariaDB, where nothing is kept that could be replayed. */
class BulkReleaseOnMariaDbIT extends BulkReleaseIT {

    @Override
    DatabaseKind kind() {
        return DatabaseKind.MARIADB;
    }

    @Test
    void aReplayIsRefusedBeforeItBegins() {
        Answer answer = console().post("admin", "/outbox/api/replays/estimate", "{\"key\":\"good\"}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().at("/detail").asString())
                .contains("nothing to replay", "A consumer can read its topic from the beginning instead");
    }
}
