-- Attempts to pay, and what gateways said of them.
create table payments (
    id bigint unsigned not null auto_increment primary key,
    order_id bigint unsigned not null,
    -- The order while the attempt may still be paid, else nothing: one live attempt per order.
    live_order_id bigint unsigned null,
    gateway varchar(24) character set ascii collate ascii_bin not null,
    reference varchar(50) character set ascii collate ascii_bin not null,
    status varchar(16) character set ascii collate ascii_bin not null,
    amount bigint not null,
    currency char(3) character set ascii collate ascii_bin not null,
    redirect_url varchar(1000) null,
    created_at datetime(6) not null,
    updated_at datetime(6) not null,
    unique key payments_reference (reference),
    unique key payments_live (live_order_id),
    key payments_order (order_id, id),
    key payments_by_status (status),
    constraint payments_status check (status in ('pending', 'paid', 'failed', 'expired', 'needs_review')),
    constraint payments_amount check (amount >= 0),
    constraint payments_order_id foreign key (order_id) references orders (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;

-- Every genuine notification, once.
create table payment_inbox (
    id bigint unsigned not null auto_increment primary key,
    gateway varchar(24) character set ascii collate ascii_bin not null,
    event_key varchar(128) character set ascii collate ascii_bin not null,
    body mediumblob not null,
    received_at datetime(6) not null,
    applied_at datetime(6) null,
    outcome varchar(24) character set ascii collate ascii_bin null,
    unique key payment_inbox_event (gateway, event_key),
    key payment_inbox_waiting (applied_at, id)
) character set utf8mb4 collate utf8mb4_unicode_ci;
