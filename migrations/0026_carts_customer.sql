-- An account has one cart on all its devices; a guest's cart is joined to it at sign-in.
alter table carts
    add column customer_id bigint unsigned null,
    add column joined_to bigint unsigned null,
    add unique key carts_customer (customer_id),
    add key carts_joined (joined_to),
    add constraint carts_customer_id foreign key (customer_id) references accounts (customer_id),
    add constraint carts_joined_once check (customer_id is null or joined_to is null);
