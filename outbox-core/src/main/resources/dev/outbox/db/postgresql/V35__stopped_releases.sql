-- A release can be looked at and stopped by the number of its decision. What has not been published by then stays parked.

alter table outbox_parked
    add column release_id        bigint,
    add column stop_requested_at timestamptz;

create index outbox_parked_release on outbox_parked (release_id) where release_id is not null;

create index outbox_parked_stopped on outbox_parked (bucket, aggregatetype, aggregateid) where stop_requested_at is not null;

comment on column outbox_parked.release_id is 'outbox_audit.id of the last release that the event was part of';
comment on column outbox_parked.stop_requested_at is 'when a person asked to end its release before it is published';
