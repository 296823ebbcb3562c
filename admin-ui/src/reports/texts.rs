//! What the dashboard says.

use domain::texts;

texts! {
    /// The dashboard's words.
    pub(crate) enum DashboardText {
        Title => "Ringkasan", "Overview";
        AllRight => "Toko berjalan baik", "The shop is running well";
        NotAllRight => "Toko perlu perhatian", "The shop needs attention";
        ServingAt { url: String } => "Melayani pembeli di {url}", "Serving shoppers at {url}";
        DatabaseUp => "Basis data tersambung", "Database connected";
        DatabaseDown => "Basis data tidak menjawab; toko mencoba lagi sendiri", "The database does not answer; the shop keeps trying";
        OneReview => "1 pembayaran perlu diperiksa", "1 payment needs a look";
        NeedReview { count: u64 } => "{count} pembayaran perlu diperiksa", "{count} payments need a look", one count: "{count} payment needs a look";

        ToDo => "Perlu dikerjakan", "To do";
        ToShip => "Siap dikirim", "To ship";
        ToShipHint => "Kemas, lalu serahkan ke kurir", "Pack, then hand to the courier";
        AwaitingPayment => "Menunggu pembayaran", "Awaiting payment";
        AwaitingHint => "Otomatis batal bila lewat batas", "Cancelled when time runs out";
        Review => "Pembayaran diperiksa", "Payments to check";
        ReviewHint => "Ada bukti transfer, jumlah, atau waktu yang perlu dicek", "A proof of transfer, an amount or a time needs a look";
        LowStock => "Stok menipis", "Low stock";
        LowStockHint => "Varian di batas atau di bawahnya", "Variants at or below their limit";

        Today => "Hari ini", "Today";
        Week => "7 hari terakhir", "Last 7 days";
        OrderCount { count: u64 } => "{count} pesanan", "{count} orders", one count: "{count} order";
        OneOrder => "1 pesanan", "1 order";
        WeekBefore { before: String } => "7 hari sebelumnya: {before}", "7 days before: {before}";
        TodayBefore { before: String } => "kemarin sampai jam ini: {before}", "yesterday by this time: {before}";
        NothingBefore => "belum ada pembanding", "nothing to compare with yet";
        ChangeUp { percent: i64 } => "naik {percent} %", "up {percent}%";
        ChangeDown { percent: i64 } => "turun {percent} %", "down {percent}%";
        ChangeNone => "tetap", "unchanged";

        ChartTitle => "Penjualan 30 hari", "Sales over 30 days";
        ChartSummary { total: String, best: String, day: String } => "Penjualan 30 hari terakhir: {total}. Hari terbaik {day} dengan {best}.", "Sales of the last 30 days: {total}. Best day {day} with {best}.";
        ChartTotal => "Jumlah 30 hari", "Total of 30 days";
        ChartEmpty => "Belum ada penjualan dalam 30 hari terakhir.", "No sales in the last 30 days yet.";
        ShowTable => "Tampilkan tabel", "Show as table";
        ShowChart => "Tampilkan grafik", "Show as chart";
        Day => "Hari", "Day";
        Sales => "Penjualan", "Sales";
        Orders => "Pesanan", "Orders";

        Latest => "Pesanan terbaru", "Latest orders";
        AllOrders => "Semua pesanan", "All orders";
        NoOrders => "Belum ada pesanan", "No orders yet";
        NoOrdersHint => "Begitu pembeli memesan, pesanannya muncul di sini seketika.", "As soon as a shopper orders, it shows here at once.";
        AllLow => "Semua stok menipis", "All low stock";
        NothingLow => "Stok aman", "Stock is fine";
        NothingLowHint => "Tidak ada varian di bawah batasnya.", "No variant is below its limit.";
        Left { available: u32 } => "sisa {available}", "{available} left";
        SoldOut => "habis", "sold out";
    }
}
