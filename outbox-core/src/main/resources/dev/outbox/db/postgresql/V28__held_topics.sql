-- Events whose topic cannot be written to wait here as well, until it can: by topic, not by aggregate. They are released
-- by themselves.

alter table outbox_parked
    add column held boolean not null default false;

create index outbox_parked_kept on outbox_parked (bucket) where not held;

create index outbox_parked_held on outbox_parked (topic, seq) include (bucket) where held and discarded_at is null;

create index outbox_parked_released on outbox_parked (seq) where release_requested_at is not null and discarded_at is null;

comment on table outbox_parked is 'Events kept from being published until a person decides, or their topic is back; a released one is removed';
comment on column outbox_parked.held is 'whether it waits for its topic, which cannot be written to, and not for a person';
