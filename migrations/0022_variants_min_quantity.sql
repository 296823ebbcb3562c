alter table variants
    add column min_quantity int unsigned not null default 1,
    add constraint variants_min_quantity check (min_quantity between 1 and max_quantity);
