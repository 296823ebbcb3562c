-- Letters about an order, about the purchase of a membership, about a membership, to a customer about their account, or to
-- somebody who works here, written in the transaction of what they tell, and what became of each since.
create table mail_outbox (
    id bigint unsigned not null auto_increment primary key,
    kind varchar(32) character set ascii collate ascii_bin not null,
    order_id bigint unsigned null,
    membership_purchase_id bigint unsigned null,
    membership_id bigint unsigned null,
    customer_id bigint unsigned null,
    refund_id bigint unsigned null,
    -- Whom it is for, where that is somebody who works here.
    staff_id bigint unsigned null,
    -- Where it goes, where that is not the address of whom it is about.
    to_email varchar(254) collate utf8mb4_bin null,
    -- What it tells that no other row knows when it leaves.
    told text null,
    -- Of letters with the same word there is one.
    once varchar(80) character set ascii collate ascii_bin null,
    created_at datetime(6) not null,
    state varchar(16) character set ascii collate ascii_bin not null default 'waiting',
    -- How often somebody asked for it again: each wish is a letter of its own to mail servers.
    copies int unsigned not null default 0,
    -- Since when it is to be sent: too long, and it is given up.
    asked_at datetime(6) not null,
    tries int unsigned not null default 0,
    -- How often the server took it whole and did not say what became of it: each time it may have arrived.
    unanswered int unsigned not null default 0,
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
    key mail_outbox_customer (customer_id, kind, created_at),
    key mail_outbox_staff (staff_id, kind, created_at),
    unique key mail_outbox_once (once),
    constraint mail_outbox_state check (state in ('waiting', 'sent', 'kept', 'failed')),
    constraint mail_outbox_sent check ((state = 'sent') = (sent_at is not null)),
    constraint mail_outbox_waits check ((state = 'waiting') = (next_try_at is not null)),
    constraint mail_outbox_about check
        ((order_id is not null) + (membership_purchase_id is not null) + (membership_id is not null)
         + (customer_id is not null) = 1
         or (staff_id is not null and order_id is null and membership_purchase_id is null and membership_id is null
             and customer_id is null)),
    constraint mail_outbox_told check (told is null or json_valid(told)),
    constraint mail_outbox_staff_id foreign key (staff_id) references staff (id),
    constraint mail_outbox_order_id foreign key (order_id) references orders (id),
    constraint mail_outbox_purchase_id foreign key (membership_purchase_id) references membership_purchases (id),
    constraint mail_outbox_membership_id foreign key (membership_id) references memberships (id),
    constraint mail_outbox_customer_id foreign key (customer_id) references customers (id),
    constraint mail_outbox_refund_id foreign key (refund_id) references refunds (id)
);

-- The owner's own words of a kind of letter, in every language; without a row, the program's.
create table letter_words (
    kind varchar(32) character set ascii collate ascii_bin not null primary key,
    content text not null,
    -- How often they were saved.
    version bigint unsigned not null,
    updated_at datetime(6) not null,
    -- Raised by whoever locks the row: the nodes of a cluster agree only about what is written.
    locks bigint unsigned not null default 0,
    constraint letter_words_content check (json_valid(content))
);
