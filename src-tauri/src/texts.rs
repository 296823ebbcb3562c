//! The few words of the desktop outside its window: tray, notifications and the system's dialogs.

use domain::texts;

texts! {
    /// Words for the tray, the notifications and the system's dialogs.
    pub(crate) enum DesktopText {
        TrayTip => "Etalase: toko buka", "Etalase: the shop is open";
        TrayOpen => "Buka meja kerja", "Open the desk";
        TrayStorefront => "Lihat toko di browser", "View the shop in the browser";
        TrayQuit => "Tutup toko dan keluar", "Close the shop and quit";
        StillOpenTitle => "Toko tetap buka", "The shop stays open";
        StillOpenBody => "Etalase terus melayani pembeli. Tutup toko lewat ikon di baki sistem.", "Etalase keeps serving shoppers. Close the shop from the icon in the tray.";
        ChooseFile => "Pilih file untuk diimpor", "Choose a file to import";
        ChoosePictureFolder => "Pilih folder gambar", "Choose the folder of pictures";
        ChoosePictureZip => "Pilih ZIP berisi gambar", "Choose the ZIP with the pictures";
        SaveFile => "Simpan file", "Save the file";
        KindsOfFiles => "File produk (CSV) atau data toko lama (JSON)", "Product files (CSV) or a former shop's data (JSON)";
        ZipFiles => "File ZIP", "ZIP files";
        AllFiles => "Semua file", "All files";
        GoodsFile => "produk", "products";
        TroublesFile => "perlu-diperbaiki", "to-fix";
        NotificationOpen => "Buka", "Open";
        PlacedTitle => "Pesanan baru, bayar di tempat", "New order, pay on delivery";
        PaidTitle => "Pesanan sudah dibayar", "Order paid";
        OrderNumber { number: String } => "{number}", "{number}";
        OrderBody { number: String, total: String, name: String } => "{number} · {total} · {name}", "{number} · {total} · {name}";
    }
}
