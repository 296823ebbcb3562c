-- Stock counters, the ledger behind them, and the holds that reserve units.
create table stock (
    variant_id bigint unsigned not null primary key,
    on_hand bigint not null default 0,
    reserved bigint not null default 0,
    low_stock_limit int unsigned not null default 3,
    constraint stock_reserved check (reserved between 0 and on_hand),
    constraint stock_variant foreign key (variant_id) references variants (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;

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
    constraint stock_movements_reason check (reason in ('received', 'sold', 'restocked', 'corrected')),
    constraint stock_movements_variant_id foreign key (variant_id) references variants (id),
    constraint stock_movements_order_id foreign key (order_id) references orders (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;

-- A cart at the till. At most one is open per cart.
create table checkouts (
    id bigint unsigned not null auto_increment primary key,
    cart_id bigint unsigned not null,
    -- The cart while the checkout is open, else nothing.
    open_cart_id bigint unsigned null,
    state varchar(16) character set ascii collate ascii_bin not null,
    held_until datetime(6) not null,
    created_at datetime(6) not null,
    unique key checkouts_open (open_cart_id),
    key checkouts_due (state, held_until),
    key checkouts_cart (cart_id),
    constraint checkouts_state check (state in ('open', 'placed', 'ended'))
) character set utf8mb4 collate utf8mb4_unicode_ci;

-- Units that are promised: to a checkout, then to its order. A hold ends once: sold, or released.
create table holds (
    id bigint unsigned not null auto_increment primary key,
    checkout_id bigint unsigned not null,
    order_id bigint unsigned null,
    variant_id bigint unsigned not null,
    quantity int unsigned not null,
    state varchar(16) character set ascii collate ascii_bin not null,
    created_at datetime(6) not null,
    ended_at datetime(6) null,
    unique key holds_checkout_variant (checkout_id, variant_id),
    key holds_order (order_id, state),
    key holds_variant (variant_id, state),
    constraint holds_quantity check (quantity >= 1),
    constraint holds_state check (state in ('held', 'sold', 'released')),
    constraint holds_checkout foreign key (checkout_id) references checkouts (id),
    constraint holds_order_id foreign key (order_id) references orders (id),
    constraint holds_variant_id foreign key (variant_id) references variants (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;

-- Requests that must not happen twice: the first one's order is the answer to all.
create table placement_keys (
    cart_id bigint unsigned not null,
    idempotency_key varchar(255) character set ascii collate ascii_bin not null,
    request_hash binary(32) not null,
    order_id bigint unsigned null,
    created_at datetime(6) not null,
    primary key (cart_id, idempotency_key),
    key placement_keys_age (created_at),
    constraint placement_keys_order foreign key (order_id) references orders (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;
