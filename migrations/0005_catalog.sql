-- Categories, products, options and variants. Every product has at least one variant that is sold.
create table categories (
    id bigint unsigned not null auto_increment primary key,
    -- A tree of at most three levels: whoever changes it has the lock of every category.
    parent_id bigint unsigned null,
    slug varchar(120) character set ascii collate ascii_bin not null,
    name text not null,
    -- Its name in every language, for a search.
    search_text text not null,
    -- Among those of the same parent.
    position int unsigned not null,
    picture_id bigint unsigned null,
    -- Raised by every change, so that nobody overwrites what they have not seen.
    version bigint unsigned not null default 1,
    unique key categories_slug (slug),
    key categories_children (parent_id, position),
    constraint categories_name check (json_valid(name)),
    constraint categories_parent foreign key (parent_id) references categories (id),
    constraint categories_picture foreign key (picture_id) references pictures (id)
);

create table products (
    id bigint unsigned not null auto_increment primary key,
    category_id bigint unsigned null,
    slug varchar(120) character set ascii collate ascii_bin not null,
    name text not null,
    -- What search engines show; empty for the name and the description.
    seo_title text not null,
    seo_text text not null,
    -- What the desk looks for while somebody types, line by line: the name in each language, SKUs and barcodes. The desk's
    -- list is sorted by its first lines.
    desk_text text not null,
    status varchar(16) character set ascii collate ascii_bin not null,
    -- An active product is in the shop from then on.
    publish_at datetime(6) null,
    -- How it is taxed: the key of a class in the settings; nothing for the default class.
    tax_class varchar(40) character set ascii collate ascii_bin null,
    -- What staff should know of it; shoppers never see it.
    staff_note varchar(500) null,
    -- Units sold lately, refreshed by a job; orders the catalogue.
    popularity bigint unsigned not null default 0,
    -- The lowest price of its variants, without sales: written with them, so that the desk's list can be sorted by it.
    from_amount bigint not null,
    -- Raised by every change of what staff edit, so that nobody overwrites what they have not seen.
    version bigint unsigned not null default 1,
    created_at datetime(6) not null,
    updated_at datetime(6) not null,
    unique key products_slug (slug),
    key products_popular (status, popularity),
    key products_newest (status, created_at),
    key products_category (category_id, status, publish_at),
    key products_publishing (status, publish_at),
    key products_tax_class (tax_class),
    constraint products_name check (json_valid(name)),
    constraint products_seo check (json_valid(seo_title) and json_valid(seo_text)),
    constraint products_status check (status in ('active', 'draft', 'archived')),
    constraint products_category_id foreign key (category_id) references categories (id)
);

-- The long texts of products, apart from them: lists read all rows of the one and few of the other.
create table product_texts (
    product_id bigint unsigned not null primary key,
    -- In Markdown.
    description mediumtext not null,
    -- Everything that a shopper's search looks at, in one place.
    search_text mediumtext not null,
    constraint product_texts_description check (json_valid(description)),
    constraint product_texts_product foreign key (product_id) references products (id)
);

create table product_options (
    id bigint unsigned not null auto_increment primary key,
    product_id bigint unsigned not null,
    position int unsigned not null,
    name text not null,
    unique key product_options_position (product_id, position),
    constraint product_options_name check (json_valid(name)),
    constraint product_options_product foreign key (product_id) references products (id)
);

-- They lie by their option, for whoever reads them all, and for the rows that name both: a foreign key to any other index costs
-- several times as much while rows of the same transaction are young.
create table option_values (
    id bigint unsigned not null auto_increment,
    option_id bigint unsigned not null,
    position int unsigned not null,
    value text not null,
    swatch char(7) character set ascii collate ascii_bin null,
    primary key (option_id, id),
    unique key option_values_id (id),
    unique key option_values_position (option_id, position),
    constraint option_values_value check (json_valid(value)),
    constraint option_values_option foreign key (option_id) references product_options (id)
);

create table product_pictures (
    product_id bigint unsigned not null,
    position int unsigned not null,
    picture_id bigint unsigned not null,
    alt text not null,
    shows_value_id bigint unsigned null,
    -- What stays in sight when it is cut: per mille from the left and from the top.
    centre_x smallint unsigned not null default 500,
    centre_y smallint unsigned not null default 500,
    primary key (product_id, position),
    constraint product_pictures_alt check (json_valid(alt)),
    constraint product_pictures_centre check (centre_x <= 1000 and centre_y <= 1000),
    constraint product_pictures_product foreign key (product_id) references products (id),
    constraint product_pictures_picture foreign key (picture_id) references pictures (id),
    constraint product_pictures_shows foreign key (shows_value_id) references option_values (id)
);

