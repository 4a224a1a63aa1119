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

-- One row per lane holds the whole state of the relay that owns it.

create table outbox_lane (
    lane        smallint    not null,
    owner       varchar(255),
    epoch       bigint      not null,
    lease_until timestamptz,
    position    text,
    floor_seq   bigint      not null default 0,
    floor_xid   bigint      not null default 0,
    mark_seq    bigint      not null default 0,
    mark_xid    bigint      not null default 0,
    constraint outbox_lane_pk primary key (lane),
    constraint outbox_lane_range check (lane between 0 and 63),
    constraint outbox_lane_epoch_positive check (epoch > 0),
    constraint outbox_lane_lease_owned check ((owner is null) = (lease_until is null))
) with (fillfactor = 50);

comment on table outbox_lane is 'Lease, fencing epoch and durable position of each relay lane';
comment on column outbox_lane.epoch is 'raised at every change of owner; a position is saved only under the current epoch';
comment on column outbox_lane.position is 'snapshot up to which every event is acknowledged by Kafka; null: nothing yet';
comment on column outbox_lane.floor_seq is 'a transaction later than floor_xid draws a seq higher than this; the position is behind floor_xid';
comment on column outbox_lane.mark_seq is 'a transaction later than mark_xid draws a seq higher than this; the next floor';

-- What each consumer has applied: the row commits together with the effects of the handler.

create table inbox_event (
    consumer   varchar(255) not null,
    source     varchar(255) not null,
    event_id   varchar(255) not null,
    type       varchar(255) not null,
    handled_at timestamptz  not null,
    constraint inbox_event_pk primary key (consumer, source, event_id),
    constraint inbox_event_consumer_present check (consumer <> ''),
    constraint inbox_event_id_present check (event_id <> '')
);

comment on table inbox_event is 'Processed events per consumer; an event is identified by source and id, as CloudEvents has it';

-- The buckets are shared by lanes, the lanes by relays. Lane n of m has the buckets from n * 64 / m up to the next lane's.

alter table outbox_lane
    add column lanes smallint not null default 1,
    add constraint outbox_lane_of_lanes check (lanes between 1 and 64 and lane < lanes);

insert into outbox_lane (lane, lanes, epoch)
select 0, 1, 1
where not exists (select 1 from outbox_lane);

comment on column outbox_lane.lanes is 'how many lanes there are; the same in every row, changed only while no lane is owned';

-- One row per running relay. The lanes are shared evenly among those whose lease lives.
create table outbox_relay (
    relay       varchar(255) not null,
    lanes       smallint     not null,
    joined_at   timestamptz  not null,
    lease_until timestamptz  not null,
    constraint outbox_relay_pk primary key (relay),
    constraint outbox_relay_lanes_range check (lanes between 1 and 64)
) with (fillfactor = 50);

comment on table outbox_relay is 'The relays that share the lanes';
comment on column outbox_relay.lanes is 'how many lanes this relay asks for; what the last one to join asks for is made so';

-- Events that could not be published, and those of the same aggregate that wait behind them. The rows are written in the
-- transaction that moves the lane's position over the events, so an event is either ahead of the position or here.

create table outbox_parked (
    seq                  bigint       not null,
    aggregate_seq        bigint       not null,
    created_at           timestamptz  not null,
    parked_at            timestamptz  not null default clock_timestamp(),
    release_requested_at timestamptz,
    discarded_at         timestamptz,
    id                   uuid         not null,
    version              integer      not null,
    bucket               smallint     not null,
    aggregatetype        varchar(255) not null,
    aggregateid          varchar(255) not null,
    type                 varchar(255) not null,
    topic                varchar(249) not null,
    source               varchar(255) not null,
    contenttype          varchar(255) not null,
    reason               text,
    headers              jsonb,
    payload              bytea        not null,
    constraint outbox_parked_pk primary key (seq),
    constraint outbox_parked_bucket_range check (bucket between 0 and 63)
);

create index outbox_parked_key on outbox_parked (bucket, aggregatetype, aggregateid, seq);

comment on table outbox_parked is 'Events kept from being published until a person decides; a released one is removed';
comment on column outbox_parked.reason is 'why it cannot be published; null: it waits behind one that cannot';
comment on column outbox_parked.release_requested_at is 'when a person asked to publish what is parked of the aggregate';
comment on column outbox_parked.discarded_at is 'when it was given up; the row stays, so that it is never published later';

-- A position counts transactions of one server, along one line of its history. Another server counts anew; so does a
-- standby that is promoted, from the last transaction that it has seen.

