-- What people have decided about an outbox: a row for each decision, committed together with it. The row is also the memory of
-- a request that may come again, because its answer was lost.

create table outbox_audit (
    id          bigint       generated always as identity,
    decided_at  timestamptz  not null default clock_timestamp(),
    actor       varchar(255) not null,
    action      varchar(32)  not null,
    subject     text         not null,
    affected    bigint       not null,
    request_key varchar(255),
    constraint outbox_audit_pk primary key (id),
    constraint outbox_audit_request unique (request_key),
    constraint outbox_audit_actor_present check (actor <> ''),
    constraint outbox_audit_action_present check (action <> ''),
    constraint outbox_audit_affected_range check (affected >= 0)
);

comment on table outbox_audit is 'Decisions of people about parked events, replays and positions; insert-only';
comment on column outbox_audit.affected is 'how many events, or lanes, the decision was about';
comment on column outbox_audit.request_key is 'what a client calls its request, so that the request has one effect however often it is sent';
