-- A stored event is a row of the outbox in a partition that is never truncated. The table is attached and not created as a
-- partition, which would keep every writer and reader of the outbox out until the end of this transaction.

create table outbox_event_stored (like outbox_event including defaults including comments);

alter table outbox_event_stored alter column slot set default -1;

alter table outbox_event attach partition outbox_event_stored for values in (-1);

create unique index outbox_event_stream on outbox_event_stored (aggregatetype, aggregateid, aggregate_seq);

comment on table outbox_event_stored is 'Events that are published and kept as streams; never truncated';

-- Events of types that are stored and not published. No relay, and no Debezium, reads this table.

create table outbox_event_unpublished (like outbox_event including defaults including comments);

alter table outbox_event_unpublished alter column slot set default -2;

create unique index outbox_event_unpublished_stream on outbox_event_unpublished (aggregatetype, aggregateid, aggregate_seq);

create index outbox_event_unpublished_xid_seq on outbox_event_unpublished (xid, seq);

create index outbox_event_unpublished_by_seq on outbox_event_unpublished (seq);

comment on table outbox_event_unpublished is 'Events that are kept as streams and not published; never truncated';
