//! The claims, each with the query that finds what breaks it. Every query is one statement, which reads one state of
//! the database whatever happens meanwhile, and gives a text by which the broken rows are found.

/// Something that must hold.
pub(crate) struct Claim {
    pub(crate) says: &'static str,
    /// One text for each way in which it does not.
    pub(crate) broken_by: &'static str,
}

/// True at every moment, and cheap to check.
pub(crate) const ALWAYS: [Claim; 3] = [
    Claim {
        says: "reserved units are within what is on hand",
        broken_by: "select concat('variant ', variant_id, ' has ', on_hand, ' on hand and ', reserved, ' reserved')
                    from stock where reserved < 0 or reserved > on_hand",
    },
    Claim {
        says: "the ledger sums to what is on hand",
        broken_by: "select concat('variant ', s.variant_id, ' has ', s.on_hand, ' on hand and ', coalesce(m.total, 0),
                                  ' in the ledger')
                    from stock s
                    left join (select variant_id, sum(delta) as total from stock_movements group by variant_id) m
                        on m.variant_id = s.variant_id
                    where s.on_hand <> coalesce(m.total, 0)",
    },
    Claim {
        says: "live holds sum to what is reserved",
        broken_by:
            "select concat('variant ', s.variant_id, ' has ', s.reserved, ' reserved and ', coalesce(h.total, 0),
                                  ' held')
                    from stock s
                    left join (select variant_id, sum(quantity) as total from holds
                               group by variant_id) h on h.variant_id = s.variant_id
                    where s.reserved <> coalesce(h.total, 0)",
    },
];

/// True at every moment, of every cart.
pub(crate) const HOLDS_FIT: Claim = Claim {
    says: "a cart holds no more than its lines want",
    broken_by: "select concat('cart ', h.cart_id, ' holds ', h.quantity, ' of ', coalesce(l.quantity, 0),
                              ' units of variant ', h.variant_id)
                from holds h
                left join cart_lines l on l.cart_id = h.cart_id and l.variant_id = h.variant_id
                where h.cart_id is not null and h.quantity > coalesce(l.quantity, 0)",
};

