update orders o join placement_keys k on k.order_id = o.id
set o.cart_id = k.cart_id, o.idempotency_key = k.idempotency_key, o.request_hash = k.request_hash;
