-- MariaDB and MySQL. A row of the outbox is inserted in the business transaction, and deleted once it is published.
-- Times are in UTC, whatever the time zone of a session is.

create table outbox_event (
    seq           bigint       not null auto_increment comment 'order of publication; drawn while the aggregate is locked',
    aggregate_seq bigint       not null comment 'dense count per aggregate: 1, 2, 3, ...',
    created_at    datetime(6)  not null,
    id            char(36)     character set ascii collate ascii_bin not null,
    version       integer      not null,
    bucket        tinyint      not null comment 'crc32(aggregateid) modulo 64; lanes share the buckets',
    aggregatetype varchar(255) not null,
    aggregateid   varchar(255) not null,
    type          varchar(255) not null,
    topic         varchar(249) character set ascii collate ascii_bin not null,
    source        varchar(255) not null,
    contenttype   varchar(255) not null,
    headers       longtext,
    payload       longblob     not null,
    constraint outbox_event_pk primary key (seq),
    constraint outbox_event_count_positive check (aggregate_seq > 0),
    constraint outbox_event_version_positive check (version > 0),
    constraint outbox_event_bucket_range check (bucket between 0 and 63),
    constraint outbox_event_aggregate_present check (trim(aggregatetype) <> '' and trim(aggregateid) <> ''),
    constraint outbox_event_type_printable check (trim(type) <> '' and not type regexp '[[:cntrl:]]'),
    constraint outbox_event_topic_legal check (not topic regexp '[^a-zA-Z0-9._-]' and topic not in ('', '.', '..')),
    constraint outbox_event_headers_json check (json_valid(headers))
) engine = InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin
    comment 'Events raised in business transactions, in commit order per aggregate; deleted when published';