/// True at every moment, of every order.
pub(crate) const OF_ORDERS: [Claim; 10] = [
    Claim {
        says: "the parts of an order sum to its total",
        broken_by: "select concat(number, ': ', subtotal_amount, ' and ', delivery_amount, ' <> ', total_amount)
                    from orders
                    where subtotal_amount - member_discount_amount - voucher_discount_amount + delivery_amount
                          + case when tax_included then 0 else tax_amount end <> total_amount",
    },
    Claim {
        says: "the lines of an order sum to its subtotal",
        broken_by: "select concat(o.number, ' has ', o.subtotal_amount, ' and lines of ', coalesce(l.total, 0))
                    from orders o
                    left join (select order_id, sum(total_amount) as total from order_lines group by order_id) l
                        on l.order_id = o.id
                    where o.subtotal_amount <> coalesce(l.total, 0)",
    },
    Claim {
        says: "the discounts and taxes of lines sum to those of their order",
        broken_by: "select concat(o.number, ': ', o.member_discount_amount, '/', l.member, ', ',
                                  o.voucher_discount_amount, '/', l.voucher, ', ', o.tax_amount, '/', l.tax)
                    from orders o
                    join (select order_id, sum(member_discount_amount) as member, sum(voucher_discount_amount) as voucher,
                                 sum(tax_amount) as tax
                          from order_lines group by order_id) l on l.order_id = o.id
                    where o.member_discount_amount <> l.member or o.voucher_discount_amount <> l.voucher
                       or l.tax > o.tax_amount",
    },
    Claim {
        says: "the taxes of an order by rate sum to its tax",
        broken_by: "select concat(o.number, ' has ', o.tax_amount, ' and by rate ', coalesce(t.total, 0))
                    from orders o
                    left join (select order_id, sum(tax_amount) as total from order_taxes group by order_id) t
                        on t.order_id = o.id
                    where o.tax_amount <> coalesce(t.total, 0)",
    },
    Claim {
        says: "a wish to buy becomes one order at most",
        broken_by: "select concat(line_2, ' became ', group_concat(number))
                    from orders where line_2 like 'buy-%' or line_2 like 'own-%' group by line_2 having count(*) > 1",
    },
    Claim {
        says: "an order that is to be sent has taken its units from the shelf once, a called-off one none",
        broken_by: "select concat(o.number, ' (', o.status, ') moved ', coalesce(m.total, 0), ' of ', l.quantity,
                                  ' units of variant ', l.variant_id)
                    from orders o
                    join order_lines l on l.order_id = o.id
                    left join (select order_id, variant_id, sum(delta) as total from stock_movements
                               where order_id is not null group by order_id, variant_id) m
                        on m.order_id = l.order_id and m.variant_id = l.variant_id
                    where coalesce(m.total, 0) <>
                        case when o.status in ('processing', 'partially_shipped', 'shipped', 'completed', 'returned')
                             then -cast(l.quantity - l.called_off as signed)
                                  + (select cast(coalesce(sum(b.quantity), 0) as signed) from return_lines b
                                     where b.order_line_id = l.id and b.restocked)
                             else 0 end",
    },
    Claim {
        says: "an unpaid order holds exactly its units, every other order none",
        broken_by: "select concat(o.number, ' (', o.status, ') holds ', coalesce(h.total, 0), ' of ', l.quantity,
                                  ' units of variant ', l.variant_id)
                    from orders o
                    join order_lines l on l.order_id = o.id
                    left join (select order_id, variant_id, sum(quantity) as total from holds
                               where order_id is not null group by order_id, variant_id) h
                        on h.order_id = l.order_id and h.variant_id = l.variant_id
                    where coalesce(h.total, 0) <> case when o.status = 'pending_payment' then l.quantity else 0 end",
    },
    Claim {
        says: "what is paid online is sent only when the money is there",
        broken_by: "select concat(o.number, ' is ', o.status, ' without a payment') from orders o
                    where o.payment_method <> 'cash_on_delivery' and o.status in ('processing', 'partially_shipped', 'shipped', 'completed', 'returned')
                      and not exists (select 1 from payments p where p.order_id = o.id and p.status = 'paid'
                                      and p.amount = o.total_amount)",
    },
    Claim {
        says: "an order that waits for money has not got it",
        broken_by: "select concat(o.number, ' waits for money that attempt ', p.reference, ' brought')
                    from orders o join payments p on p.order_id = o.id
                    where o.status = 'pending_payment' and p.status = 'paid'",
    },
    Claim {
        says: "only the attempt of an unpaid order is live",
        broken_by: "select concat(o.number, ' is ', o.status, ' and the attempt ', p.reference, ' is ', p.status)
                    from payments p join orders o on o.id = p.order_id
                    where (p.live_order_id is not null) <> (p.status = 'pending')
                       or (p.status = 'pending' and o.status <> 'pending_payment')",
    },
];

