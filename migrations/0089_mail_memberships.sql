-- Letters about an order, about the purchase of a membership, or about a membership.
alter table mail_outbox
    modify column order_id bigint unsigned null,
    add column membership_purchase_id bigint unsigned null,
    add column membership_id bigint unsigned null,
    add key mail_outbox_purchase (membership_purchase_id),
    add key mail_outbox_membership (membership_id),
    add constraint mail_outbox_about check
        ((order_id is not null) + (membership_purchase_id is not null) + (membership_id is not null) = 1),
    add constraint mail_outbox_purchase_id foreign key (membership_purchase_id) references membership_purchases (id),
    add constraint mail_outbox_membership_id foreign key (membership_id) references memberships (id);
