-- Who fetches an order tells a phone number and no address.
alter table customers
    drop constraint customers_address,
    add constraint customers_place check ((line_1 is null) = (city is null) and (line_1 is null) = (province is null)
        and (line_1 is null) = (postal_code is null) and (line_1 is null or phone is not null));