create function outbox_history() returns text
    language sql stable
    as $$ select system_identifier || '/' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) from pg_control_system() $$;

comment on function outbox_history() is 'identity of this server and its timeline, which changes at each promotion';

alter table outbox_lane
    add column history varchar(255);

comment on column outbox_lane.history is 'outbox_history() under which the lane was acquired; no position is saved under another';

-- Records that a consumer could not handle, and those of the same key that wait behind them. A record is parked in a
-- transaction of its own or in the one that handles its neighbours, before its offset is committed.

create table inbox_parked (
    id            bigint       generated always as identity,
    consumer      varchar(255) not null,
    topic         varchar(249) not null,
    event_key     text         not null,
    sequence      bigint,
    source        varchar(255) not null,
    event_id      varchar(255) not null,
    type          varchar(255) not null,
    partition     integer      not null,
    record_offset bigint       not null,
    record_key    bytea,
    headers       jsonb        not null,
    payload       bytea,
    cause         varchar(16)  not null,
    reason        text,
    attempts      integer      not null,
    parked_at     timestamptz  not null default clock_timestamp(),
    edited_at     timestamptz,
    discarded_at  timestamptz,
    constraint inbox_parked_pk primary key (id),
    constraint inbox_parked_event unique (consumer, topic, source, event_id),
    constraint inbox_parked_cause check (cause in ('FAILED', 'BEHIND', 'GAP', 'FORK'))
);

create index inbox_parked_key on inbox_parked (consumer, topic, event_key, sequence, id);

comment on table inbox_parked is 'Records that a consumer keeps aside until they are released or discarded, by key in order';
comment on column inbox_parked.event_key is 'what keeps its order: the subject, else the key of the record, else the event alone';
comment on column inbox_parked.cause is 'why it is here: its handler failed, it waits behind another, one before it is missing, or its sequence is taken';
comment on column inbox_parked.discarded_at is 'when it was given up; it is passed over in its turn';

-- How far each consumer has come with each aggregate: an alternative to a row for each event.

create table inbox_sequence (
    consumer      varchar(255) not null,
    source        varchar(255) not null,
    topic         varchar(249) not null,
    aggregate_id  varchar(255) not null,
    last_sequence bigint       not null,
    last_event_id varchar(255) not null,
    constraint inbox_sequence_pk primary key (consumer, source, topic, aggregate_id)
) with (fillfactor = 70);

comment on table inbox_sequence is 'The last event that a consumer has applied of an aggregate; earlier ones are duplicates, and the next one has the next sequence';
comment on column inbox_sequence.last_event_id is 'another id under the same sequence is a fork; empty: the next event is let in whatever it is';

-- Removal of what each consumer has applied, once the topics cannot deliver it any more: by one instance at a time.

create index inbox_event_handled_at on inbox_event using brin (handled_at) with (autosummarize = on);

create table outbox_shedlock (
    name       varchar(64)  not null,
    lock_until timestamp    not null,
    locked_at  timestamp    not null,
    locked_by  varchar(255) not null,
    constraint outbox_shedlock_pk primary key (name)
);

comment on table outbox_shedlock is 'Housekeeping that one instance does at a time; the table of ShedLock';

-- The storage of a server can be set back under a relay that lives on. The server was stopped for that, so what a relay has
-- in memory is worth as much as the run of the server in which it was read.

