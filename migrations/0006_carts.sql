-- What somebody means to buy. Only a hash of the cart's key is kept: who has the key has the cart.
create table carts (
    id bigint unsigned not null auto_increment primary key,
    key_hash binary(32) not null,
    created_at datetime(6) not null,
    touched_at datetime(6) not null,
    unique key carts_key_hash (key_hash),
    key carts_touched (touched_at)
) character set utf8mb4 collate utf8mb4_unicode_ci;

create table cart_lines (
    cart_id bigint unsigned not null,
    variant_id bigint unsigned not null,
    quantity int unsigned not null,
    added_at datetime(6) not null,
    primary key (cart_id, variant_id),
    constraint cart_lines_quantity check (quantity between 1 and 1000),
    constraint cart_lines_cart foreign key (cart_id) references carts (id) on delete cascade,
    constraint cart_lines_variant foreign key (variant_id) references variants (id)
) character set utf8mb4 collate utf8mb4_unicode_ci;
