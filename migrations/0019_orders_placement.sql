-- Which request placed the order: the same key on the same cart is the same order, for ever.
alter table orders
    add column cart_id bigint unsigned null,
    add column idempotency_key varchar(255) character set ascii collate ascii_bin null,
    add column request_hash binary(32) null,
    add unique key orders_placement (cart_id, idempotency_key),
    add constraint orders_placed_once check ((cart_id is null) = (idempotency_key is null)
                                             and (cart_id is null) = (request_hash is null));
