-- What each user needs, in addition to usage on the schema. To be run by the owner of the tables, after postgresql.sql. With
-- outbox.schema.names, once in each of these schemas. The owner of the tables, who migrates them, may create in the schema.

-- the service: what it publishes
grant insert on outbox_event to service;
grant usage on sequence outbox_event_seq to service;
grant select, insert, update on outbox_key to service;

-- and what it consumes
grant select, insert, update, delete
    on inbox_event, inbox_parked, inbox_sequence, inbox_sequence_run, outbox_shedlock to service;

-- the relay; truncate where it removes what is published
grant select on outbox_event to relay;
grant select on sequence outbox_event_seq to relay;
grant select, truncate on outbox_event_0, outbox_event_1, outbox_event_2, outbox_event_3 to relay;
grant select, insert, update, delete on outbox_lane, outbox_relay, outbox_parked to relay;

-- and where people decide through the relay, by the API or the console
grant select, insert on outbox_audit to relay;

-- whoever calls LaneRebase: this user, or the relay with the same two rights on outbox_event
grant select, update on outbox_event, outbox_lane to operator;
