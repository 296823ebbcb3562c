-- Vouchers. `used` is the number of orders that use it now; one conditional update decides who is the next.
create table vouchers (
    id bigint unsigned not null auto_increment primary key,
    -- In capitals: `abc` and `ABC` are one code.
    code varchar(32) character set ascii collate ascii_bin not null,
    kind varchar(16) character set ascii collate ascii_bin not null,
    percent int unsigned null,
    amount bigint null,
    cap_amount bigint null,
    minimum_amount bigint not null,
    starts_at datetime(6) null,
    ends_at datetime(6) null,
    total_limit int unsigned null,
    customer_limit int unsigned null,
    used int unsigned not null default 0,
    first_order_only boolean not null,
    is_personal boolean not null,
    occasion varchar(16) character set ascii collate ascii_bin null,
    is_active boolean not null,
    version bigint unsigned not null default 1,
    created_at datetime(6) not null,
    updated_at datetime(6) not null,
    unique key vouchers_code (code),
    key vouchers_occasion (occasion, is_active),
    constraint vouchers_capitals check (code = upper(code)),
    constraint vouchers_kind check (kind in ('percent', 'fixed', 'free_delivery')),
    constraint vouchers_percent check ((kind = 'percent') = (percent is not null)
                                       and (percent is null or percent between 1 and 10000)),
    constraint vouchers_amount check ((kind = 'fixed') = (amount is not null) and (amount is null or amount > 0)),
    constraint vouchers_cap check (cap_amount is null or cap_amount > 0),
    constraint vouchers_minimum check (minimum_amount >= 0),
    constraint vouchers_times check (starts_at is null or ends_at is null or starts_at < ends_at),
    constraint vouchers_used check (total_limit is null or used <= total_limit),
    constraint vouchers_given check (occasion is null or (is_personal and occasion in ('welcome', 'top_spender')))
);

-- The categories that a voucher is for; none means all goods.
create table voucher_categories (
    voucher_id bigint unsigned not null,
    category_id bigint unsigned not null,
    primary key (voucher_id, category_id),
    constraint voucher_categories_voucher foreign key (voucher_id) references vouchers (id),
    constraint voucher_categories_category foreign key (category_id) references categories (id)
);

-- Which order used which voucher: one at most, and given back at most once.
create table voucher_uses (
    order_id bigint unsigned not null primary key,
    voucher_id bigint unsigned not null,
    customer_id bigint unsigned not null,
    used_at datetime(6) not null,
    given_back_at datetime(6) null,
    key voucher_uses_voucher (voucher_id, used_at),
    key voucher_uses_customer (customer_id, voucher_id, given_back_at),
    constraint voucher_uses_order foreign key (order_id) references orders (id),
    constraint voucher_uses_voucher_id foreign key (voucher_id) references vouchers (id),
    constraint voucher_uses_customer_id foreign key (customer_id) references customers (id)
);

-- Vouchers that customers own. One of a personal voucher is good for one order.
create table customer_vouchers (
    id bigint unsigned not null auto_increment primary key,
    customer_id bigint unsigned not null,
    voucher_id bigint unsigned not null,
    source varchar(16) character set ascii collate ascii_bin not null,
    -- The month of a voucher that is given anew each month; otherwise empty.
    period varchar(7) character set ascii collate ascii_bin not null default '',
    granted_at datetime(6) not null,
    used_by_order bigint unsigned null,
    unique key customer_vouchers_once (customer_id, voucher_id, period),
    unique key customer_vouchers_order (used_by_order),
    key customer_vouchers_voucher (voucher_id),
    constraint customer_vouchers_source check (source in ('welcome', 'claimed', 'top_spender')),
    constraint customer_vouchers_customer foreign key (customer_id) references customers (id),
    constraint customer_vouchers_voucher_id foreign key (voucher_id) references vouchers (id),
    constraint customer_vouchers_order_id foreign key (used_by_order) references orders (id)
);

-- The months in which a voucher was given to the top spenders: once each, however often the job runs.
create table voucher_rounds (
    voucher_id bigint unsigned not null,
    period varchar(7) character set ascii collate ascii_bin not null,
    held_at datetime(6) not null,
    primary key (voucher_id, period),
    constraint voucher_rounds_voucher foreign key (voucher_id) references vouchers (id)
);
