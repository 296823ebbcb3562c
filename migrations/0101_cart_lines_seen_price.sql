-- The price that the buyer saw last. Nobody noted it for lines that are older than this column.
alter table cart_lines
    add column seen_price_amount bigint null;
