-- Money goes back for what it was paid for.
alter table refunds
    modify column order_id bigint unsigned null,
    add column membership_purchase_id bigint unsigned null,
    add unique key refunds_membership_request (membership_purchase_id, request_key, payment_id),
    add constraint refunds_payable check ((order_id is null) <> (membership_purchase_id is null)),
    add constraint refunds_membership_id foreign key (membership_purchase_id) references membership_purchases (id);
