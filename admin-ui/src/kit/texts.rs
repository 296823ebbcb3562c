//! What the kit itself says, whatever screen it is used in.

use domain::texts;

texts! {
    /// The kit's words.
    pub(crate) enum KitText {
        Loading => "Memuat…", "Loading…";
        SomethingFailed => "Bagian ini belum bisa ditampilkan", "This part cannot be shown yet";
        Retry => "Coba lagi", "Try again";
        Reload => "Muat ulang", "Load again";

        Keep => "Tidak jadi", "Not now";
        Save => "Simpan", "Save";
        Working => "Menyimpan…", "Saving…";
        Close => "Tutup", "Close";

        Unsaved => "Ada perubahan yang belum disimpan.", "There are unsaved changes.";
        SaveKeys => "Ctrl+S menyimpan", "Ctrl+S saves";
        UndoSave => "Urungkan simpanan terakhir", "Undo the last save";
        Revert => "Kembalikan", "Discard";

        LeaveTitle => "Keluar tanpa menyimpan?", "Leave without saving?";
        Leave => "Keluar tanpa menyimpan", "Leave without saving";
        Stay => "Tetap di sini", "Stay here";
        SaveAndLeave => "Simpan dan keluar", "Save and leave";

        ClearSearch => "Hapus pencarian", "Clear the search";
        BeyondEnd => "Halaman ini sudah lewat akhir daftar", "This page is beyond the end of the list";
        BeyondEndHint { last: u32 } => "Daftarnya kini {last} halaman.", "The list now has {last} pages.";
        LastPage => "Ke halaman terakhir", "To the last page";
        PreviousPage => "Halaman sebelumnya", "Previous page";
        NextPage => "Halaman berikutnya", "Next page";
        Pages => "Halaman daftar", "Pages of the list";
        FirstPage => "Halaman pertama", "First page";
        Range { from: u64, to: u64, total: u64 } => "{from}–{to} dari {total}", "{from}–{to} of {total}";

        Notifications => "Pemberitahuan", "Notifications";
        View => "Lihat", "View";
        Undo => "Urungkan", "Undo";
    }
}
