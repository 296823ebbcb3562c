-- The taxes of an order by rate, as they stand on its invoice.
create table order_taxes (
    order_id bigint unsigned not null,
    position smallint unsigned not null,
    name varchar(80) not null,
    rate int unsigned not null,
    base_amount bigint not null,
    tax_amount bigint not null,
    primary key (order_id, position),
    constraint order_taxes_amounts check (base_amount >= 0 and tax_amount >= 0),
    constraint order_taxes_order_id foreign key (order_id) references orders (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;
