-- The months in which a voucher was given to the top spenders: once each, however often the job runs.
create table voucher_rounds (
    voucher_id bigint unsigned not null,
    period varchar(7) character set ascii collate ascii_bin not null,
    held_at datetime(6) not null,
    primary key (voucher_id, period),
    constraint voucher_rounds_voucher foreign key (voucher_id) references vouchers (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;
