//! A file at hand: how its content is found out, and what the window is told of it.

use std::sync::Arc;

use domain::imports::{self as told, AtHand, FormerAtHand, GoodsAtHand};

use super::{Content, File, Outcome};
use crate::Shop;
use crate::error::{Error, Result};
use crate::imports::{self, Mapping};
use crate::reference::Former;

/// How many pictures that were not found the window is told by name.
const MOST_MISSING: usize = 100;

impl Content {
    /// What a file is: the former shop's data are JSON, and no table is.
    pub(super) async fn read(shop: &Shop, bytes: Vec<u8>) -> Result<Self> {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        if text.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{') {
            let read = tokio::task::spawn_blocking(move || Former::read(&bytes)).await.map_err(Error::internal)?;
            return Ok(Self::Former { former: Arc::new(read?), report: None });
        }
        let file = imports::read_found(shop, bytes.clone(), Mapping::new()).await?;
        let (bytes, file) = (Arc::new(bytes), Arc::new(file));
        Ok(Self::Goods { bytes, mapping: Mapping::new(), file, report: None })
    }

    /// Keeps what a task has found out.
    pub(super) fn keep(&mut self, outcome: Outcome) {
        match (self, outcome) {
            (Self::Goods { report, .. }, Outcome::Goods(found)) => *report = Some(Arc::new(found)),
            (Self::Former { report, .. }, Outcome::Former(found)) => *report = Some(Arc::new(found)),
            (Self::Goods { .. }, Outcome::Former(_)) | (Self::Former { .. }, Outcome::Goods(_)) => {}
        }
    }
}

impl File {
    /// Whether nobody knows yet what its columns are.
    pub(super) fn lacks(&self) -> bool {
        matches!(&self.content, Content::Goods { file, .. } if file.lacks().is_some())
    }

    pub(super) fn rows(&self) -> u32 {
        match &self.content {
            Content::Goods { file, .. } => file.rows(),
            Content::Former { .. } => 0,
        }
    }

    /// What the window is told.
    pub(super) fn shown(&self) -> AtHand {
        let content = match &self.content {
            Content::Goods { file, report, mapping, .. } => {
                let missing = report.as_deref().map(|it| it.missing_pictures.as_slice()).unwrap_or_default();
                let mut columns = file.columns().to_vec();
                // What was chosen is shown as it was chosen.
                for column in &mut columns {
                    if let Some(chosen) = mapping.get(&column.name) {
                        column.ours.clone_from(chosen);
                    }
                }
                told::Content::Goods(Box::new(GoodsAtHand {
                    form: file.form(),
                    encoding: file.encoding(),
                    separator: file.separator(),
                    rows: file.rows(),
                    columns,
                    lacks: file.lacks().cloned(),
                    counts: report.as_deref().map(|report| report.counts()),
                    left_out: report.as_deref().map(|report| report.left_out.clone()).unwrap_or_default(),
                    missing: u32::try_from(missing.len()).unwrap_or(u32::MAX),
                    missing_pictures: missing.iter().take(MOST_MISSING).cloned().collect(),
                }))
            }
            Content::Former { report, .. } => told::Content::Former(match report {
                None => FormerAtHand::default(),
                Some(report) => FormerAtHand {
                    tallies: report.tallies.iter().map(|(kind, tally)| (*kind, *tally)).collect(),
                    remarks: u32::try_from(report.remarks.len()).unwrap_or(u32::MAX),
                },
            }),
        };
        let pictures = self.pictures.as_ref().map(|pictures| pictures.name.clone());
        let stage = self.stage.clone();
        AtHand { run: self.run, file: self.name.clone(), pictures, content, stage }
    }
}
