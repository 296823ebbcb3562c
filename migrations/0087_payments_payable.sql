-- A payment is for an order or for the purchase of a membership, and each has one live attempt at most.
alter table payments
    modify column order_id bigint unsigned null,
    add column membership_purchase_id bigint unsigned null,
    add column live_membership_purchase_id bigint unsigned null,
    add unique key payments_live_membership (live_membership_purchase_id),
    add key payments_membership (membership_purchase_id, id),
    add constraint payments_payable check ((order_id is null) <> (membership_purchase_id is null)),
    add constraint payments_membership_id foreign key (membership_purchase_id) references membership_purchases (id);
