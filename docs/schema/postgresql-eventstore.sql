-- A stored event is a row of the outbox in a partition that is never truncated. The table is attached and not created as a
-- partition, which would keep every writer and reader of the outbox out until the end of this transaction.

create table outbox_event_stored (like outbox_event including defaults including comments);

alter table outbox_event_stored alter column slot set default -1;

alter table outbox_event attach partition outbox_event_stored for values in (-1);

create unique index outbox_event_stream on outbox_event_stored (aggregatetype, aggregateid, aggregate_seq);

comment on table outbox_event_stored is 'Events that are published and kept as streams; never truncated';

-- Events of types that are stored and not published. No relay, and no Debezium, reads this table.

create table outbox_event_unpublished (like outbox_event including defaults including comments);

alter table outbox_event_unpublished alter column slot set default -2;

create unique index outbox_event_unpublished_stream on outbox_event_unpublished (aggregatetype, aggregateid, aggregate_seq);

create index outbox_event_unpublished_xid_seq on outbox_event_unpublished (xid, seq);

create index outbox_event_unpublished_by_seq on outbox_event_unpublished (seq);

comment on table outbox_event_unpublished is 'Events that are kept as streams and not published; never truncated';

-- The state of an aggregate after so many of its events, so that a load reads only the events after them. A snapshot can be
-- deleted at any time: the stream is the truth.

create table outbox_snapshot (
    aggregatetype outbox_name  not null,
    aggregateid   outbox_name  not null,
    version       outbox_count not null,
    fingerprint   varchar(64)  not null,
    taken_at      timestamptz  not null default clock_timestamp(),
    state         bytea        not null,
    constraint outbox_snapshot_pk primary key (aggregatetype, aggregateid)
) with (fillfactor = 50);

comment on table outbox_snapshot is 'Latest snapshot of each aggregate that has one';
comment on column outbox_snapshot.version is 'the last event that the state contains';
comment on column outbox_snapshot.fingerprint is 'of the class of the state; a snapshot with another one is ignored and replaced';

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

-- People whose data is encrypted in events, and the keys of each. Without its key, what is encrypted is gone.

create table outbox_subject (
    subject      outbox_name not null,
    known_since  timestamptz not null default clock_timestamp(),
    forgotten_at timestamptz,
    constraint outbox_subject_pk primary key (subject)
);

comment on table outbox_subject is 'Whose data is encrypted; locked by each event that has some, and by whoever forgets it';
comment on column outbox_subject.forgotten_at is 'when it was forgotten; the row stays, so that it never gets another key';

create table outbox_subject_key (
    id       uuid           not null,
    subject  outbox_name    not null,
    version  outbox_version not null,
    material bytea          not null,
    made_at  timestamptz    not null default clock_timestamp(),
    constraint outbox_subject_key_pk primary key (id),
    constraint outbox_subject_key_version unique (subject, version),
    constraint outbox_subject_key_subject foreign key (subject) references outbox_subject (subject),
    constraint outbox_subject_key_length check (octet_length(material) = 32)
);

comment on table outbox_subject_key is 'The keys of each subject, for AES-256; deleted when it is forgotten';
comment on column outbox_subject_key.version is 'the highest one encrypts what is new, and the others read what they have encrypted';

alter table outbox_snapshot add column subjects text[] not null default '{}';

create index outbox_snapshot_subjects on outbox_snapshot using gin (subjects) where subjects <> '{}';

comment on column outbox_snapshot.subjects is 'whose data is in the state, which is encrypted under the keys of all of them';

alter table outbox_projection add column erasures bigint not null default 0;

alter table outbox_projection_generation add column erasures bigint not null default 0;

comment on column outbox_projection.erasures is 'how often a subject was forgotten whose data may be in the tables';
comment on column outbox_projection_generation.erasures is 'how often that was when the generation was begun; if less than now, its tables have to go';
