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
