-- A hold belongs to a cart, then to its order; the checkout between them goes away.
alter table holds add column cart_id bigint unsigned null after id;
