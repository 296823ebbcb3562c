-- The code that was typed when the order was placed; `voucher_uses` tells which voucher that is.
alter table orders
    add column voucher_code varchar(32) character set ascii collate ascii_bin null,
    add constraint orders_voucher check (voucher_code is not null or voucher_discount_amount = 0);
