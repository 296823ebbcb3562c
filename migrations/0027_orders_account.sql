-- Whose account an order was placed or claimed with; an equal e-mail alone makes it nobody's.
alter table orders
    add column account_id bigint unsigned null,
    add key orders_account (account_id, placed_at),
    add constraint orders_account_id foreign key (account_id) references accounts (customer_id);
