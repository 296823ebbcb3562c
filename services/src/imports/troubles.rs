//! What was refused, left out or not found, as a file that a spreadsheet opens: a row for each, by line and column.

use domain::imports::{ImportReport, Verdict};
use domain::locale::Locale;
use domain::reference::Report;
use domain::texts;

use super::{cells, export};
use crate::error::Result;

texts! {
    /// The names of the columns, and what a row is about.
    enum Words {
        Line => "Baris", "Line";
        Product => "Produk", "Product";
        Column => "Kolom", "Column";
        What => "Isi", "Content";
        Why => "Alasan", "Reason";
        Cells { count: u32 } => "{count} sel, misalnya: ", "{count} cells, such as: ", one count: "1 cell: ";
        Kind => "Jenis", "Kind";
        Which => "Yang mana", "Which";
        Became => "Akibatnya", "Outcome";
        Remark => "Keterangan", "Remark";
    }
}

/// All that is wrong with a file of products.
pub fn troubles(report: &ImportReport, locale: Locale) -> Result<Vec<u8>> {
    let head = [Words::Line, Words::Product, Words::Column, Words::What, Words::Why];
    let mut rows = vec![head.map(|word| word.text(locale)).to_vec()];
    for product in &report.products {
        let Verdict::Refused(troubles) = &product.verdict else { continue };
        for trouble in troubles {
            let (line, column) = (trouble.line.to_string(), trouble.column.clone());
            rows.push(vec![line, product.name.clone(), column, String::new(), trouble.message.text(locale)]);
        }
    }
    for left in &report.left_out {
        let what = format!("{}{}", Words::Cells { count: left.cells }.text(locale), left.example);
        rows.push(vec![left.line.to_string(), String::new(), left.column.clone(), what, left.why.text(locale)]);
    }
    for missing in &report.missing_pictures {
        let (line, why) = (missing.line.to_string(), missing.why.text(locale));
        rows.push(vec![line, String::new(), String::new(), missing.name.clone(), why]);
    }
    written(&rows)
}

/// All that is to be known of the former shop's data.
pub fn remarks(report: &Report, locale: Locale) -> Result<Vec<u8>> {
    let head = [Words::Kind, Words::Which, Words::Became, Words::Remark];
    let mut rows = vec![head.map(|word| word.text(locale)).to_vec()];
    for remark in &report.remarks {
        let (kind, became) = (remark.kind.label(locale).to_owned(), remark.verdict.label(locale).to_owned());
        rows.push(vec![kind, remark.which.clone(), became, remark.finding.text(locale)]);
    }
    written(&rows)
}

fn written(rows: &[Vec<String>]) -> Result<Vec<u8>> {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| cells::harmless(cell)).collect()).collect();
    let mut file = export::MARK.to_vec();
    file.extend(export::lines(&rows)?);
    Ok(file)
}

#[cfg(test)]
mod tests {
    use domain::imports::{Encoding, FileForm, ImportReport, ImportedProduct, Separator, Trouble, Verdict};
    use domain::locale::Locale;
    use domain::message::Message;

    use super::troubles;

    #[test]
    fn what_was_refused_is_told_by_line_and_no_cell_of_it_runs() {
        let trouble = Trouble::new(3, "harga", Message::Required);
        let verdict = Verdict::Refused(vec![trouble]);
        let report = ImportReport {
            form: FileForm::Products,
            encoding: Encoding::Utf8,
            separator: Separator::Comma,
            rows: 2,
            products: vec![
                ImportedProduct { line: 2, rows: 1, name: "Teko".to_owned(), verdict: Verdict::New },
                ImportedProduct { line: 3, rows: 1, name: "=1+1".to_owned(), verdict },
            ],
            left_out: Vec::new(),
            missing_pictures: Vec::new(),
        };
        let text = String::from_utf8(troubles(&report, Locale::English).unwrap()).unwrap();
        assert!(text.starts_with("\u{feff}Line,Product,Column,Content,Reason\r\n3,'=1+1,harga,,"), "{text}");
        assert!(!text.contains("Teko"), "{text}");
    }
}
