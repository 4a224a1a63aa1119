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
) engine = InnoDB default character set utf8mb4 collate ${collation}
    comment 'Decisions of people about parked events and replays; insert-only';
