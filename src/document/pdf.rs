//! PDF: the text of its pages in the order in which it is drawn, alternative texts, and what the file says of itself.
//!
//! What is not promised: pages that are pictures, signs that the file gives no meaning, and the order of columns that are
//! drawn line by line across the page. The first two are told; offsets lead to the file as a whole.

mod bombs;

use hayro_cmap::BfString;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache, InterpreterSettings, SoftMask,
    interpret_page,
};
use hayro_syntax::object::{Dict, Stream};
use hayro_syntax::{LoadPdfError, Pdf};
use kurbo::{Affine, BezPath, Point, Rect};

use super::{Document, DocumentBuilder, Limits, PlaceId, ReadError, Role, Step, Unpacker, Unreadable};

/// The most text that is taken out of one file, in bytes: a page may be drawn over and over.
const MOST_TEXT: usize = 64 << 20;

/// Reads PDF.
#[derive(Debug)]
pub(super) struct PdfReader;

impl Unpacker for PdfReader {
    fn unpack(&self, source: &[u8], limits: &Limits) -> Result<Document<'static>, Unreadable> {
        bombs::look_for(source, limits)?;
        let pdf = Pdf::new(source.to_vec()).map_err(|e| match e {
            LoadPdfError::Decryption(_) => Unreadable::Encrypted,
            LoadPdfError::Invalid => Unreadable::Broken("PDF"),
        })?;
        let len = u32::try_from(source.len()).map_err(|_| Unreadable::TooBig(u64::from(u32::MAX)))?;
        let mut b = DocumentBuilder::default();
        let (_, place) = b.part("", source.len()).ok_or(Unreadable::TooBig(u64::from(u32::MAX)))?;
        let mut out = Out { b: &mut b, len, place };
        let pages = out.pages(&pdf)?;
        out.metadata(&pdf);
        // A tree of pages that leads nowhere.
        if pages.all == 0 {
            return Err(Unreadable::Broken("PDF"));
        }
        if pages.with_text == 0 {
            return Err(Unreadable::OnlyPictures);
        }
        if pages.pictures > 0 {
            b.fault(ReadError { message: format!("pages without text: {}", pages.pictures), at: 0 });
        }
        if pages.dark * 20 > pages.signs {
            b.fault(ReadError { message: "signs whose meaning the file does not tell".to_owned(), at: 0 });
        }
        Ok(b.finish())
    }
}

#[derive(Default)]
struct Pages {
    all: usize,
    with_text: usize,
    /// Pages with pictures and no text.
    pictures: usize,
    signs: usize,
    /// Signs without a meaning.
    dark: usize,
}

struct Out<'b> {
    b: &'b mut DocumentBuilder,
    len: u32,
    place: PlaceId,
}

