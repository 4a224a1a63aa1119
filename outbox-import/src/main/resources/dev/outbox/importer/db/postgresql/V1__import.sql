-- What an import from another outbox has done. Both tables can be dropped when the other outbox is gone.

-- One row per source: locks out other instances for the rest of a transaction, and says how far the import has come.
create table outbox_import (
    source     varchar(255) not null,
    imported   bigint       not null default 0,
    left_out   bigint       not null default 0,
    last_row   varchar(1000),
    changed_at timestamptz  not null default clock_timestamp(),
    constraint outbox_import_pk primary key (source)
);

comment on table outbox_import is 'How far the import from each other outbox has come';

-- One row per row of the other outbox that was imported or left out, so that none is imported twice.
create table outbox_import_row (
    source     varchar(255)  not null,
    row_id     varchar(1000) not null,
    event_id   uuid,
    entered_at timestamptz   not null default clock_timestamp(),
    constraint outbox_import_row_pk primary key (source, row_id)
);

comment on table outbox_import_row is 'Rows of other outboxes that are imported; entered in the transaction that appends their events';
comment on column outbox_import_row.event_id is 'id of the event here; null: left out by the mapping';
