-- How far each consumer has come with each aggregate: an alternative to a row for each event.

create table inbox_sequence (
    consumer      varchar(255) not null,
    source        varchar(255) not null,
    topic         varchar(249) not null,
    aggregate_id  varchar(255) not null,
    last_sequence bigint       not null,
    last_event_id varchar(255) not null,
    constraint inbox_sequence_pk primary key (consumer, source, topic, aggregate_id)
) with (fillfactor = 70);

comment on table inbox_sequence is 'The last event that a consumer has applied of an aggregate; earlier ones are duplicates, and the next one has the next sequence';
comment on column inbox_sequence.last_event_id is 'another id under the same sequence is a fork; empty: the next event is let in whatever it is';
