alter table holds
    drop foreign key holds_checkout,
    drop key holds_checkout_variant,
    drop column checkout_id,
    drop key holds_order,
    add unique key holds_cart_variant (cart_id, variant_id),
    add unique key holds_order_variant (order_id, variant_id),
    add constraint holds_cart foreign key (cart_id) references carts (id),
    add constraint holds_owner check ((cart_id is null) <> (order_id is null)),
    add constraint holds_of_carts check (cart_id is null or state = 'held');
