-- What those units cost: of it as much goes back as was paid, and at the door so much less is collected.
alter table orders
    add column called_off_amount bigint not null default 0,
    add constraint orders_called_off check (called_off_amount between 0 and total_amount);
