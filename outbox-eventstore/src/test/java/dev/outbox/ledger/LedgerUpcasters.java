package dev.outbox.ledger;

import dev.outbox.upcast.Upcaster;
import tools.jackson.databind.node.ObjectNode;

class LedgerUpcasters {

    @Upcaster(type = "MoneyDeposited", from = 1)
    ObjectNode addCurrency(ObjectNode deposit) {
        return deposit.put("currency", "EUR");
    }
}
