-- Attempts to pay, and what gateways said of them. Each is for an order or for the purchase of a membership.
create table payments (
    id bigint unsigned not null auto_increment primary key,
    order_id bigint unsigned null,
    membership_purchase_id bigint unsigned null,
    -- What it is for while it may still be paid, else nothing: one live attempt for each.
    live_order_id bigint unsigned null,
    live_membership_purchase_id bigint unsigned null,
    gateway varchar(24) character set ascii collate ascii_bin not null,
    reference varchar(50) character set ascii collate ascii_bin not null,
    status varchar(16) character set ascii collate ascii_bin not null,
    amount bigint not null,
    currency char(3) character set ascii collate ascii_bin not null,
    redirect_url varchar(1000) null,
    -- The gateway's own name of the attempt, where it is not known there by ours.
    gateway_reference varchar(255) character set ascii collate ascii_bin null,
    -- When the gateway is asked next how the attempt stands, whether it tells anything by itself or not.
    ask_at datetime(6) null,
    asks int unsigned not null default 0,
    -- What the gateway reported instead of what was asked, for a person to judge.
    reported_amount bigint null,
    reported_currency char(3) character set ascii collate ascii_bin null,
    -- When the gateway said that an attempt which we gave up cannot be paid any more. One that it cannot close is tried
    -- ever more seldom, and keeps no other open.
    closed_at datetime(6) null,
    close_tries int unsigned not null default 0,
    close_at datetime(6) null,
    created_at datetime(6) not null,
    updated_at datetime(6) not null,
    unique key payments_reference (reference),
    unique key payments_live (live_order_id),
    unique key payments_live_membership (live_membership_purchase_id),
    key payments_order (order_id, id),
    key payments_membership (membership_purchase_id, id),
    key payments_by_status (status, ask_at),
    key payments_newest_of (status, id),
    key payments_to_close (closed_at, status),
    constraint payments_payable check ((order_id is null) <> (membership_purchase_id is null)),
    constraint payments_status check (status in ('pending', 'paid', 'failed', 'expired', 'needs_review')),
    constraint payments_amount check (amount >= 0),
    constraint payments_order_id foreign key (order_id) references orders (id),
    constraint payments_membership_id foreign key (membership_purchase_id) references membership_purchases (id)
);

-- Proofs of transfers to the shop's own accounts, as buyers sent them. They lie here and in no folder, so that no address leads to
-- one, and one copy of the data is all of them. What they show is thrown away a while after somebody decided.
create table payment_proofs (
    id bigint unsigned not null auto_increment primary key,
    order_id bigint unsigned not null,
    payment_id bigint unsigned not null,
    status varchar(16) character set ascii collate ascii_bin not null,
    kind varchar(8) character set ascii collate ascii_bin not null,
    -- Of the bytes that were sent: the same file again is the same proof.
    fingerprint binary(32) not null,
    content mediumblob null,
    sent_at datetime(6) not null,
    decided_at datetime(6) null,
    decided_by varchar(120) null,
    reason varchar(600) null,
    unique key payment_proofs_once (order_id, fingerprint),
    key payment_proofs_by_status (status, id),
    key payment_proofs_payment (payment_id),
    -- What is to be thrown away.
    key payment_proofs_age (decided_at),
    constraint payment_proofs_status check (status in ('waiting', 'approved', 'refused')),
    constraint payment_proofs_kind check (kind in ('picture', 'pdf')),
    constraint payment_proofs_decided check ((status = 'waiting') = (decided_at is null)),
    constraint payment_proofs_order_id foreign key (order_id) references orders (id),
    constraint payment_proofs_payment_id foreign key (payment_id) references payments (id)
);

-- The amounts that buyers were asked to transfer with digits of their own, until they may be asked for again.
create table transfer_amounts (
    amount bigint not null primary key,
    order_id bigint unsigned not null,
    until datetime(6) not null,
    key transfer_amounts_order (order_id),
    constraint transfer_amounts_order_id foreign key (order_id) references orders (id)
);

-- Every genuine notification, once. One that cannot be applied is tried ever more seldom, and shown to the owner until
-- a person decides.
create table payment_inbox (
    id bigint unsigned not null auto_increment primary key,
    gateway varchar(24) character set ascii collate ascii_bin not null,
    event_key varchar(128) character set ascii collate ascii_bin not null,
    body mediumblob not null,
    received_at datetime(6) not null,
    applied_at datetime(6) null,
    outcome varchar(24) character set ascii collate ascii_bin null,
    tries int unsigned not null default 0,
    next_try_at datetime(6) null,
    stuck_since datetime(6) null,
    trouble varchar(24) character set ascii collate ascii_bin null,
    trouble_detail varchar(500) null,
    unique key payment_inbox_event (gateway, event_key),
    key payment_inbox_waiting (applied_at, id)
);

-- How many notifications proved nothing, by day: nothing else is kept of them.
create table payment_refusals (
    gateway varchar(24) character set ascii collate ascii_bin not null,
    -- The midnight that it begins with.
    day datetime(6) not null,
    refused int unsigned not null,
    last_at datetime(6) not null,
    primary key (gateway, day)
);

-- Money on its way back, for what it was paid for. What of it is not failed never exceeds its payment: whoever adds a
-- row has the lock of what was paid for.
create table refunds (
    id bigint unsigned not null auto_increment primary key,
    order_id bigint unsigned null,
    membership_purchase_id bigint unsigned null,
    payment_id bigint unsigned not null,
    amount bigint not null,
    reason varchar(600) not null,
    status varchar(16) character set ascii collate ascii_bin not null,
    by_hand boolean not null,
    -- What was asked for, once per order or purchase: the same request gives no second refund.
    request_key varchar(64) character set ascii collate ascii_bin not null,
    -- What the gateway knows it by.
    idempotency_key varchar(120) character set ascii collate ascii_bin not null,
    gateway_reference varchar(120) null,
    tries int unsigned not null default 0,
    send_at datetime(6) not null,
    actor_kind varchar(16) character set ascii collate ascii_bin not null,
    actor_name varchar(120) null,
    created_at datetime(6) not null,
    settled_at datetime(6) null,
    unique key refunds_idempotency (idempotency_key),
    unique key refunds_request (order_id, request_key, payment_id),
    unique key refunds_membership_request (membership_purchase_id, request_key, payment_id),
    key refunds_payment (payment_id),
    key refunds_to_send (status, send_at),
    constraint refunds_payable check ((order_id is null) <> (membership_purchase_id is null)),
    constraint refunds_amount check (amount > 0),
    constraint refunds_status check (status in ('requested', 'succeeded', 'failed')),
    constraint refunds_settled check ((status = 'requested') = (settled_at is null)),
    constraint refunds_by_hand check (not by_hand or status = 'succeeded'),
    constraint refunds_actor check (actor_kind in ('shopper', 'staff', 'gateway', 'job', 'import')),
    constraint refunds_order_id foreign key (order_id) references orders (id),
    constraint refunds_membership_id foreign key (membership_purchase_id) references membership_purchases (id),
    constraint refunds_payment_id foreign key (payment_id) references payments (id)
);

-- The units whose price went back, so that none goes back twice.
create table refund_lines (
    refund_id bigint unsigned not null,
    order_line_id bigint unsigned not null,
    quantity int unsigned not null,
    primary key (refund_id, order_line_id),
    key refund_lines_line (order_line_id),
    constraint refund_lines_quantity check (quantity >= 1),
    constraint refund_lines_refund foreign key (refund_id) references refunds (id),
    constraint refund_lines_order_line foreign key (order_line_id) references order_lines (id)
);
