-- Countings of the shelf. A line remembers what was expected when it was counted.
create table stock_takes (
    id bigint unsigned not null auto_increment primary key,
    name varchar(120) not null,
    status varchar(16) character set ascii collate ascii_bin not null,
    -- Grows with every count, so that nobody applies what they have not seen.
    version int unsigned not null default 0,
    started_by varchar(120) not null,
    started_at datetime(6) not null,
    closed_by varchar(120) null,
    closed_at datetime(6) null,
    key stock_takes_newest (started_at),
    constraint stock_takes_status check (status in ('open', 'applied', 'abandoned')),
    constraint stock_takes_closed check ((status = 'open') = (closed_at is null))
) character set utf8mb4 collate utf8mb4_unicode_ci;

create table stock_take_lines (
    stock_take_id bigint unsigned not null,
    variant_id bigint unsigned not null,
    counted int unsigned not null,
    expected bigint not null,
    counted_by varchar(120) not null,
    counted_at datetime(6) not null,
    primary key (stock_take_id, variant_id),
    constraint stock_take_lines_counted check (counted <= 1000000),
    constraint stock_take_lines_take foreign key (stock_take_id) references stock_takes (id),
    constraint stock_take_lines_variant foreign key (variant_id) references variants (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;
