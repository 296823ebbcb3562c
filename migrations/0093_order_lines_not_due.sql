-- Units whose price is not to be paid, or went back when they were called off; those refunded by name are not among them.
alter table order_lines
    add column not_due int unsigned not null default 0,
    add constraint order_lines_not_due check (not_due <= quantity);
