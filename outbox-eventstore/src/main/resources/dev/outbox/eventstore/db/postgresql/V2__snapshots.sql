-- The state of an aggregate after so many of its events, so that a load reads only the events after them. A snapshot can be
-- deleted at any time: the stream is the truth.

create table outbox_snapshot (
    aggregatetype outbox_name  not null,
    aggregateid   outbox_name  not null,
    version       outbox_count not null,
    fingerprint   varchar(64)  not null,
    taken_at      timestamptz  not null default clock_timestamp(),
    state         bytea        not null,
    constraint outbox_snapshot_pk primary key (aggregatetype, aggregateid)
) with (fillfactor = 50);

comment on table outbox_snapshot is 'Latest snapshot of each aggregate that has one';
comment on column outbox_snapshot.version is 'the last event that the state contains';
comment on column outbox_snapshot.fingerprint is 'of the class of the state; a snapshot with another one is ignored and replaced';
