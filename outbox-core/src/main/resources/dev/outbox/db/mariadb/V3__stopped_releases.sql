-- A release can be looked at and stopped by the number of its decision. What has not been published by then stays parked.

alter table outbox_parked
    add column release_id        bigint      comment 'outbox_audit.id of the last release that the event was part of',
    add column stop_requested_at datetime(6) comment 'when a person asked to end its release before it is published',
    add key outbox_parked_release (release_id),
    add key outbox_parked_stopped (stop_requested_at);
