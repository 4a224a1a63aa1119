-- Which events a consumer has applied of an aggregate, and not only the last: a producer's database that has lost commits counts
-- on from before them, so that another event comes under a sequence that has been applied.

alter table inbox_sequence
    add column recent_to  bigint   not null default 0,
    add column recent_ids bigint[] not null default '{}',
    add column assumed_to bigint   not null default 0;

create table inbox_sequence_run (
    consumer       varchar(255) not null,
    source         varchar(255) not null,
    topic          varchar(249) not null,
    aggregate_id   varchar(255) not null,
    first_sequence bigint       not null,
    event_ids      bigint[]     not null,
    constraint inbox_sequence_run_pk primary key (consumer, source, topic, aggregate_id, first_sequence),
    constraint inbox_sequence_run_present check (cardinality(event_ids) > 0)
);

alter table inbox_parked
    drop constraint inbox_parked_cause,
    add constraint inbox_parked_cause check (cause in ('FAILED', 'BEHIND', 'GAP', 'FORK', 'LATE'));

comment on table inbox_sequence is 'How far a consumer has come with an aggregate, and which of its latest events it has applied';
comment on column inbox_sequence.last_event_id is 'empty: what comes next is let in, though it was forked or others before it are missing';
comment on column inbox_sequence.recent_ids is 'hashes of the ids of the latest events, the last of them under recent_to; another id is a fork';
comment on column inbox_sequence.recent_to is 'if not last_sequence, an earlier release, which does not keep ids, has applied the rest';
comment on column inbox_sequence.assumed_to is 'up to here an event whose id is not known counts as applied, as earlier releases did not keep ids';
comment on table inbox_sequence_run is 'Hashes of the ids of earlier applied events, under successive sequences; 0: that event is let in when it comes';
comment on column inbox_parked.cause is 'why it is here: its handler failed, it waits behind another, one before it is missing, its sequence is taken, or later ones were applied without it';