impl Out<'_> {
    fn pages(&mut self, pdf: &Pdf) -> Result<Pages, Unreadable> {
        let mut sums = Pages::default();
        let cache = InterpreterCache::new();
        let numbered = self.b.places.named(Some(self.place), "page=");
        let mut text_len = 0;
        for (number, page) in (1..).zip(pdf.pages().iter()) {
            let mut context =
                Context::new(Affine::IDENTITY, Rect::new(0.0, 0.0, 1.0, 1.0), &cache, pdf.xref(), InterpreterSettings::default());
            let mut reader = PageReader::default();
            interpret_page(page, &mut context, &mut reader);
            sums.all += 1;
            sums.signs += reader.signs;
            sums.dark += reader.dark;
            text_len += reader.text.len();
            if text_len > MOST_TEXT {
                return Err(Unreadable::TooBig(MOST_TEXT as u64));
            }
            let place = self.b.places.add(Some(numbered), Step::Number(number));
            let has_text = !reader.text.trim().is_empty();
            sums.with_text += usize::from(has_text);
            sums.pictures += usize::from(!has_text && reader.pictures > 0);
            for block in reader.text.split("\n\n") {
                self.region(Role::Body, block, place);
            }
            for text in reader.alternatives {
                self.region(Role::Alt, &text, place);
            }
            self.links(page.raw(), place);
        }
        Ok(sums)
    }

    /// Targets of links, and words of notes on the page.
    fn links(&mut self, page: &Dict<'_>, place: PlaceId) {
        let Some(notes) = page.get::<hayro_syntax::object::Array<'_>>("Annots") else { return };
        for note in notes.iter::<Dict<'_>>() {
            let text = |dict: &Dict<'_>, key: &str| dict.get::<hayro_syntax::object::String>(key).map(|s| pdf_text(s.as_bytes()));
            let target = note.get::<Dict<'_>>("A").and_then(|action| text(&action, "URI"));
            for (role, said) in [
                (Role::Url, target),
                (Role::Comment, text(&note, "Contents")),
                (Role::Staff, text(&note, "T")),
                (Role::Body, text(&note, "V")),
            ] {
                self.region(role, &said.unwrap_or_default(), place);
            }
        }
    }

    fn metadata(&mut self, pdf: &Pdf) {
        let known = pdf.metadata();
        for (name, value) in
            [("Title", &known.title), ("Author", &known.author), ("Subject", &known.subject), ("Keywords", &known.keywords)]
        {
            if let Some(value) = value {
                let place = self.b.places.named(Some(self.place), format!("info:{name}"));
                self.region(Role::Meta, &pdf_text(value), place);
            }
        }
        let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
        if let Some(stream) = root.and_then(|root| root.get::<Stream<'_>>("Metadata"))
            && let Ok(packet) = stream.decoded()
        {
            super::image::read_packet(self.b, &packet, self.place, self.len);
        }
    }

    fn region(&mut self, role: Role, text: &str, place: PlaceId) {
        let text = text.trim();
        if !text.is_empty() {
            self.b.open(role, Some(place), 0);
            self.b.text.replaced(text, 0, self.len);
            self.b.close();
        }
    }
}

/// A text string: UTF-16 or UTF-8 with a mark, else nearly Latin 1.
fn pdf_text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// Takes down the signs of a page as they are drawn: where the pen jumps, a word, a line or a paragraph ends.
#[derive(Default)]
struct PageReader {
    text: String,
    alternatives: Vec<String>,
    /// Where the last sign ended, and its height.
    last: Option<(Point, f64)>,
    signs: usize,
    dark: usize,
    pictures: usize,
}

impl PageReader {
    /// What the pen's way from the last sign to `at` means; sizes are heights of a letter.
    fn pass(&mut self, at: Point, size: f64) {
        let Some((from, before)) = self.last else { return };
        let size = size.max(before).max(0.1);
        let (right, down) = ((at.x - from.x) / size, (at.y - from.y).abs() / size);
        let sign = if down > 1.9 {
            "\n\n"
        } else if down > 0.5 || right < -1.0 {
            "\n"
        } else if right > 0.18 {
            " "
        } else {
            return;
        };
        let ends_so = self.text.ends_with(sign) || sign == " " && self.text.ends_with(char::is_whitespace);
        if !ends_so {
            self.text.push_str(sign);
        }
    }
}

impl Device<'_> for PageReader {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        if self.text.len() > MOST_TEXT {
            return;
        }
        for glyph in run.glyphs() {
            let place = props.transform * glyph.transform();
            let at = place * Point::ZERO;
            let size = (place * Point::new(0.0, 1000.0) - at).hypot();
            self.pass(at, size);
            let width = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(drawn) => drawn.advance_width(),
            };
            self.last = Some((place * Point::new(width.map_or(1000.0, f64::from), 0.0), size));
            self.signs += 1;
            match glyph.as_unicode() {
                Some(BfString::Char(c)) => self.text.push(c),
                Some(BfString::String(s)) => self.text.push_str(&s),
                None => {
                    self.dark += 1;
                    self.text.push('\u{fffd}');
                }
            }
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.pictures += 1;
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        if let Some(text) = properties.and_then(|p| p.get::<hayro_syntax::object::String>("Alt")) {
            self.alternatives.push(pdf_text(text.as_bytes()));
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