create table variants (
    id bigint unsigned not null auto_increment primary key,
    product_id bigint unsigned not null,
    sku varchar(64) character set ascii collate ascii_bin not null,
    -- A GTIN, or what the shop prints on its own labels.
    barcode varchar(64) character set ascii collate ascii_bin null,
    position int unsigned not null,
    -- The chosen values in the options' order, so that no two variants of a product are alike.
    choice varchar(190) character set ascii collate ascii_bin not null,
    -- The same for people: `Indigo / M`.
    options text not null,
    price_amount bigint not null,
    compare_at_amount bigint null,
    -- What one unit cost the shop.
    cost_amount bigint null,
    -- A lower price for a time: from the first instant, until just before the second.
    sale_amount bigint null,
    sale_from datetime(6) null,
    sale_until datetime(6) null,
    weight_grams int unsigned not null,
    min_quantity int unsigned not null default 1,
    max_quantity int unsigned not null default 20,
    -- The position of the picture that somebody chose for it.
    chosen_picture int unsigned null,
    -- The position of the picture that shows it. Found out when pictures change, not whenever one is looked at.
    shown_picture int unsigned null,
    -- When it was taken out of its product, if it cannot be deleted because orders or the ledger name it.
    retired_at datetime(6) null,
    unique key variants_sku (sku),
    unique key variants_of_product (product_id, id),
    unique key variants_choice (product_id, choice),
    key variants_barcode (barcode),
    key variants_retired (retired_at, product_id),
    constraint variants_options check (json_valid(options)),
    constraint variants_price_amount check (price_amount >= 0),
    constraint variants_compare_at check (compare_at_amount is null or compare_at_amount > price_amount),
    constraint variants_cost check (cost_amount is null or cost_amount >= 0),
    constraint variants_sale check (sale_amount is null or (sale_amount >= 0 and sale_amount < price_amount)),
    constraint variants_sale_times check ((sale_amount is not null or (sale_from is null and sale_until is null))
                                          and (sale_from is null or sale_until is null or sale_from < sale_until)),
    constraint variants_min_quantity check (min_quantity between 1 and max_quantity),
    constraint variants_max_quantity check (max_quantity between 1 and 1000),
    constraint variants_product foreign key (product_id) references products (id),
    constraint variants_chosen_picture foreign key (product_id, chosen_picture)
        references product_pictures (product_id, position),
    constraint variants_shown_picture foreign key (product_id, shown_picture)
        references product_pictures (product_id, position)
);

create table variant_values (
    variant_id bigint unsigned not null,
    option_id bigint unsigned not null,
    value_id bigint unsigned not null,
    primary key (variant_id, option_id),
    constraint variant_values_variant foreign key (variant_id) references variants (id),
    constraint variant_values_value foreign key (option_id, value_id) references option_values (option_id, id)
);

-- Other products that staff show beside one, in their order.
create table related_products (
    product_id bigint unsigned not null,
    position int unsigned not null,
    related_id bigint unsigned not null,
    primary key (product_id, position),
    unique key related_products_once (product_id, related_id),
    constraint related_products_others check (product_id <> related_id),
    constraint related_products_product foreign key (product_id) references products (id),
    constraint related_products_related foreign key (related_id) references products (id)
);

-- Addresses that products and categories had before, for whoever comes by one. What has an address now goes before.
create table old_addresses (
    kind varchar(16) character set ascii collate ascii_bin not null,
    slug varchar(120) character set ascii collate ascii_bin not null,
    product_id bigint unsigned null,
    category_id bigint unsigned null,
    left_at datetime(6) not null,
    primary key (kind, slug),
    constraint old_addresses_kind check (kind in ('product', 'category')),
    constraint old_addresses_of_one check ((kind = 'product') = (product_id is not null)
                                           and (kind = 'category') = (category_id is not null)),
    constraint old_addresses_product foreign key (product_id) references products (id),
    constraint old_addresses_category foreign key (category_id) references categories (id)
);

-- Changes of products that can be taken back: of many at once, deletions, imports. A job forgets them after thirty days.
create table changes (
    id bigint unsigned not null auto_increment primary key,
    staff_id bigint unsigned not null,
    staff_name varchar(120) not null,
    -- What was done, as JSON.
    what text not null,
    -- The window's word for one wish, and the print of what was wished: the same again is the same change.
    idempotency_key varchar(64) character set ascii collate ascii_bin null,
    asked binary(32) null,
    -- What else an answer or an undo must know, as JSON.
    content mediumtext null,
    products int unsigned not null default 0,
    created_at datetime(6) not null,
    -- Who takes it back, since when, and when it was done.
    undone_by varchar(120) null,
    undo_began_at datetime(6) null,
    undone_at datetime(6) null,
    -- Products that are what they were, but for some fields, and not at all.
    given_back int unsigned not null default 0,
    partly int unsigned not null default 0,
    kept int unsigned not null default 0,
    -- Raised by whoever locks it.
    locks int unsigned not null default 0,
    unique key changes_wish (staff_id, idempotency_key),
    key changes_oldest (created_at),
    constraint changes_what check (json_valid(what)),
    constraint changes_content check (content is null or json_valid(content)),
    constraint changes_undone check (undone_at is null or undo_began_at is not null),
    constraint changes_staff foreign key (staff_id) references staff (id)
);

-- What a change did to each product. The product may be gone.
create table change_products (
    change_id bigint unsigned not null,
    product_id bigint unsigned not null,
    name text not null,
    did varchar(16) character set ascii collate ascii_bin not null,
    -- Its fields before and after, or the whole of what was deleted or made, as JSON.
    content mediumtext not null,
    -- What an undo did, and why not more, as JSON. Of a change that was undone, nothing stands for what was given back.
    outcome varchar(16) character set ascii collate ascii_bin null,
    verdict mediumtext null,
    primary key (change_id, product_id),
    key change_products_newest (product_id, change_id),
    constraint change_products_did check (did in ('created', 'changed', 'deleted')),
    constraint change_products_outcomes check (outcome in ('given_back', 'partly', 'kept')),
    constraint change_products_change foreign key (change_id) references changes (id)
);
