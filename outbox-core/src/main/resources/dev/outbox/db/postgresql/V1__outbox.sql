-- The outbox: rows are inserted in the business transaction and never updated or deleted.
-- A partition (slot) whose rows are all published and old enough is truncated as a whole.

-- Domains, and no checks of the table: those PostgreSQL prepares again for each insert, which took half of its time.

create domain outbox_count as bigint constraint outbox_count_positive check (value > 0);

create domain outbox_version as integer constraint outbox_version_positive check (value > 0);

create domain outbox_bucket as smallint constraint outbox_bucket_range check (value between 0 and 63);

create domain outbox_name as varchar(255) constraint outbox_name_present check (value ~ '[^[:space:]]');

create domain outbox_type as varchar(255)
    constraint outbox_type_printable check (value ~ '[^[:space:]]' and value !~ '[[:cntrl:]]');

create domain outbox_topic as varchar(249)
    constraint outbox_topic_legal check (value ~ '^[a-zA-Z0-9._-]+$' and value not in ('.', '..'));

create domain outbox_headers as jsonb
    constraint outbox_headers_of_text check (
        jsonb_typeof(value) = 'object' and not jsonb_path_exists(value, 'strict $.* ? (@.type() != "string")'));

create sequence outbox_event_seq as bigint cache 1;

-- The order of the first two matters: a transaction has its id before it draws a number.
create table outbox_event (
    xid           bigint         not null default pg_current_xact_id()::text::bigint,
    seq           bigint         not null default nextval('outbox_event_seq'),
    aggregate_seq outbox_count   not null,
    created_at    timestamptz    not null,
    id            uuid           not null,
    version       outbox_version not null,
    bucket        outbox_bucket  not null,
    slot          smallint       not null default floor(extract(epoch from now()) / 21600)::bigint % 4,
    aggregatetype outbox_name    not null,
    aggregateid   outbox_name    not null,
    type          outbox_type    not null,
    topic         outbox_topic   not null,
    source        varchar(255)   not null,
    contenttype   varchar(255)   not null,
    headers       outbox_headers,
    payload       bytea          not null
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
    aggregatetype outbox_name  not null,
    aggregateid   outbox_name  not null,
    last_seq      outbox_count not null,
    constraint outbox_key_pk primary key (aggregatetype, aggregateid)
) with (fillfactor = 70);

comment on table outbox_key is 'Last aggregate_seq given out per aggregate; its row lock orders the writers';
