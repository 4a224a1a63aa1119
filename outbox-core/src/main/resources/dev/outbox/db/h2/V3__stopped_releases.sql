-- A release can be looked at and stopped by the number of its decision. What has not been published by then stays parked.

alter table outbox_parked add column release_id bigint;

alter table outbox_parked add column stop_requested_at timestamp(6);

create index outbox_parked_release on outbox_parked (release_id);

create index outbox_parked_stopped on outbox_parked (stop_requested_at);
