-- Discounts, taxes and how the goods reach the buyer. Orders from before had none of them and went by courier.
alter table orders
    add column member_discount_amount bigint not null default 0,
    add column voucher_discount_amount bigint not null default 0,
    add column tax_amount bigint not null default 0,
    add column tax_included boolean not null default false,
    add column delivery_method varchar(16) character set ascii collate ascii_bin not null default 'courier',
    drop constraint orders_total,
    add constraint orders_parts check (member_discount_amount >= 0 and voucher_discount_amount >= 0 and tax_amount >= 0),
    add constraint orders_sum check (total_amount = subtotal_amount - member_discount_amount - voucher_discount_amount
                                     + delivery_amount + (case when tax_included then 0 else tax_amount end)),
    add constraint orders_delivery_method check (delivery_method in ('courier', 'pickup'));
