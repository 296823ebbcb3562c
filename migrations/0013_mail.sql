-- Letters about an order, about the purchase of a membership, about a membership, or to a customer about their account,
-- written in the transaction of what they tell.
create table mail_outbox (
    id bigint unsigned not null auto_increment primary key,
    kind varchar(32) character set ascii collate ascii_bin not null,
    order_id bigint unsigned null,
    membership_purchase_id bigint unsigned null,
    membership_id bigint unsigned null,
    customer_id bigint unsigned null,
    refund_id bigint unsigned null,
    created_at datetime(6) not null,
    sent_at datetime(6) null,
    key mail_outbox_waiting (sent_at, id),
    key mail_outbox_order (order_id, id),
    key mail_outbox_purchase (membership_purchase_id),
    key mail_outbox_membership (membership_id),
    key mail_outbox_customer (customer_id),
    constraint mail_outbox_about check
        ((order_id is not null) + (membership_purchase_id is not null) + (membership_id is not null)
         + (customer_id is not null) = 1),
    constraint mail_outbox_order_id foreign key (order_id) references orders (id),
    constraint mail_outbox_purchase_id foreign key (membership_purchase_id) references membership_purchases (id),
    constraint mail_outbox_membership_id foreign key (membership_id) references memberships (id),
    constraint mail_outbox_customer_id foreign key (customer_id) references customers (id),
    constraint mail_outbox_refund_id foreign key (refund_id) references refunds (id)
);
