-- Which units left with which courier, and which came back. Of every order line returned <= shipped <= ordered: whoever
-- adds a row has the order's lock.
create table parcels (
    id bigint unsigned not null auto_increment primary key,
    order_id bigint unsigned not null,
    courier varchar(80) null,
    tracking_number varchar(64) null,
    actor_kind varchar(16) character set ascii collate ascii_bin not null,
    actor_name varchar(120) null,
    created_at datetime(6) not null,
    key parcels_order (order_id, id),
    constraint parcels_actor check (actor_kind in ('shopper', 'staff', 'gateway', 'job', 'import')),
    constraint parcels_order_id foreign key (order_id) references orders (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;

create table parcel_lines (
    parcel_id bigint unsigned not null,
    order_line_id bigint unsigned not null,
    quantity int unsigned not null,
    primary key (parcel_id, order_line_id),
    key parcel_lines_line (order_line_id),
    constraint parcel_lines_quantity check (quantity >= 1),
    constraint parcel_lines_parcel foreign key (parcel_id) references parcels (id),
    constraint parcel_lines_order_line foreign key (order_line_id) references order_lines (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;

create table returns (
    id bigint unsigned not null auto_increment primary key,
    order_id bigint unsigned not null,
    -- Of the request's key, so that a double click is one return.
    key_hash binary(32) not null,
    note varchar(600) null,
    actor_kind varchar(16) character set ascii collate ascii_bin not null,
    actor_name varchar(120) null,
    created_at datetime(6) not null,
    unique key returns_request (order_id, key_hash),
    constraint returns_actor check (actor_kind in ('shopper', 'staff', 'gateway', 'job', 'import')),
    constraint returns_order_id foreign key (order_id) references orders (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;

create table return_lines (
    return_id bigint unsigned not null,
    order_line_id bigint unsigned not null,
    quantity int unsigned not null,
    restocked boolean not null,
    primary key (return_id, order_line_id),
    key return_lines_line (order_line_id),
    constraint return_lines_quantity check (quantity >= 1),
    constraint return_lines_return foreign key (return_id) references returns (id),
    constraint return_lines_order_line foreign key (order_line_id) references order_lines (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;
