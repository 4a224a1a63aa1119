-- What each consumer has applied: the row commits together with the effects of the handler.

create table inbox_event (
    consumer   varchar(255) not null,
    source     varchar(255) not null,
    event_id   varchar(255) not null,
    type       varchar(255) not null,
    handled_at timestamptz  not null,
    constraint inbox_event_pk primary key (consumer, source, event_id),
    constraint inbox_event_consumer_present check (consumer <> ''),
    constraint inbox_event_id_present check (event_id <> '')
);

comment on table inbox_event is 'Processed events per consumer; an event is identified by source and id, as CloudEvents has it';
