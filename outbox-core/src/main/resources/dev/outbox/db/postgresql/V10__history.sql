-- A position counts transactions of one server, along one line of its history. Another server counts anew; so does a
-- standby that is promoted, from the last transaction that it has seen.

create function outbox_history() returns text
    language sql stable
    as $$ select system_identifier || '/' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) from pg_control_system() $$;

comment on function outbox_history() is 'identity of this server and its timeline, which changes at each promotion';

alter table outbox_lane
    add column history varchar(255);

comment on column outbox_lane.history is 'outbox_history() under which the lane was acquired; no position is saved under another';
