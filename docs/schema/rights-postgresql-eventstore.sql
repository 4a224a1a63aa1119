-- What the users of rights-postgresql.sql need in addition where a service has an event store. To be run by the owner of the
-- tables, after postgresql-eventstore.sql.

-- the service
grant select, insert on outbox_event_stored, outbox_event_unpublished to service;
grant delete on outbox_key to service;
grant select, insert, update, delete on outbox_snapshot to service;
grant select, insert, update on outbox_subject to service;
grant select, insert, delete on outbox_subject_key to service;

-- a service with projections; it makes, moves and drops the tables of a rebuild, so it owns those of its projections
grant select, insert, update on outbox_projection, outbox_projection_generation to service;
grant select, insert, update, delete on outbox_projection_lane to service;
grant insert on outbox_projection_skip to service;
-- grant create on database ... to service;

-- whoever calls LaneRebase; the relay needs nothing more
grant select on sequence outbox_event_seq to operator;
grant select, update on outbox_event_unpublished to operator;
