-- What somebody means to buy. Only a hash of the cart's key is kept: who has the key has the cart.
create table carts (
    id bigint unsigned not null auto_increment primary key,
    key_hash binary(32) not null,
    -- An account has one cart on all its devices; a guest's cart is joined to it at sign-in.
    customer_id bigint unsigned null,
    joined_to bigint unsigned null,
    -- While its hold lives: since when, and until when.
    held_since datetime(6) null,
    held_until datetime(6) null,
    -- From when to when it held units last, without ordering them: one that comes back soon goes on with that time.
    last_held_since datetime(6) null,
    last_held_until datetime(6) null,
    created_at datetime(6) not null,
    touched_at datetime(6) not null,
    unique key carts_key_hash (key_hash),
    unique key carts_customer (customer_id),
    key carts_joined (joined_to),
    key carts_due (held_until),
    key carts_touched (touched_at),
    constraint carts_joined_once check (customer_id is null or joined_to is null),
    constraint carts_held check ((held_since is null) = (held_until is null)),
    constraint carts_last_held check ((last_held_since is null) = (last_held_until is null)),
    constraint carts_customer_id foreign key (customer_id) references accounts (customer_id)
);

create table cart_lines (
    cart_id bigint unsigned not null,
    variant_id bigint unsigned not null,
    quantity int unsigned not null,
    -- The price that the buyer saw last.
    seen_price_amount bigint null,
    added_at datetime(6) not null,
    primary key (cart_id, variant_id),
    constraint cart_lines_quantity check (quantity between 1 and 1000),
    constraint cart_lines_cart foreign key (cart_id) references carts (id) on delete cascade,
    constraint cart_lines_variant foreign key (variant_id) references variants (id)
);
