-- What the newest stock check found: counters that disagree with the ledger or with the holds.
create table stock_discrepancies (
    variant_id bigint unsigned not null primary key,
    on_hand bigint not null,
    ledger bigint not null,
    reserved bigint not null,
    held bigint not null,
    found_at datetime(6) not null,
    constraint stock_discrepancies_variant foreign key (variant_id) references variants (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;
