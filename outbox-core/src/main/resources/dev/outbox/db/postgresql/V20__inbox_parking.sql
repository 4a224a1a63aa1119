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
