create view published_events as select id, type, created_at from outbox_event;
