-- Money on its way back. What of it is not failed never exceeds its payment: whoever adds a row has the order's lock.
create table refunds (
    id bigint unsigned not null auto_increment primary key,
    order_id bigint unsigned not null,
    payment_id bigint unsigned not null,
    amount bigint not null,
    reason varchar(600) not null,
    status varchar(16) character set ascii collate ascii_bin not null,
    by_hand boolean not null,
    -- What was asked for, once per order: the same request gives no second refund.
    request_key varchar(64) character set ascii collate ascii_bin not null,
    -- What the gateway knows it by.
    idempotency_key varchar(120) character set ascii collate ascii_bin not null,
    gateway_reference varchar(120) null,
    tries int unsigned not null default 0,
    send_at datetime(6) not null,
    actor_kind varchar(16) character set ascii collate ascii_bin not null,
    actor_name varchar(120) null,
    created_at datetime(6) not null,
    settled_at datetime(6) null,
    unique key refunds_idempotency (idempotency_key),
    unique key refunds_request (order_id, request_key, payment_id),
    key refunds_payment (payment_id),
    key refunds_to_send (status, send_at),
    constraint refunds_amount check (amount > 0),
    constraint refunds_status check (status in ('requested', 'succeeded', 'failed')),
    constraint refunds_settled check ((status = 'requested') = (settled_at is null)),
    constraint refunds_by_hand check (not by_hand or status = 'succeeded'),
    constraint refunds_actor check (actor_kind in ('shopper', 'staff', 'gateway', 'job', 'import')),
    constraint refunds_order_id foreign key (order_id) references orders (id),
    constraint refunds_payment_id foreign key (payment_id) references payments (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;

-- The units whose price went back, so that none goes back twice.
create table refund_lines (
    refund_id bigint unsigned not null,
    order_line_id bigint unsigned not null,
    quantity int unsigned not null,
    primary key (refund_id, order_line_id),
    key refund_lines_line (order_line_id),
    constraint refund_lines_quantity check (quantity >= 1),
    constraint refund_lines_refund foreign key (refund_id) references refunds (id),
    constraint refund_lines_order_line foreign key (order_line_id) references order_lines (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;
