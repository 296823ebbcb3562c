insert into parcel_lines (parcel_id, order_line_id, quantity)
select p.id, l.id, l.quantity from parcels p join order_lines l on l.order_id = p.order_id;
