//! What the command line says of files that are taken in and written.

use domain::texts;

texts! {
    /// Goods from files and to files.
    pub(crate) enum Files {
        Row { line: u32, message: String } => "Baris {line}: {message}", "Line {line}: {message}";
        Cell { line: u32, column: String, message: String } => "Baris {line}, kolom “{column}”: {message}", "Line {line}, column “{column}”: {message}";
        LeftOut { column: String, why: String, cells: u32, line: u32, example: String } =>
            "Tidak diambil: kolom “{column}”, {cells} sel, pertama di baris {line} (“{example}”). {why}",
            "Left out: column “{column}”, {cells} cells, the first in line {line} (“{example}”). {why}",
            one cells: "Left out: column “{column}”, 1 cell, in line {line} (“{example}”). {why}";
        MissingPicture { line: u32, name: String, why: String } => "Gambar belum ada: baris {line}, “{name}”. {why}", "Picture missing: line {line}, “{name}”. {why}";
        TakenIn { new: u32, changed: u32, unchanged: u32 } => "Produk baru: {new}. Diubah: {changed}. Tetap sama: {unchanged}.", "New products: {new}. Changed: {changed}. Unchanged: {unchanged}.";
        WouldBeTakenIn { new: u32, changed: u32, unchanged: u32 } =>
            "Belum ada yang disimpan. Produk baru: {new}. Akan diubah: {changed}. Tetap sama: {unchanged}.",
            "Nothing was saved yet. New products: {new}. To be changed: {changed}. Unchanged: {unchanged}.";
        Refused { count: u32 } => "Ditolak: {count} produk. Perbaiki baris di atas, lalu impor lagi file yang sama.", "Refused: {count} products. Fix the lines above and import the same file again.", one count: "Refused: 1 product. Fix the lines above and import the same file again.";
        NotReached { count: u32 } => "Dihentikan sebelum {count} produk. Impor lagi file yang sama untuk melanjutkan.", "Stopped before {count} products. Import the same file again to go on.", one count: "Stopped before 1 product. Import the same file again to go on.";
        Written { count: u32, file: String } => "{count} produk ditulis ke {file}.", "{count} products written to {file}.", one count: "1 product written to {file}.";
    }
}
