//! The claims about how prices are worked out, in the form of the others: not only that parts sum to their whole, but that
//! each part is the right one.

use super::claims::Claim;

/// True at every moment, of every order: the bench has one tax, 11 % within the prices, and vouchers for all goods.
pub(crate) const OF_PRICES: [Claim; 4] = [
    Claim {
        says: "a member's discount is the percentage of the goods, to the nearest unit",
        broken_by: "select concat(number, ' of ', subtotal_amount, ' takes off ', member_discount_amount, ' at ',
                                  member_percent)
                    from orders
                    where 2 * abs(10000 * member_discount_amount - subtotal_amount * cast(member_percent as signed)) > 10000",
    },
    Claim {
        says: "a member's discount is spread over the lines by largest remainder",
        broken_by: "select concat(number, ' line ', id, ' takes off ', share, ' and not ', below + (place <= amount - sum_below))
                    from (select o.number, l.id, l.member_discount_amount as share, o.member_discount_amount as amount,
                                 o.member_discount_amount * l.total_amount div o.subtotal_amount as below,
                                 sum(o.member_discount_amount * l.total_amount div o.subtotal_amount)
                                     over (partition by o.id) as sum_below,
                                 row_number() over (partition by o.id
                                     order by o.member_discount_amount * l.total_amount mod o.subtotal_amount desc,
                                              l.id) as place
                          from order_lines l join orders o on o.id = l.order_id
                          where o.subtotal_amount > 0) shares
                    where share <> below + (place <= amount - sum_below)",
    },
    Claim {
        says: "a voucher's discount is spread over what is left of the lines by largest remainder",
        broken_by: "select concat(number, ' line ', id, ' takes off ', share, ' and not ', below + (place <= amount - sum_below))
                    from (select o.number, l.id, l.voucher_discount_amount as share, o.voucher_discount_amount as amount,
                                 o.voucher_discount_amount * (l.total_amount - l.member_discount_amount)
                                     div (o.subtotal_amount - o.member_discount_amount) as below,
                                 sum(o.voucher_discount_amount * (l.total_amount - l.member_discount_amount)
                                     div (o.subtotal_amount - o.member_discount_amount))
                                     over (partition by o.id) as sum_below,
                                 row_number() over (partition by o.id
                                     order by o.voucher_discount_amount * (l.total_amount - l.member_discount_amount)
                                              mod (o.subtotal_amount - o.member_discount_amount) desc, l.id) as place
                          from order_lines l join orders o on o.id = l.order_id
                          where o.subtotal_amount > o.member_discount_amount) shares
                    where share <> below + (place <= amount - sum_below)",
    },
    Claim {
        // Other parts of a run come before the tax is set.
        says: "the tax of a line is what is within its price, to the nearest unit",
        broken_by: "select concat(o.number, ' line ', l.id, ' of ', l.total_amount, ' has the tax ', l.tax_amount)
                    from order_lines l join orders o on o.id = l.order_id
                    where (o.line_2 like 'buy-%' or o.line_2 like 'own-%') and o.tax_included
                      and 2 * abs(111 * l.tax_amount
                                  - 11 * (l.total_amount - l.member_discount_amount - l.voucher_discount_amount)) > 111",
    },
];
