-- Orders, with everything as it was when they were placed.
create table orders (
    id bigint unsigned not null auto_increment primary key,
    number varchar(16) character set ascii collate ascii_bin not null,
    status varchar(24) character set ascii collate ascii_bin not null,
    -- What called it off: one that merely ran out of time goes on when its money comes after all.
    ended_by varchar(24) character set ascii collate ascii_bin null,
    customer_id bigint unsigned null,
    -- Whose account it was placed or claimed with; an equal e-mail alone makes it nobody's.
    account_id bigint unsigned null,
    -- Which request placed it: the same key on the same cart is the same order, for ever.
    cart_id bigint unsigned null,
    idempotency_key varchar(255) character set ascii collate ascii_bin null,
    request_hash binary(32) null,
    email varchar(254) not null,
    name varchar(120) not null,
    phone varchar(30) not null,
    -- One that its buyer fetches needs no address.
    line_1 varchar(200) null,
    line_2 varchar(200) null,
    city varchar(200) null,
    province varchar(200) null,
    postal_code varchar(12) null,
    locale varchar(8) character set ascii collate ascii_bin not null,
    currency char(3) character set ascii collate ascii_bin not null,
    payment_method varchar(24) character set ascii collate ascii_bin not null,
    delivery_method varchar(16) character set ascii collate ascii_bin not null,
    units int unsigned not null,
    subtotal_amount bigint not null,
    -- The percentage that it was priced with for its member, in hundredths of a percent.
    member_percent int unsigned not null,
    member_discount_amount bigint not null,
    -- The code that was typed; `voucher_uses` tells which voucher that is.
    voucher_code varchar(32) character set ascii collate ascii_bin null,
    voucher_discount_amount bigint not null,
    delivery_amount bigint not null,
    tax_amount bigint not null,
    tax_included boolean not null,
    total_amount bigint not null,
    -- What units cost that were called off after others had left: of it as much goes back as was paid, and at the door
    -- so much less is collected.
    called_off_amount bigint not null default 0,
    tracking_number varchar(64) null,
    placed_at datetime(6) not null,
    pay_by datetime(6) null,
    -- Until then it does not end unpaid: somebody has yet to look at a proof of its transfer.
    held_until datetime(6) null,
    updated_at datetime(6) not null,
    -- Raised by whoever locks the row: the nodes of a cluster agree only about what is written.
    locks bigint unsigned not null default 0,
    unique key orders_number (number),
    unique key orders_placement (cart_id, idempotency_key),
    key orders_newest (placed_at),
    key orders_by_status (status, placed_at),
    key orders_unpaid (status, pay_by),
    key orders_customer (customer_id, placed_at),
    key orders_account (account_id, placed_at),
    constraint orders_status check (status in ('pending_payment', 'processing', 'partially_shipped', 'shipped',
                                               'completed', 'cancelled', 'returned')),
    constraint orders_ended_by check (ended_by in ('time_ran_out', 'called_off', 'called_off_by_buyer')),
    constraint orders_ended check (status <> 'cancelled' or ended_by is not null),
    constraint orders_placed_once check ((cart_id is null) = (idempotency_key is null)
                                         and (cart_id is null) = (request_hash is null)),
    constraint orders_place check ((line_1 is null) = (city is null) and (line_1 is null) = (province is null)
        and (line_1 is null) = (postal_code is null) and (line_1 is not null or delivery_method = 'pickup')),
    constraint orders_payment_method check (payment_method in (
        'demo', 'qris', 'va_bca', 'va_mandiri', 'va_bri', 'va_bni', 'va_permata', 'va_cimb', 'va_bsi', 'gopay', 'shopeepay',
        'dana', 'ovo', 'linkaja', 'card', 'bank_transfer', 'cash_on_delivery')),
    constraint orders_delivery_method check (delivery_method in ('courier', 'pickup')),
    constraint orders_amounts check (subtotal_amount >= 0 and delivery_amount >= 0),
    constraint orders_parts check (member_discount_amount >= 0 and voucher_discount_amount >= 0 and tax_amount >= 0),
    constraint orders_sum check (total_amount = subtotal_amount - member_discount_amount - voucher_discount_amount
                                 + delivery_amount + (case when tax_included then 0 else tax_amount end)),
    constraint orders_member
        check (member_percent between 0 and 10000 and (member_percent > 0 or member_discount_amount = 0)),
    constraint orders_voucher check (voucher_code is not null or voucher_discount_amount = 0),
    constraint orders_called_off check (called_off_amount between 0 and total_amount),
    constraint orders_customer_id foreign key (customer_id) references customers (id),
    constraint orders_account_id foreign key (account_id) references accounts (customer_id)
);

