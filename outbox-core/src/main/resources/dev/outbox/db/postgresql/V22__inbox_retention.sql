-- Removal of what each consumer has applied, once the topics cannot deliver it any more: by one instance at a time.

create index inbox_event_handled_at on inbox_event using brin (handled_at) with (autosummarize = on);

create table outbox_shedlock (
    name       varchar(64)  not null,
    lock_until timestamp    not null,
    locked_at  timestamp    not null,
    locked_by  varchar(255) not null,
    constraint outbox_shedlock_pk primary key (name)
);

comment on table outbox_shedlock is 'Housekeeping that one instance does at a time; the table of ShedLock';
