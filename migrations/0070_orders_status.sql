-- Partial shipments and returns.
alter table orders
    drop constraint orders_status,
    add constraint orders_statuses check (status in ('pending_payment', 'processing', 'partially_shipped', 'shipped',
                                                     'completed', 'cancelled', 'returned'));
