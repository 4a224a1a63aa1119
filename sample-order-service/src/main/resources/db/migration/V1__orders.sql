create table orders (
    id        uuid         not null,
    version   bigint       not null,
    customer  varchar(100) not null,
    currency  varchar(3)   not null,
    status    varchar(9)   not null,
    placed_at timestamptz  not null,
    constraint orders_pk primary key (id),
    constraint orders_status_known check (status in ('PLACED', 'CONFIRMED', 'REJECTED'))
);

create table order_line (
    order_id    uuid        not null,
    line_number integer     not null,
    sku         varchar(50) not null,
    quantity    integer     not null,
    constraint order_line_pk primary key (order_id, line_number),
    constraint order_line_order_fk foreign key (order_id) references orders (id),
    constraint order_line_quantity_positive check (quantity > 0)
);
