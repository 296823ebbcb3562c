-- Letters about an order, about the purchase of a membership, about a membership, or to a customer about their account,
-- written in the transaction of what they tell, and what became of each since.
create table mail_outbox (
    id bigint unsigned not null auto_increment primary key,
    kind varchar(32) character set ascii collate ascii_bin not null,
    order_id bigint unsigned null,
    membership_purchase_id bigint unsigned null,
    membership_id bigint unsigned null,
    customer_id bigint unsigned null,
    refund_id bigint unsigned null,
    created_at datetime(6) not null,
    state varchar(16) character set ascii collate ascii_bin not null default 'waiting',
    -- How often somebody asked for it again: each wish is a letter of its own to mail servers.
    copies int unsigned not null default 0,
    -- Since when it is to be sent: too long, and it is given up.
    asked_at datetime(6) not null,
    tries int unsigned not null default 0,
    tried_at datetime(6) null,
    next_try_at datetime(6) null,
    trouble varchar(16) character set ascii collate ascii_bin null,
    trouble_said varchar(500) null,
    sent_at datetime(6) null,
    key mail_outbox_waiting (state, next_try_at, id),
    key mail_outbox_tried (tried_at),
    key mail_outbox_order (order_id, id),
    key mail_outbox_purchase (membership_purchase_id),
    key mail_outbox_membership (membership_id),
    key mail_outbox_customer (customer_id),
    constraint mail_outbox_state check (state in ('waiting', 'sent', 'kept', 'failed')),
    constraint mail_outbox_sent check ((state = 'sent') = (sent_at is not null)),
    constraint mail_outbox_waits check ((state = 'waiting') = (next_try_at is not null)),
    constraint mail_outbox_about check
        ((order_id is not null) + (membership_purchase_id is not null) + (membership_id is not null)
         + (customer_id is not null) = 1),
    constraint mail_outbox_order_id foreign key (order_id) references orders (id),
    constraint mail_outbox_purchase_id foreign key (membership_purchase_id) references membership_purchases (id),
    constraint mail_outbox_membership_id foreign key (membership_id) references memberships (id),
    constraint mail_outbox_customer_id foreign key (customer_id) references customers (id),
    constraint mail_outbox_refund_id foreign key (refund_id) references refunds (id)
);
