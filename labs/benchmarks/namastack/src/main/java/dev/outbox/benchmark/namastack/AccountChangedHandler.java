package dev.outbox.benchmark.namastack;

import io.namastack.outbox.handler.OutboxRecordMetadata;
import io.namastack.outbox.handler.OutboxTypedHandler;
import tools.jackson.databind.json.JsonMapper;

final class AccountChangedHandler implements OutboxTypedHandler<AccountChanged> {

    private final KafkaSender sender;
    private final JsonMapper mapper;

    AccountChangedHandler(KafkaSender sender, JsonMapper mapper) {
        this.sender = sender;
        this.mapper = mapper;
    }

    @Override
    public void handle(AccountChanged event, OutboxRecordMetadata metadata) {
        sender.send(metadata.getKey(), mapper.writeValueAsString(event));
    }
}