/// True at every moment, of the units of every order that left and came back.
pub(crate) const OF_UNITS: [Claim; 4] = [
    Claim {
        says: "no more comes back than left, and no more leaves than is left of the order",
        broken_by: "select concat('line ', l.id, ' of ', l.quantity, ' (', l.called_off, ' called off) sent ', p.sent,
                                  ' and took back ', b.back)
                    from order_lines l
                    join (select l.id, coalesce(sum(p.quantity), 0) as sent from order_lines l
                          left join parcel_lines p on p.order_line_id = l.id group by l.id) p on p.id = l.id
                    join (select l.id, coalesce(sum(b.quantity), 0) as back from order_lines l
                          left join return_lines b on b.order_line_id = l.id group by l.id) b on b.id = l.id
                    where b.back > p.sent or p.sent + l.called_off > l.quantity",
    },
    Claim {
        // Of a line as many may be away or on their way as were paid for and not refunded; what is here beyond that stays.
        says: "what was refunded before it left is not sent",
        broken_by: "select concat('line ', u.id, ' of ', u.number, ' may send ', u.here, ' and is owed ', u.owed)
                    from (select l.id, o.number,
                                 cast(l.quantity - l.called_off as signed)
                                     - (select cast(coalesce(sum(p.quantity), 0) as signed) from parcel_lines p
                                        where p.order_line_id = l.id) as here,
                                 cast(l.quantity - l.not_due as signed)
                                     - (select cast(coalesce(sum(r.quantity), 0) as signed)
                                        from refund_lines r join refunds f on f.id = r.refund_id
                                        where r.order_line_id = l.id and f.status <> 'failed')
                                     - (select cast(coalesce(sum(p.quantity), 0) as signed) from parcel_lines p
                                        where p.order_line_id = l.id)
                                     + (select cast(coalesce(sum(b.quantity), 0) as signed) from return_lines b
                                        where b.order_line_id = l.id) as owed
                          from order_lines l join orders o on o.id = l.order_id
                          where o.status in ('processing', 'partially_shipped')) u
                    where u.here > greatest(u.owed, 0)",
    },
    Claim {
        says: "an order is where its units are",
        broken_by:
            "select concat(o.number, ' is ', o.status, ' with ', u.sent, ' sent and ', u.back, ' back of ', u.wanted)
                    from orders o
                    join (select l.order_id, cast(sum(l.quantity - l.called_off) as signed) as wanted,
                                 cast(sum((select coalesce(sum(p.quantity), 0) from parcel_lines p
                                           where p.order_line_id = l.id)) as signed) as sent,
                                 cast(sum((select coalesce(sum(b.quantity), 0) from return_lines b
                                           where b.order_line_id = l.id)) as signed) as back
                          from order_lines l group by l.order_id) u on u.order_id = o.id
                    where not case
                        when o.status in ('pending_payment', 'cancelled', 'processing') then u.sent = 0
                        when o.status = 'partially_shipped' then u.sent between 1 and u.wanted - 1
                        when o.status = 'returned' then u.sent = u.wanted and u.back = u.sent
                        else u.sent = u.wanted and u.back < u.sent end",
    },
    Claim {
        says: "the price of no unit goes back twice",
        broken_by: "select concat('line ', l.id, ' of ', l.quantity, ' gave back the price of ', sum(r.quantity))
                    from refund_lines r
                    join refunds f on f.id = r.refund_id and f.status <> 'failed'
                    join order_lines l on l.id = r.order_line_id
                    group by l.id, l.quantity having sum(r.quantity) > l.quantity",
    },
];

/// True at every moment, of the money of every order: what came twice or too late goes back.
pub(crate) const OF_REFUNDS: [Claim; 5] = [
    Claim {
        // A refund that the gateway refused is a person's to pay out: it is not kept. The servers' own practice gateways refuse
        // them all, as no buyer of the bench has ever paid there; no payment service may (`books.rs`).
        says: "the shop keeps no more money than an order costs, and none of one that was called off",
        broken_by:
            "select concat(o.number, ' (', o.status, ') costs ', o.total_amount, ', got ', p.paid, ', gave back ',
                                  coalesce(r.back, 0))
                    from orders o
                    join (select order_id, sum(amount) as paid from payments where status = 'paid'
                          group by order_id) p on p.order_id = o.id
                    left join (select order_id, sum(amount) as back from refunds
                               group by order_id) r on r.order_id = o.id
                    where p.paid - coalesce(r.back, 0) > case when o.status = 'cancelled' then 0
                                                               else o.total_amount - o.called_off_amount end",
    },
    Claim {
        says: "money of another amount does nothing by itself",
        broken_by: "select concat(event_key, ' came to ', outcome) from payment_inbox
                    where event_key like 'evt-%-wrong' and outcome not in ('other_amount', 'ignored')",
    },
    Claim {
        says: "every notification can be applied at once",
        broken_by: "select concat(event_key, ' met ', trouble, ': ', coalesce(trouble_detail, ''))
                    from payment_inbox where trouble is not null",
    },
    Claim {
        says: "of each kind there is one letter about a refund",
        broken_by: "select concat('refund ', refund_id, ' has ', count(*), ' letters of ', kind)
                    from mail_outbox where refund_id is not null group by refund_id, kind having count(*) > 1",
    },
    Claim {
        says: "no more money goes back than a payment brought",
        broken_by: "select concat('payment ', p.reference, ' brought ', p.amount, ' and gave back ', sum(r.amount))
                    from refunds r join payments p on p.id = r.payment_id
                    where r.status <> 'failed' group by p.id, p.reference, p.amount having sum(r.amount) > p.amount",
    },
];

