-- Categories, products, options and variants. Every product has at least one variant.
create table categories (
    id bigint unsigned not null auto_increment primary key,
    slug varchar(120) character set ascii collate ascii_bin not null,
    name text not null,
    -- Its name in every language, for a search.
    search_text text not null,
    position int unsigned not null,
    picture_id bigint unsigned null,
    unique key categories_slug (slug),
    constraint categories_name check (json_valid(name)),
    constraint categories_picture foreign key (picture_id) references pictures (id)
);

create table products (
    id bigint unsigned not null auto_increment primary key,
    category_id bigint unsigned null,
    slug varchar(120) character set ascii collate ascii_bin not null,
    name text not null,
    description mediumtext not null,
    -- Everything that a search looks at, in one place.
    search_text mediumtext not null,
    status varchar(16) character set ascii collate ascii_bin not null,
    -- How it is taxed: the key of a class in the settings; nothing for the default class.
    tax_class varchar(40) character set ascii collate ascii_bin null,
    -- What staff should know of it; shoppers never see it.
    staff_note varchar(500) null,
    -- Units sold lately, refreshed by a job; orders the catalogue.
    popularity bigint unsigned not null default 0,
    created_at datetime(6) not null,
    updated_at datetime(6) not null,
    unique key products_slug (slug),
    key products_popular (status, popularity),
    key products_newest (status, created_at),
    key products_category (category_id, status),
    key products_tax_class (tax_class),
    constraint products_name check (json_valid(name)),
    constraint products_description check (json_valid(description)),
    constraint products_status check (status in ('active', 'draft', 'archived')),
    constraint products_category_id foreign key (category_id) references categories (id)
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

create table option_values (
    id bigint unsigned not null auto_increment primary key,
    option_id bigint unsigned not null,
    position int unsigned not null,
    value text not null,
    swatch char(7) character set ascii collate ascii_bin null,
    unique key option_values_position (option_id, position),
    unique key option_values_of_option (option_id, id),
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
    position int unsigned not null,
    -- The chosen values in the options' order, so that no two variants of a product are alike.
    choice varchar(190) character set ascii collate ascii_bin not null,
    -- The same for people: `Indigo / M`.
    options text not null,
    price_amount bigint not null,
    compare_at_amount bigint null,
    weight_grams int unsigned not null,
    min_quantity int unsigned not null default 1,
    max_quantity int unsigned not null default 20,
    -- The position of the picture that shows it. Found out when pictures change, not whenever one is looked at.
    shown_picture int unsigned null,
    unique key variants_sku (sku),
    unique key variants_choice (product_id, choice),
    key variants_price (product_id, price_amount),
    constraint variants_options check (json_valid(options)),
    constraint variants_price_amount check (price_amount >= 0),
    constraint variants_compare_at check (compare_at_amount is null or compare_at_amount > price_amount),
    constraint variants_min_quantity check (min_quantity between 1 and max_quantity),
    constraint variants_max_quantity check (max_quantity between 1 and 1000),
    constraint variants_product foreign key (product_id) references products (id),
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