create or replace function outbox_history() returns text
    language sql stable
    as $$
        select system_identifier
            || '/' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)
            || '/' || (extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint
        from pg_control_system()
    $$;

comment on function outbox_history() is 'identity of this server, its timeline, which changes at each promotion, and its run, which changes at each start';

-- A person who sets a position by hand takes the lane from its owner, whose next save would undo that.
create function outbox_lane_set_by_hand() returns trigger
    language plpgsql
    as $$
        begin
            new.epoch := old.epoch + 1;
            new.owner := null;
            new.lease_until := null;
            return new;
        end
    $$;

create trigger outbox_lane_set_by_hand
    before update of position on outbox_lane
    for each row
    when (new.position is distinct from old.position
        and new.epoch = old.epoch
        and new.owner is not distinct from old.owner
        and new.lease_until is not distinct from old.lease_until)
    execute function outbox_lane_set_by_hand();

-- Events whose topic cannot be written to wait here as well, until it can: by topic, not by aggregate. They are released
-- by themselves.

alter table outbox_parked
    add column held boolean not null default false;

create index outbox_parked_kept on outbox_parked (bucket) where not held;

create index outbox_parked_held on outbox_parked (topic, seq) include (bucket) where held and discarded_at is null;

create index outbox_parked_released on outbox_parked (seq) where release_requested_at is not null and discarded_at is null;

comment on table outbox_parked is 'Events kept from being published until a person decides, or their topic is back; a released one is removed';
comment on column outbox_parked.held is 'whether it waits for its topic, which cannot be written to, and not for a person';

-- Which events a consumer has applied of an aggregate, and not only the last: a producer's database that has lost commits counts
-- on from before them, so that another event comes under a sequence that has been applied.

alter table inbox_sequence
    add column recent_to  bigint   not null default 0,
    add column recent_ids bigint[] not null default '{}',
    add column assumed_to bigint   not null default 0;

create table inbox_sequence_run (
    consumer       varchar(255) not null,
    source         varchar(255) not null,
    topic          varchar(249) not null,
    aggregate_id   varchar(255) not null,
    first_sequence bigint       not null,
    event_ids      bigint[]     not null,
    constraint inbox_sequence_run_pk primary key (consumer, source, topic, aggregate_id, first_sequence),
    constraint inbox_sequence_run_present check (cardinality(event_ids) > 0)
);

alter table inbox_parked
    drop constraint inbox_parked_cause,
    add constraint inbox_parked_cause check (cause in ('FAILED', 'BEHIND', 'GAP', 'FORK', 'LATE'));

comment on table inbox_sequence is 'How far a consumer has come with an aggregate, and which of its latest events it has applied';
comment on column inbox_sequence.last_event_id is 'empty: what comes next is let in, though it was forked or others before it are missing';
comment on column inbox_sequence.recent_ids is 'hashes of the ids of the latest events, the last of them under recent_to; another id is a fork';
comment on column inbox_sequence.recent_to is 'if not last_sequence, an earlier release, which does not keep ids, has applied the rest';
comment on column inbox_sequence.assumed_to is 'up to here an event whose id is not known counts as applied, as earlier releases did not keep ids';
comment on table inbox_sequence_run is 'Hashes of the ids of earlier applied events, under successive sequences; 0: that event is let in when it comes';
comment on column inbox_parked.cause is 'why it is here: its handler failed, it waits behind another, one before it is missing, its sequence is taken, or later ones were applied without it';

-- What people have decided about an outbox: a row for each decision, committed together with it. The row is also the memory of
-- a request that may come again, because its answer was lost.

create table outbox_audit (
    id          bigint       generated always as identity,
    decided_at  timestamptz  not null default clock_timestamp(),
    actor       varchar(255) not null,
    action      varchar(32)  not null,
    subject     text         not null,
    affected    bigint       not null,
    request_key varchar(255),
    constraint outbox_audit_pk primary key (id),
    constraint outbox_audit_request unique (request_key),
    constraint outbox_audit_actor_present check (actor <> ''),
    constraint outbox_audit_action_present check (action <> ''),
    constraint outbox_audit_affected_range check (affected >= 0)
);

comment on table outbox_audit is 'Decisions of people about parked events, replays and positions; insert-only';
comment on column outbox_audit.affected is 'how many events, or lanes, the decision was about';
comment on column outbox_audit.request_key is 'what a client calls its request, so that the request has one effect however often it is sent';

-- A person who looks for an event knows about when it was raised. Rows are in the order of time closely enough for an index of
-- block ranges, to which an insert adds nothing until a range is full.

create index outbox_event_raised on outbox_event using brin (created_at) with (pages_per_range = 32, autosummarize = on);

-- A release can be looked at and stopped by the number of its decision. What has not been published by then stays parked.

alter table outbox_parked
    add column release_id        bigint,
    add column stop_requested_at timestamptz;

create index outbox_parked_release on outbox_parked (release_id) where release_id is not null;

create index outbox_parked_stopped on outbox_parked (bucket, aggregatetype, aggregateid) where stop_requested_at is not null;

comment on column outbox_parked.release_id is 'outbox_audit.id of the last release that the event was part of';
comment on column outbox_parked.stop_requested_at is 'when a person asked to end its release before it is published';

-- What is parked is counted by key and by cause from these alone, however large the payloads are.

create index outbox_parked_waiting on outbox_parked (aggregatetype, aggregateid, seq) include (parked_at, release_requested_at)
    where discarded_at is null and not held;

create index outbox_parked_refused on outbox_parked (aggregatetype, aggregateid, seq)
    where reason is not null and discarded_at is null and not held;
