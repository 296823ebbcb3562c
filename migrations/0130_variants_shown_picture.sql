-- Which of its product's pictures shows the variant. Found out when pictures change, not whenever one is looked at.
alter table variants
    add column shown_picture int unsigned null,
    add constraint variants_shown_picture foreign key (product_id, shown_picture)
        references product_pictures (product_id, position);
