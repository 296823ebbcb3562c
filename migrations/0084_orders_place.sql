-- An order that its buyer fetches needs no address.
alter table orders
    modify column line_1 varchar(200) null,
    modify column city varchar(200) null,
    modify column province varchar(200) null,
    modify column postal_code varchar(12) null,
    add constraint orders_place check ((line_1 is null) = (city is null) and (line_1 is null) = (province is null)
        and (line_1 is null) = (postal_code is null) and (line_1 is not null or delivery_method = 'pickup'));