/// True at every moment, of every voucher.
pub(crate) const OF_VOUCHERS: [Claim; 7] = [
    Claim {
        says: "a voucher counts the orders that use it",
        broken_by: "select concat(v.code, ' counts ', v.used, ' and is used by ', coalesce(u.uses, 0))
                    from vouchers v
                    left join (select voucher_id, count(*) as uses from voucher_uses where given_back_at is null
                               group by voucher_id) u on u.voucher_id = v.id
                    where v.used <> coalesce(u.uses, 0)",
    },
    Claim {
        says: "no voucher is used more often than it may be",
        broken_by: "select concat(code, ' is used ', used, ' times of ', total_limit)
                    from vouchers where used > total_limit",
    },
    Claim {
        says: "no voucher for goods is used up without taking something off",
        broken_by: "select concat(v.code, ' took nothing off ', o.number)
                    from voucher_uses u join vouchers v on v.id = u.voucher_id join orders o on o.id = u.order_id
                    where v.kind <> 'free_delivery' and o.voucher_discount_amount = 0",
    },
    Claim {
        says: "nobody uses a voucher more often than one may",
        broken_by: "select concat(v.code, ' is used ', count(*), ' times by customer ', u.customer_id)
                    from voucher_uses u join vouchers v on v.id = u.voucher_id
                    where u.given_back_at is null and v.customer_limit is not null
                    group by v.id, v.code, v.customer_limit, u.customer_id having count(*) > v.customer_limit",
    },
    Claim {
        // Whether an order that was called off was one at that moment stands in no row.
        says: "a voucher for a first order is used by no later one",
        broken_by: "select concat(v.code, ' is used by order ', u.order_id, ' after order ', e.id)
                    from voucher_uses u
                    join vouchers v on v.id = u.voucher_id and v.first_order_only
                    join orders e on e.customer_id = u.customer_id and e.id < u.order_id
                    where u.given_back_at is null
                      and not exists (select 1 from order_history h
                                      where h.order_id in (e.id, u.order_id) and h.status = 'cancelled')",
    },
    Claim {
        says: "every order that stands uses its voucher, and every order that was called off has given it back",
        broken_by: "select concat(o.number, ' is ', o.status, ' and gave its voucher back ',
                                  coalesce(u.given_back_at, 'never'))
                    from voucher_uses u join orders o on o.id = u.order_id
                    where (o.status = 'cancelled') <> (u.given_back_at is not null)",
    },
    Claim {
        says: "a voucher of one's own is used by the order that uses it, and by no other",
        broken_by: "select concat('gift ', g.id, ' of customer ', g.customer_id, ' is used by order ', g.used_by_order)
                    from customer_vouchers g
                    left join voucher_uses u on u.order_id = g.used_by_order and u.voucher_id = g.voucher_id
                                            and u.customer_id = g.customer_id and u.given_back_at is null
                    where g.used_by_order is not null and u.order_id is null",
    },
];

/// True when the time of every hold and of every unpaid order has run out and nobody does anything.
pub(crate) const AT_REST: [Claim; 3] = [
    Claim {
        says: "nothing stays reserved",
        broken_by: "select concat('variant ', variant_id, ' has ', reserved, ' reserved') from stock where reserved <> 0",
    },
    Claim {
        says: "no order waits for money for ever",
        broken_by: "select concat(number, ' should have been paid by ', pay_by) from orders
                    where status = 'pending_payment'",
    },
    Claim {
        says: "no notification waits for ever",
        broken_by: "select concat(event_key, ' of ', received_at) from payment_inbox where applied_at is null",
    },
];
