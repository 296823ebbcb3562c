-- Somebody who makes an account tells an address only with the first order.
alter table customers
    modify column phone varchar(30) null,
    modify column line_1 varchar(200) null,
    modify column city varchar(200) null,
    modify column province varchar(200) null,
    modify column postal_code varchar(12) null,
    add constraint customers_address check ((phone is null) = (line_1 is null) and (phone is null) = (city is null)
        and (phone is null) = (province is null) and (phone is null) = (postal_code is null));
