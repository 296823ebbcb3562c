//! The claims about memberships and their money, in the form of the others.

use super::claims::Claim;

/// True at every moment.
pub(crate) const OF_MEMBERS: [Claim; 9] = [
    Claim {
        says: "a customer has one living membership at most, and one purchase that waits",
        broken_by: "select concat('customer ', customer_id, ' has ', count(*), ' living memberships')
                    from memberships where status = 'active' group by customer_id having count(*) > 1
                    union all
                    select concat('customer ', customer_id, ' has ', count(*), ' purchases that wait')
                    from membership_purchases where status = 'pending' group by customer_id having count(*) > 1",
    },
    Claim {
        says: "a paid purchase is in one membership once: none is longer than what was paid for it",
        broken_by: "select concat('membership ', m.id, ' runs from ', m.started_at, ' to ', m.ends_at, ' for ',
                                  coalesce(b.days, 0), ' days that were paid')
                    from memberships m
                    left join (select membership_id, sum(case period when 'yearly' then 366 else 31 end) as days
                               from membership_purchases where status = 'paid' group by membership_id) b
                        on b.membership_id = m.id
                    where timestampdiff(hour, m.started_at, m.ends_at) > 24 * coalesce(b.days, 0)",
    },
    Claim {
        says: "every period that was paid is in its membership, whole",
        broken_by: "select concat('membership ', m.id, ' runs from ', m.started_at, ' to ', m.ends_at, ' for ', b.days,
                                  ' days that were paid at least')
                    from memberships m
                    join (select membership_id, sum(case period when 'yearly' then 365 else 28 end) as days
                          from membership_purchases where status = 'paid'
                          group by membership_id having sum(kind = 'upgrade') = 0) b on b.membership_id = m.id
                    where timestampdiff(hour, m.started_at, m.ends_at) < 24 * b.days",
    },
    Claim {
        says: "no membership is worth more than was bought for it",
        broken_by: "select concat('membership ', m.id, ' is worth ', m.value_amount, ' of ', coalesce(b.price, 0))
                    from memberships m
                    left join (select membership_id, sum(price_amount) as price from membership_purchases
                               where status = 'paid' group by membership_id) b on b.membership_id = m.id
                    where m.value_amount > coalesce(b.price, 0)",
    },
    Claim {
        says: "what is paid has its money, unless there was nothing to pay",
        broken_by: "select concat(b.number, ' of ', b.due_amount, ' is paid without a payment')
                    from membership_purchases b
                    where b.status = 'paid' and b.due_amount > 0
                      and not exists (select 1 from payments p where p.membership_purchase_id = b.id
                                      and p.status = 'paid')",
    },
    Claim {
        // What staff give back when they end a membership is theirs to decide.
        says: "what a paid purchase kept of its money is what it cost",
        broken_by: "select concat(b.number, ' (', b.kind, ') cost ', b.due_amount, ' and kept ',
                                  coalesce(p.came, 0) - coalesce(r.back, 0))
                    from membership_purchases b
                    left join (select membership_purchase_id, sum(amount) as came from payments
                               where status = 'paid' group by membership_purchase_id) p
                        on p.membership_purchase_id = b.id
                    left join (select membership_purchase_id, sum(amount) as back from refunds
                               where actor_kind <> 'staff' group by membership_purchase_id) r
                        on r.membership_purchase_id = b.id
                    where b.status = 'paid' and coalesce(p.came, 0) - coalesce(r.back, 0) <> b.due_amount",
    },
    Claim {
        says: "only an upgrade costs less than its plan",
        broken_by: "select concat(number, ' (', kind, ') cost ', due_amount, ' of ', price_amount)
                    from membership_purchases where status = 'paid' and kind <> 'upgrade' and due_amount <> price_amount",
    },
    Claim {
        says: "money that no membership took goes back whole",
        broken_by: "select concat(b.number, ' is ', b.status, ', got ', p.amount, ' and gave back ',
                                  (select coalesce(sum(r.amount), 0) from refunds r where r.payment_id = p.id))
                    from payments p join membership_purchases b on b.id = p.membership_purchase_id
                    where p.status = 'paid' and b.status <> 'paid'
                      and p.amount <> (select coalesce(sum(r.amount), 0) from refunds r where r.payment_id = p.id)",
    },
    Claim {
        says: "of several payments for one purchase one is kept at most",
        broken_by: "select concat(b.number, ' kept ', count(*), ' payments')
                    from payments p join membership_purchases b on b.id = p.membership_purchase_id
                    where p.status = 'paid'
                      and p.amount > (select coalesce(sum(r.amount), 0) from refunds r where r.payment_id = p.id)
                    group by b.id, b.number having count(*) > 1",
    },
];

/// True when the time of everything has run out.
pub(crate) const MEMBERS_AT_REST: Claim = Claim {
    says: "no purchase of a membership waits for ever",
    broken_by: "select concat(number, ' should have been paid by ', pay_by) from membership_purchases
                where status = 'pending'",
};
