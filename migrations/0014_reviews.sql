-- What buyers say of a product: one review each.
create table reviews (
    id bigint unsigned not null auto_increment primary key,
    product_id bigint unsigned not null,
    customer_id bigint unsigned not null,
    rating tinyint unsigned not null,
    body text not null,
    created_at datetime(6) not null,
    unique key reviews_once (product_id, customer_id),
    key reviews_newest (product_id, created_at),
    constraint reviews_rating check (rating between 1 and 5),
    constraint reviews_product foreign key (product_id) references products (id),
    constraint reviews_customer foreign key (customer_id) references customers (id)
);
