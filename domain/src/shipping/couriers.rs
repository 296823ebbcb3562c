//! Couriers that owners name, and where each tells how a parcel stands.

/// Words by which a courier is known, and its page; `{}` stands for the number where the page takes one.
const COURIERS: [(&[&str], &str); 12] = [
    (&["jne"], "https://www.jne.co.id/tracking-package"),
    (&["jnt", "jt", "jet"], "https://jet.co.id/track"),
    (&["sicepat"], "https://www.sicepat.com/checkAwb"),
    (&["anteraja"], "https://anteraja.id/tracking/{}"),
    (&["pos", "posindonesia", "posaja"], "https://www.posindonesia.co.id/id/tracking/{}"),
    (&["tiki"], "https://www.tiki.id/id/track"),
    (&["ninja", "ninjaxpress", "ninjavan"], "https://www.ninjaxpress.co/id-id/tracking?id={}"),
    (&["lion", "lionparcel"], "https://lionparcel.com/track/stt?q={}"),
    (&["spx", "shopeexpress"], "https://spx.co.id/track?{}"),
    (&["dhl"], "https://www.dhl.com/id-id/home/tracking.html?tracking-id={}"),
    (&["fedex"], "https://www.fedex.com/fedextrack/?trknbr={}"),
    (&["ups"], "https://www.ups.com/track?tracknum={}"),
];

/// Where a parcel is followed, when its courier is known: `JNE REG` is JNE.
pub fn tracking_page(courier: &str, number: &str) -> Option<String> {
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let (whole, first) = (plain(courier), plain(courier.split_whitespace().next().unwrap_or_default()));
    let is_safe = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let (_, page) = COURIERS.iter().find(|(names, _)| names.iter().any(|name| *name == whole || *name == first))?;
    is_safe.then(|| page.replace("{}", number))
}

#[cfg(test)]
mod tests {
    use super::tracking_page;

    #[test]
    fn a_courier_is_known_however_its_name_is_written() {
        for name in ["AnterAja", "anteraja reguler", "Anter-Aja"] {
            assert_eq!(tracking_page(name, "1000-2").as_deref(), Some("https://anteraja.id/tracking/1000-2"), "{name}");
        }
        assert!(tracking_page("J&T Express", "JP123").is_some() && tracking_page("JNE YES", "1").is_some());
        assert_eq!(tracking_page("Kurir Pak Budi", "1"), None);
        for odd in ["", "a b", "1&x=2", "\"><script>"] {
            assert_eq!(tracking_page("dhl", odd), None, "{odd}");
        }
    }
}
