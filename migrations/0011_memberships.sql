-- Plans of membership. Who buys one keeps its terms, whatever the owner makes of it afterwards.
create table membership_plans (
    id bigint unsigned not null auto_increment primary key,
    name text not null,
    description text not null,
    period varchar(16) character set ascii collate ascii_bin not null,
    price_amount bigint not null,
    percent_off int unsigned not null,
    free_delivery boolean not null,
    is_active boolean not null,
    version bigint unsigned not null default 1,
    created_at datetime(6) not null,
    updated_at datetime(6) not null,
    constraint membership_plans_name check (json_valid(name)),
    constraint membership_plans_description check (json_valid(description)),
    constraint membership_plans_period check (period in ('monthly', 'yearly')),
    constraint membership_plans_price check (price_amount > 0),
    constraint membership_plans_percent check (percent_off <= 10000),
    constraint membership_plans_gives check (percent_off > 0 or free_delivery)
);

-- Memberships. `live_customer_id` is the customer until the end was noted: one living membership for each.
create table memberships (
    id bigint unsigned not null auto_increment primary key,
    customer_id bigint unsigned not null,
    live_customer_id bigint unsigned null,
    plan_id bigint unsigned not null,
    period varchar(16) character set ascii collate ascii_bin not null,
    percent_off int unsigned not null,
    free_delivery boolean not null,
    status varchar(16) character set ascii collate ascii_bin not null,
    started_at datetime(6) not null,
    -- The term that is not used up: since when, until when, and what all of it was bought for.
    term_from datetime(6) not null,
    ends_at datetime(6) not null,
    value_amount bigint not null,
    cancels_at_end boolean not null default false,
    -- Counts how often a purchase changed the term.
    version bigint unsigned not null default 1,
    reminded_at datetime(6) null,
    ended_at datetime(6) null,
    -- Which request of the desk ended it before its time: the same key is the same wish.
    end_key varchar(64) character set ascii collate ascii_bin null,
    unique key memberships_live (live_customer_id),
    key memberships_customer (customer_id, id),
    key memberships_ends (status, ends_at),
    key memberships_plan (plan_id, status),
    constraint memberships_period check (period in ('monthly', 'yearly')),
    constraint memberships_status check (status in ('active', 'expired', 'cancelled')),
    constraint memberships_alive check ((status = 'active') = (live_customer_id is not null)),
    constraint memberships_ended check ((status = 'active') = (ended_at is null)),
    constraint memberships_term check (started_at <= term_from and term_from < ends_at),
    constraint memberships_value check (value_amount >= 0),
    constraint memberships_percent check (percent_off <= 10000),
    constraint memberships_customer_id foreign key (customer_id) references customers (id),
    constraint memberships_plan_id foreign key (plan_id) references membership_plans (id)
);

-- Purchases of memberships, with the plan as it was. They are no orders: none keeps a customer from buying goods.
create table membership_purchases (
    id bigint unsigned not null auto_increment primary key,
    number varchar(16) character set ascii collate ascii_bin not null,
    customer_id bigint unsigned not null,
    -- The customer while the purchase waits for its money: one for each.
    open_customer_id bigint unsigned null,
    plan_id bigint unsigned not null,
    period varchar(16) character set ascii collate ascii_bin not null,
    percent_off int unsigned not null,
    free_delivery boolean not null,
    kind varchar(16) character set ascii collate ascii_bin not null,
    price_amount bigint not null,
    credit_amount bigint not null,
    due_amount bigint not null,
    currency char(3) character set ascii collate ascii_bin not null,
    locale varchar(8) character set ascii collate ascii_bin not null,
    payment_method varchar(24) character set ascii collate ascii_bin not null,
    -- The membership that the price was worked out from, and that one's version.
    basis_membership_id bigint unsigned null,
    basis_version bigint unsigned null,
    -- The membership that the money went into.
    membership_id bigint unsigned null,
    status varchar(16) character set ascii collate ascii_bin not null,
    asked_at datetime(6) not null,
    pay_by datetime(6) not null,
    settled_at datetime(6) null,
    -- When somebody was last told of it: a write that follows what was told is on the disk after it.
    touched_at datetime(6) null,
    unique key membership_purchases_number (number),
    unique key membership_purchases_open (open_customer_id),
    key membership_purchases_customer (customer_id, id),
    key membership_purchases_due (status, pay_by),
    key membership_purchases_newest (asked_at),
    key membership_purchases_plan (plan_id),
    constraint membership_purchases_kind check (kind in ('new', 'renew', 'upgrade')),
    constraint membership_purchases_period check (period in ('monthly', 'yearly')),
    constraint membership_purchases_status
        check (status in ('pending', 'paid', 'expired', 'cancelled', 'refunded')),
    constraint membership_purchases_waits check ((status = 'pending') = (open_customer_id is not null)),
    constraint membership_purchases_used check ((status = 'paid') = (membership_id is not null)),
    constraint membership_purchases_credit check (credit_amount between 0 and price_amount),
    constraint membership_purchases_price check (due_amount = price_amount - credit_amount),
    constraint membership_purchases_basis check ((basis_membership_id is null) = (basis_version is null)),
    constraint membership_purchases_customer_id foreign key (customer_id) references customers (id),
    constraint membership_purchases_plan_id foreign key (plan_id) references membership_plans (id),
    constraint membership_purchases_basis_id foreign key (basis_membership_id) references memberships (id),
    constraint membership_purchases_membership_id foreign key (membership_id) references memberships (id)
);