create table order_lines (
    id bigint unsigned not null auto_increment primary key,
    order_id bigint unsigned not null,
    variant_id bigint unsigned not null,
    name text not null,
    options text not null,
    sku varchar(64) character set ascii collate ascii_bin not null,
    picture_key varchar(96) character set ascii collate ascii_bin null,
    unit_amount bigint not null,
    quantity int unsigned not null,
    -- Unit price times quantity.
    total_amount bigint not null,
    -- What of the order's discounts and taxes lies on the line.
    member_discount_amount bigint not null,
    voucher_discount_amount bigint not null,
    tax_amount bigint not null,
    -- Units that will not leave: called off after others of the order had left, or refunded before they could leave.
    -- returned <= shipped <= quantity - called_off.
    called_off int unsigned not null default 0,
    -- Units whose price is not to be paid, or went back when they were called off; those refunded by name are not among
    -- them.
    not_due int unsigned not null default 0,
    unique key order_lines_variant (order_id, variant_id),
    -- Whether a picture is still needed.
    key order_lines_picture (picture_key),
    key order_lines_sold (variant_id, order_id),
    constraint order_lines_name check (json_valid(name)),
    constraint order_lines_options check (json_valid(options)),
    constraint order_lines_quantity check (quantity >= 1),
    constraint order_lines_total check (unit_amount >= 0 and total_amount = unit_amount * quantity),
    constraint order_lines_parts check (member_discount_amount >= 0 and voucher_discount_amount >= 0 and tax_amount >= 0
                                        and member_discount_amount + voucher_discount_amount <= total_amount),
    constraint order_lines_called_off check (called_off <= quantity),
    constraint order_lines_not_due check (not_due <= quantity),
    constraint order_lines_order foreign key (order_id) references orders (id),
    constraint order_lines_variant_id foreign key (variant_id) references variants (id)
);

-- The taxes of an order by rate, as they stand on its invoice.
create table order_taxes (
    order_id bigint unsigned not null,
    position smallint unsigned not null,
    name varchar(80) not null,
    rate int unsigned not null,
    base_amount bigint not null,
    tax_amount bigint not null,
    primary key (order_id, position),
    constraint order_taxes_amounts check (base_amount >= 0 and tax_amount >= 0),
    constraint order_taxes_order_id foreign key (order_id) references orders (id)
);

-- Not every entry is a step: units come back and money goes back while the order stays where it is.
create table order_history (
    id bigint unsigned not null auto_increment primary key,
    order_id bigint unsigned not null,
    kind varchar(16) character set ascii collate ascii_bin not null,
    status varchar(24) character set ascii collate ascii_bin not null,
    actor_kind varchar(16) character set ascii collate ascii_bin not null,
    actor_name varchar(120) null,
    note varchar(600) null,
    created_at datetime(6) not null,
    key order_history_order (order_id, id),
    constraint order_history_kind check (kind in ('step', 'came_back', 'money_back')),
    constraint order_history_actor check (actor_kind in ('shopper', 'staff', 'gateway', 'job', 'import')),
    constraint order_history_order_id foreign key (order_id) references orders (id)
);

-- Which units left with which courier, and which came back. Of every order line returned <= shipped <= ordered: whoever
-- adds a row has the order's lock.
create table parcels (
    id bigint unsigned not null auto_increment primary key,
    order_id bigint unsigned not null,
    courier varchar(80) null,
    tracking_number varchar(64) null,
    actor_kind varchar(16) character set ascii collate ascii_bin not null,
    actor_name varchar(120) null,
    created_at datetime(6) not null,
    key parcels_order (order_id, id),
    constraint parcels_actor check (actor_kind in ('shopper', 'staff', 'gateway', 'job', 'import')),
    constraint parcels_order_id foreign key (order_id) references orders (id)
);

create table parcel_lines (
    parcel_id bigint unsigned not null,
    order_line_id bigint unsigned not null,
    quantity int unsigned not null,
    primary key (parcel_id, order_line_id),
    key parcel_lines_line (order_line_id),
    constraint parcel_lines_quantity check (quantity >= 1),
    constraint parcel_lines_parcel foreign key (parcel_id) references parcels (id),
    constraint parcel_lines_order_line foreign key (order_line_id) references order_lines (id)
);

create table returns (
    id bigint unsigned not null auto_increment primary key,
    order_id bigint unsigned not null,
    -- Of the request's key, so that a double click is one return.
    key_hash binary(32) not null,
    note varchar(600) null,
    actor_kind varchar(16) character set ascii collate ascii_bin not null,
    actor_name varchar(120) null,
    created_at datetime(6) not null,
    unique key returns_request (order_id, key_hash),
    constraint returns_actor check (actor_kind in ('shopper', 'staff', 'gateway', 'job', 'import')),
    constraint returns_order_id foreign key (order_id) references orders (id)
);

create table return_lines (
    return_id bigint unsigned not null,
    order_line_id bigint unsigned not null,
    quantity int unsigned not null,
    restocked boolean not null,
    primary key (return_id, order_line_id),
    key return_lines_line (order_line_id),
    constraint return_lines_quantity check (quantity >= 1),
    constraint return_lines_return foreign key (return_id) references returns (id),
    constraint return_lines_order_line foreign key (order_line_id) references order_lines (id)
);

-- Invoices, numbered without gaps: the counter's row stays locked until the transaction that takes a number ends.
create table invoice_counters (
    year int not null primary key,
    taken bigint unsigned not null
);

create table invoices (
    order_id bigint unsigned not null primary key,
    year int not null,
    sequence bigint unsigned not null,
    issued_at datetime(6) not null,
    unique key invoices_number (year, sequence),
    constraint invoices_sequence check (sequence >= 1),
    constraint invoices_order_id foreign key (order_id) references orders (id)
);
