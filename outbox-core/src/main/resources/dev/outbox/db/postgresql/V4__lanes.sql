-- The buckets are shared by lanes, the lanes by relays. Lane n of m has the buckets from n * 64 / m up to the next lane's.

alter table outbox_lane
    add column lanes smallint not null default 1,
    add constraint outbox_lane_of_lanes check (lanes between 1 and 64 and lane < lanes);

insert into outbox_lane (lane, lanes, epoch)
select 0, 1, 1
where not exists (select 1 from outbox_lane);

comment on column outbox_lane.lanes is 'how many lanes there are; the same in every row, changed only while no lane is owned';

-- One row per running relay. The lanes are shared evenly among those whose lease lives.
create table outbox_relay (
    relay       varchar(255) not null,
    lanes       smallint     not null,
    joined_at   timestamptz  not null,
    lease_until timestamptz  not null,
    constraint outbox_relay_pk primary key (relay),
    constraint outbox_relay_lanes_range check (lanes between 1 and 64)
) with (fillfactor = 50);

comment on table outbox_relay is 'The relays that share the lanes';
comment on column outbox_relay.lanes is 'how many lanes this relay asks for; what the last one to join asks for is made so';
