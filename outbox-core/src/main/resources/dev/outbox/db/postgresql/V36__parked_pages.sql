-- What is parked is counted by key and by cause from these alone, however large the payloads are.

create index outbox_parked_waiting on outbox_parked (aggregatetype, aggregateid, seq) include (parked_at, release_requested_at)
    where discarded_at is null and not held;

create index outbox_parked_refused on outbox_parked (aggregatetype, aggregateid, seq)
    where reason is not null and discarded_at is null and not held;
