alter table reservation
    drop constraint reservation_status_known,
    drop constraint reservation_reason_if_rejected,
    add constraint reservation_status_known check (status in ('RESERVED', 'REJECTED', 'RELEASED')),
    add constraint reservation_reason_if_rejected check ((reason is not null) = (status = 'REJECTED'));
