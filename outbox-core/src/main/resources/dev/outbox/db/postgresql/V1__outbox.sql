-- The outbox: rows are inserted in the business transaction and never updated or deleted.
-- A partition (slot) whose rows are all published and old enough is truncated as a whole.

create sequence outbox_event_seq as bigint cache 1;

create table outbox_event (
    xid           bigint       not null default pg_current_xact_id()::text::bigint,
    seq           bigint       not null default nextval('outbox_event_seq'),
    aggregate_seq bigint       not null,
    created_at    timestamptz  not null,
    id            uuid         not null,
    version       integer      not null,
    bucket        smallint     not null,
    slot          smallint     not null default floor(extract(epoch from now()) / 21600)::bigint % 4,
    aggregatetype varchar(255) not null,
    aggregateid   varchar(255) not null,
    type          varchar(255) not null,
    topic         varchar(249) not null,
    source        varchar(255) not null,
    contenttype   varchar(255) not null,
    headers       jsonb,
    payload       bytea        not null,
    constraint outbox_event_aggregate_seq_positive check (aggregate_seq > 0),
    constraint outbox_event_version_positive check (version > 0),
    constraint outbox_event_bucket_range check (bucket between 0 and 63),
    constraint outbox_event_aggregatetype_present check (aggregatetype ~ '[^[:space:]]'),
    constraint outbox_event_aggregateid_present check (aggregateid ~ '[^[:space:]]'),
    constraint outbox_event_type_printable check (type ~ '[^[:space:]]' and type !~ '[[:cntrl:]]'),
    constraint outbox_event_topic_legal check (topic ~ '^[a-zA-Z0-9._-]+$' and topic not in ('.', '..')),
    constraint outbox_event_headers_object check (jsonb_typeof(headers) = 'object')
) partition by list (slot);

alter sequence outbox_event_seq owned by outbox_event.seq;

create table outbox_event_0 partition of outbox_event for values in (0);
create table outbox_event_1 partition of outbox_event for values in (1);
create table outbox_event_2 partition of outbox_event for values in (2);
create table outbox_event_3 partition of outbox_event for values in (3);

-- The live read looks up "the transactions since the last snapshot"; the backlog is paged by seq.
create index outbox_event_xid_seq on outbox_event (xid, seq);
create index outbox_event_by_seq on outbox_event (seq);

comment on table outbox_event is 'Events raised in business transactions, in commit order per aggregate; insert-only';
comment on column outbox_event.xid is 'the inserting transaction; the relay compares it with its snapshot';
comment on column outbox_event.seq is 'order of publication; drawn while the aggregate is locked';
comment on column outbox_event.aggregate_seq is 'dense count per aggregate: 1, 2, 3, ...';
comment on column outbox_event.bucket is 'crc32(aggregateid) modulo 64; lanes share the buckets';
comment on column outbox_event.slot is 'partition to be truncated as a whole; changes every six hours';

-- One row per aggregate: locks the key for the rest of the transaction and counts its events.
create table outbox_key (
    aggregatetype varchar(255) not null,
    aggregateid   varchar(255) not null,
    last_seq      bigint       not null,
    constraint outbox_key_pk primary key (aggregatetype, aggregateid),
    constraint outbox_key_last_seq_positive check (last_seq > 0)
) with (fillfactor = 70);

comment on table outbox_key is 'Last aggregate_seq given out per aggregate; its row lock orders the writers';
