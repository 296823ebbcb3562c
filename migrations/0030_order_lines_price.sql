-- What of an order's discounts and taxes lies on a line; `total_amount` stays unit price times quantity.
alter table order_lines
    add column member_discount_amount bigint not null default 0,
    add column voucher_discount_amount bigint not null default 0,
    add column tax_amount bigint not null default 0,
    add constraint order_lines_parts check (member_discount_amount >= 0 and voucher_discount_amount >= 0
                                            and tax_amount >= 0
                                            and member_discount_amount + voucher_discount_amount <= total_amount);
