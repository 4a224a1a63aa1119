-- The storage of a server can be set back under a relay that lives on. The server was stopped for that, so what a relay has
-- in memory is worth as much as the run of the server in which it was read.

create or replace function outbox_history() returns text
    language sql stable
    as $$
        select system_identifier
            || '/' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)
            || '/' || (extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint
        from pg_control_system()
    $$;

comment on function outbox_history() is 'identity of this server, its timeline, which changes at each promotion, and its run, which changes at each start';

-- A person who sets a position by hand takes the lane from its owner, whose next save would undo that.
create function outbox_lane_set_by_hand() returns trigger
    language plpgsql
    as $$
        begin
            new.epoch := old.epoch + 1;
            new.owner := null;
            new.lease_until := null;
            return new;
        end
    $$;

create trigger outbox_lane_set_by_hand
    before update of position on outbox_lane
    for each row
    when (new.position is distinct from old.position
        and new.epoch = old.epoch
        and new.owner is not distinct from old.owner
        and new.lease_until is not distinct from old.lease_until)
    execute function outbox_lane_set_by_hand();
