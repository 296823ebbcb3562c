-- Invoices, numbered without gaps: the counter's row stays locked until the transaction that takes a number ends.
create table invoice_counters (
    year int not null primary key,
    taken bigint unsigned not null
) character set utf8mb4 collate utf8mb4_unicode_ci;

create table invoices (
    order_id bigint unsigned not null primary key,
    year int not null,
    sequence bigint unsigned not null,
    issued_at datetime(6) not null,
    unique key invoices_number (year, sequence),
    constraint invoices_sequence check (sequence >= 1),
    constraint invoices_order_id foreign key (order_id) references orders (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;