create table outbox_key (
    aggregatetype varchar(255) not null,
    aggregateid   varchar(255) not null,
    last_seq      bigint       not null,
    constraint outbox_key_pk primary key (aggregatetype, aggregateid),
    constraint outbox_key_present check (trim(aggregatetype) <> '' and trim(aggregateid) <> ''),
    constraint outbox_key_count_positive check (last_seq > 0)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin
    comment 'Last aggregate_seq given out per aggregate; its row lock orders the writers';

-- Lane n of m has the buckets from n * 64 / m up to the next lane's.
create table outbox_lane (
    lane        tinyint      not null,
    lanes       tinyint      not null comment 'how many lanes there are; the same in every row, changed only while no lane is owned',
    owner       varchar(255),
    epoch       bigint       not null comment 'raised at every change of owner; events are deleted only under the current epoch',
    lease_until datetime(6),
    constraint outbox_lane_pk primary key (lane),
    constraint outbox_lane_range check (lane between 0 and 63),
    constraint outbox_lane_of_lanes check (lanes between 1 and 64 and lane < lanes),
    constraint outbox_lane_epoch_positive check (epoch > 0),
    constraint outbox_lane_lease_owned check ((owner is null) = (lease_until is null))
) engine = InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin
    comment 'Lease and fencing epoch of each relay lane';

insert into outbox_lane (lane, lanes, epoch) values (0, 1, 1);

create table outbox_relay (
    relay       varchar(255) not null,
    lanes       tinyint      not null comment 'how many lanes this relay asks for; what the last one to join asks for is made so',
    joined_at   datetime(6)  not null,
    lease_until datetime(6)  not null,
    constraint outbox_relay_pk primary key (relay),
    constraint outbox_relay_lanes_range check (lanes between 1 and 64)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin
    comment 'The relays that share the lanes';

-- The rows are written in the transaction that deletes the events from the outbox, so an event is either there or here.
create table outbox_parked (
    seq                  bigint       not null,
    aggregate_seq        bigint       not null,
    created_at           datetime(6)  not null,
    parked_at            datetime(6)  not null,
    release_requested_at datetime(6)  comment 'when a person asked to publish what is parked of the aggregate',
    discarded_at         datetime(6)  comment 'when it was given up; the row stays until the decision is carried out',
    id                   char(36)     character set ascii collate ascii_bin not null,
    version              integer      not null,
    bucket               tinyint      not null,
    aggregatetype        varchar(255) not null,
    aggregateid          varchar(255) not null,
    type                 varchar(255) not null,
    topic                varchar(249) character set ascii collate ascii_bin not null,
    source               varchar(255) not null,
    contenttype          varchar(255) not null,
    reason               longtext     comment 'why it cannot be published; null: it waits behind one that cannot',
    headers              longtext,
    payload              longblob     not null,
    held                 boolean      not null default false comment 'whether it waits for its topic, and not for a person',
    constraint outbox_parked_pk primary key (seq),
    constraint outbox_parked_bucket_range check (bucket between 0 and 63),
    constraint outbox_parked_headers_json check (json_valid(headers)),
    key outbox_parked_key (bucket, aggregatetype, aggregateid, seq),
    key outbox_parked_held (held, topic, seq)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin
    comment 'Events kept from being published until a person decides, or their topic is back; a released one is removed';

create table inbox_event (
    consumer   varchar(191) not null,
    source     varchar(255) not null,
    event_id   varchar(255) not null,
    type       varchar(255) not null,
    handled_at datetime(6)  not null,
    admission  bigint       not null comment 'a random number, the same for all events that were found to be new together',
    constraint inbox_event_pk primary key (consumer, source, event_id),
    constraint inbox_event_consumer_present check (consumer <> ''),
    constraint inbox_event_id_present check (event_id <> ''),
    key inbox_event_handled_at (handled_at)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin
    comment 'Processed events per consumer; an event is identified by source and id, as CloudEvents has it';

create table inbox_parked (
    id               bigint       not null auto_increment,
    consumer         varchar(191) not null,
    topic            varchar(249) character set ascii collate ascii_bin not null,
    event_key        longtext     not null comment 'what keeps its order: the subject, else the key of the record, else the event alone',
    sequence         bigint,
    source           varchar(255) not null,
    event_id         varchar(255) not null,
    type             varchar(255) not null,
    record_partition integer      not null,
    record_offset    bigint       not null,
    record_key       longblob,
    headers          longtext     not null,
    payload          longblob,
    cause            varchar(16)  not null,
    reason           longtext,
    attempts         integer      not null,
    parked_at        datetime(6)  not null,
    edited_at        datetime(6),
    discarded_at     datetime(6)  comment 'when it was given up; it is passed over in its turn',
    constraint inbox_parked_pk primary key (id),
    constraint inbox_parked_event unique (consumer, topic, source, event_id),
    constraint inbox_parked_cause check (cause in ('FAILED', 'BEHIND', 'GAP', 'FORK', 'LATE')),
    constraint inbox_parked_headers_json check (json_valid(headers)),
    key inbox_parked_key (consumer, topic, event_key(255), sequence, id)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin
    comment 'Records that a consumer keeps aside until they are released or discarded, by key in order';

create table inbox_sequence (
    consumer      varchar(191) not null,
    source        varchar(255) not null,
    topic         varchar(249) character set ascii collate ascii_bin not null,
    aggregate_id  varchar(255) not null,
    last_sequence bigint       not null comment '-1: no event has been applied yet; the row is there to be locked',
    last_event_id varchar(255) not null comment 'empty: what comes next is let in, though it was forked or others before it are missing',
    recent_to     bigint       not null default 0,
    recent_ids    longblob     not null comment 'hashes of the ids of the latest events, 8 bytes each, the last of them under recent_to',
    assumed_to    bigint       not null default 0,
    constraint inbox_sequence_pk primary key (consumer, source, topic, aggregate_id)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin
    comment 'How far a consumer has come with an aggregate, and which of its latest events it has applied';

create table inbox_sequence_run (
    consumer       varchar(191) not null,
    source         varchar(255) not null,
    topic          varchar(249) character set ascii collate ascii_bin not null,
    aggregate_id   varchar(255) not null,
    first_sequence bigint       not null,
    event_ids      longblob     not null,
    constraint inbox_sequence_run_pk primary key (consumer, source, topic, aggregate_id, first_sequence),
    constraint inbox_sequence_run_present check (octet_length(event_ids) > 0 and octet_length(event_ids) % 8 = 0)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin
    comment 'Hashes of the ids of earlier applied events, under successive sequences; 0: that event is let in when it comes';

create table outbox_shedlock (
    name       varchar(64)  not null,
    lock_until datetime(6)  not null,
    locked_at  datetime(6)  not null,
    locked_by  varchar(255) not null,
    constraint outbox_shedlock_pk primary key (name)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin
    comment 'Housekeeping that one instance does at a time; the table of ShedLock';

-- What people have decided about an outbox: a row for each decision, committed together with it.

create table outbox_audit (
    id          bigint       not null auto_increment,
    decided_at  datetime(6)  not null default (utc_timestamp(6)),
    actor       varchar(255) not null,
    action      varchar(32)  not null,
    subject     longtext     not null,
    affected    bigint       not null comment 'how many events, or lanes, the decision was about',
    request_key varchar(255) comment 'what a client calls its request, so that the request has one effect however often it is sent',
    constraint outbox_audit_pk primary key (id),
    constraint outbox_audit_request unique (request_key),
    constraint outbox_audit_actor_present check (actor <> ''),
    constraint outbox_audit_action_present check (action <> ''),
    constraint outbox_audit_affected_range check (affected >= 0)
) engine = InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin
    comment 'Decisions of people about parked events and replays; insert-only';

-- A release can be looked at and stopped by the number of its decision. What has not been published by then stays parked.

alter table outbox_parked
    add column release_id        bigint      comment 'outbox_audit.id of the last release that the event was part of',
    add column stop_requested_at datetime(6) comment 'when a person asked to end its release before it is published',
    add key outbox_parked_release (release_id),
    add key outbox_parked_stopped (stop_requested_at);
