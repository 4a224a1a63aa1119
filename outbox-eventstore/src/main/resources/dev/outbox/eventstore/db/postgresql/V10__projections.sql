-- Projections: tables that handlers fill from stored events, and that can be filled anew beside the ones in use.

create table outbox_projection (
    name outbox_name not null,
    home varchar(63) not null,
    constraint outbox_projection_pk primary key (name)
);

comment on table outbox_projection is 'One row per projection; locked by whoever begins, finishes or ends a rebuild';
comment on column outbox_projection.home is 'schema in which services read the tables of the projection';

create table outbox_projection_generation (
    projection outbox_name    not null,
    generation integer        not null,
    version    outbox_version not null,
    lanes      smallint       not null,
    state      varchar(16)    not null,
    target     bigint         not null,
    begun_at   timestamptz    not null default clock_timestamp(),
    constraint outbox_projection_generation_pk primary key (projection, generation),
    constraint outbox_projection_generation_lanes check (lanes between 1 and 64),
    constraint outbox_projection_generation_state
        check (state in ('SERVING', 'BUILDING', 'RETIRED', 'CANCELLED', 'DROPPED'))
);

create unique index outbox_projection_serving on outbox_projection_generation (projection) where state = 'SERVING';
create unique index outbox_projection_building on outbox_projection_generation (projection) where state = 'BUILDING';

comment on table outbox_projection_generation is 'Each time that a projection is filled; one is read, one at most is being built';
comment on column outbox_projection_generation.version is 'version of the class that fills it; instances with another one leave it alone';
comment on column outbox_projection_generation.target is 'how many events there were when it was begun';

create table outbox_projection_lane (
    projection    outbox_name not null,
    generation    integer     not null,
    lane          smallint    not null,
    owner         varchar(255),
    epoch         bigint      not null default 0,
    lease_until   timestamptz,
    is_filled     boolean     not null default true,
    tables_in     varchar(63),
    done          pg_snapshot not null,
    next          pg_snapshot,
    paged_seq     bigint,
    last_seq      bigint,
    handled       bigint      not null default 0,
    busy_micros   bigint      not null default 0,
    saved_at      timestamptz not null default clock_timestamp(),
    failed_event  uuid,
    failed_seq    bigint,
    failed_type   varchar(255),
    failed_stream text,
    failed_reason text,
    failed_at     timestamptz,
    skip_event    uuid,
    constraint outbox_projection_lane_pk primary key (projection, generation, lane),
    constraint outbox_projection_lane_owned check ((owner is null) = (lease_until is null)),
    constraint outbox_projection_lane_paging
        check ((next is null) = (paged_seq is null) and (next is null) = (last_seq is null))
) with (fillfactor = 50);

comment on table outbox_projection_lane is 'Lease, fencing epoch and position of each lane of a generation; saved in the transaction of the handlers';
comment on column outbox_projection_lane.epoch is 'raised at every change of owner and at every swap; handlers run under the current epoch only';
comment on column outbox_projection_lane.is_filled is 'whether anybody may fill it: not once its generation has been replaced';
comment on column outbox_projection_lane.tables_in is 'schema in which handlers find its tables; null: where services read them';
comment on column outbox_projection_lane.done is 'every event that is visible in this snapshot is handled';
comment on column outbox_projection_lane.next is 'while a backlog is paged: events between the two snapshots are handled up to paged_seq';
comment on column outbox_projection_lane.failed_event is 'the event that the lane has stopped at';
comment on column outbox_projection_lane.skip_event is 'the same, once a person has decided that it is passed over';

create table outbox_projection_skip (
    id         bigint       generated always as identity,
    projection outbox_name  not null,
    generation integer      not null,
    lane       smallint     not null,
    event      uuid         not null,
    seq        bigint       not null,
    type       varchar(255) not null,
    stream     text         not null,
    failure    text         not null,
    decided_at timestamptz  not null default clock_timestamp(),
    decided_by varchar(255) not null,
    reason     text         not null,
    constraint outbox_projection_skip_pk primary key (id),
    constraint outbox_projection_skip_decided check (decided_by <> '' and reason <> '')
);

comment on table outbox_projection_skip is 'Decisions of people that a projection passes over an event; insert-only';
