package dev.outbox.benchmark.modulith;

import org.springframework.scheduling.annotation.Async;
import org.springframework.transaction.event.TransactionalEventListener;
import tools.jackson.databind.json.JsonMapper;

/** Asynchronous and after the commit, as Modulith's own externalisation is. */
class AccountChangedListener {

    private final KafkaSender sender;
    private final JsonMapper mapper;

    AccountChangedListener(KafkaSender sender, JsonMapper mapper) {
        this.sender = sender;
        this.mapper = mapper;
    }

    @Async
    @TransactionalEventListener
    void on(AccountChanged event) {
        sender.send(event.key(), mapper.writeValueAsString(event));
    }
}
