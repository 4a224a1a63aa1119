package dev.outbox.benchmark.upcast;

import dev.outbox.upcast.Upcaster;
import tools.jackson.databind.node.ObjectNode;

/** A rename, an addition, a rename and an addition. */
class AccountChangedUpcasters {

    @Upcaster(type = "AccountChanged", from = 1)
    ObjectNode nameBecomesOwner(ObjectNode account) {
        account.set("owner", account.remove("name"));
        return account;
    }

    @Upcaster(type = "AccountChanged", from = 2)
    ObjectNode currency(ObjectNode account) {
        return account.put("currency", "EUR");
    }

    @Upcaster(type = "AccountChanged", from = 3)
    ObjectNode amountBecomesCents(ObjectNode account) {
        account.set("cents", account.remove("amount"));
        return account.put("reason", "unknown");
    }
}
