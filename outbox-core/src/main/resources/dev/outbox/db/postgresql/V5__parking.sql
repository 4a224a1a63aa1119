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
