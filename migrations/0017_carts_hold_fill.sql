update carts c join checkouts o on o.open_cart_id = c.id
set c.held_since = o.created_at, c.held_until = o.held_until;
