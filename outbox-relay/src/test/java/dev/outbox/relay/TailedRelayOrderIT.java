package dev.outbox.relay;

import dev.outbox.embedded.TestDatabase;

/** The same on a relay that tails. */
class TailedRelayOrderIT extends RelayOrderIT {

    @Override
    TestRelay start(TestDatabase tables, String... properties) {
        return TestRelay.startTailing(tables, properties);
    }
}
