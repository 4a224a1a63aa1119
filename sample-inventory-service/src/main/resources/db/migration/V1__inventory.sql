create table stock_item (
    sku       varchar(50) not null,
    available integer     not null,
    version   bigint      not null default 0,
    constraint stock_item_pk primary key (sku),
    constraint stock_item_available_not_negative check (available >= 0)
);

create table reservation (
    order_id   uuid        not null,
    version    bigint      not null,
    status     varchar(8)  not null,
    reason     varchar(4000),
    decided_at timestamptz not null,
    constraint reservation_pk primary key (order_id),
    constraint reservation_status_known check (status in ('RESERVED', 'REJECTED')),
    constraint reservation_reason_if_rejected check ((reason is null) = (status = 'RESERVED'))
);
