-- One row per lane holds the whole state of the relay that owns it.

create table outbox_lane (
    lane        smallint    not null,
    owner       varchar(255),
    epoch       bigint      not null,
    lease_until timestamptz,
    position    text,
    floor_seq   bigint      not null default 0,
    floor_xid   bigint      not null default 0,
    mark_seq    bigint      not null default 0,
    mark_xid    bigint      not null default 0,
    constraint outbox_lane_pk primary key (lane),
    constraint outbox_lane_range check (lane between 0 and 63),
    constraint outbox_lane_epoch_positive check (epoch > 0),
    constraint outbox_lane_lease_owned check ((owner is null) = (lease_until is null))
) with (fillfactor = 50);

comment on table outbox_lane is 'Lease, fencing epoch and durable position of each relay lane';
comment on column outbox_lane.epoch is 'raised at every change of owner; a position is saved only under the current epoch';
comment on column outbox_lane.position is 'snapshot up to which every event is acknowledged by Kafka; null: nothing yet';
comment on column outbox_lane.floor_seq is 'a transaction later than floor_xid draws a seq higher than this; the position is behind floor_xid';
comment on column outbox_lane.mark_seq is 'a transaction later than mark_xid draws a seq higher than this; the next floor';
