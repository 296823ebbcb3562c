update holds h join checkouts c on c.id = h.checkout_id
set h.cart_id = c.cart_id
where h.order_id is null and h.state = 'held' and c.state = 'open';
-- What a checkout once held and gave back tells nothing any more; orders keep theirs.
delete from holds where order_id is null and cart_id is null;
