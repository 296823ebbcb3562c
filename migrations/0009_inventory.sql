-- Stock counters, the ledger behind them, and the holds that reserve units.
create table stock (
    variant_id bigint unsigned not null primary key,
    -- The variant's, as the foreign key sees to: sums over all products read this table alone.
    product_id bigint unsigned not null,
    on_hand bigint not null default 0,
    reserved bigint not null default 0,
    low_stock_limit int unsigned not null default 3,
    constraint stock_reserved check (reserved between 0 and on_hand),
    -- In this order, so that its index serves no look for one variant: whoever changes counters locks its row and nothing else.
    constraint stock_variant foreign key (product_id, variant_id) references variants (product_id, id)
);

-- Append-only: the sum of a variant's deltas is its `on_hand`.
create table stock_movements (
    id bigint unsigned not null auto_increment primary key,
    variant_id bigint unsigned not null,
    delta bigint not null,
    reason varchar(16) character set ascii collate ascii_bin not null,
    order_id bigint unsigned null,
    actor_kind varchar(16) character set ascii collate ascii_bin not null,
    actor_name varchar(120) null,
    note varchar(600) null,
    created_at datetime(6) not null,
    key stock_movements_variant (variant_id, id),
    key stock_movements_order (order_id),
    constraint stock_movements_delta check (delta <> 0),
    constraint stock_movements_reason
        check (reason in ('received', 'sold', 'restocked', 'corrected', 'counted', 'returned')),
    constraint stock_movements_variant_id foreign key (variant_id) references variants (id),
    constraint stock_movements_order_id foreign key (order_id) references orders (id)
);

-- Units that are promised: to a cart, then to its order. A hold that ended is no row: what an order took is in its
-- lines, and the ledger tells when.
create table holds (
    id bigint unsigned not null auto_increment primary key,
    cart_id bigint unsigned null,
    order_id bigint unsigned null,
    variant_id bigint unsigned not null,
    quantity int unsigned not null,
    created_at datetime(6) not null,
    unique key holds_cart_variant (cart_id, variant_id),
    unique key holds_order_variant (order_id, variant_id),
    key holds_variant (variant_id),
    constraint holds_quantity check (quantity >= 1),
    constraint holds_owner check ((cart_id is null) <> (order_id is null)),
    constraint holds_cart foreign key (cart_id) references carts (id),
    constraint holds_order_id foreign key (order_id) references orders (id),
    constraint holds_variant_id foreign key (variant_id) references variants (id)
);

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
);

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
);

-- What the newest stock check found: counters that disagree with the ledger or with the holds.
create table stock_discrepancies (
    variant_id bigint unsigned not null primary key,
    on_hand bigint not null,
    ledger bigint not null,
    reserved bigint not null,
    held bigint not null,
    found_at datetime(6) not null,
    constraint stock_discrepancies_variant foreign key (variant_id) references variants (id)
);

-- Variants that the owner was told of because they came to their limit; one that is above it again is no row. A variant
-- that is gone keeps its row, which nobody looks at.
create table low_stock_told (
    variant_id bigint unsigned not null primary key,
    told_at datetime(6) not null
);
