-- How a product is taxed: the key of a class in the settings; nothing for the default class.
alter table products
    add column tax_class varchar(40) character set ascii collate ascii_bin null,
    add key products_tax_class (tax_class);
