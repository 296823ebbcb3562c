-- The percentage that an order was priced with for its member, in hundredths of a percent.
alter table orders
    add column member_percent int unsigned not null default 0,
    add constraint orders_member check (member_percent between 0 and 10000 and (member_percent > 0 or member_discount_amount = 0));
