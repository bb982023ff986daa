//! Links for others: as they are passed on, as they stand in other pages, and as pictures.

use crate::link::{Autoplay, Controls, Hidden, Link};
use crate::session::Locks;
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;

/// The same to be looked at in full: without what makes it a part of another page, free to be changed, and with all that can be
/// seen.
#[must_use]
pub fn full(link: &Link) -> Link {
    Link {
        embed: false,
        controls: Controls::default(),
        hide: Hidden::default(),
        lock: Locks::default(),
        autoplay: Autoplay::default(),
        ..link.clone()
    }
}

/// The same in a page of its own. What this link locks and hides, the next one does too: it would be a way around otherwise.
#[must_use]
pub fn passed_on(link: &Link) -> Link {
    Link { lock: link.lock, hide: link.hide, ..full(link) }
}

/// What is to be seen, for those who hear it.
#[must_use]
pub fn title(link: &Link) -> String {
    let config = &link.config;
    let mut names: Vec<&str> = Vec::new();
    for run in &config.runs {
        // What stands in parentheses tells variants apart, which the page does.
        let name = run.settings.optimizer.name;
        let name = name.split_once(" (").map_or(name, |(name, _)| name);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let place = match (&config.network, &config.problem) {
        (Some(_), _) => "a small network",
        (None, Some(matrix)) => matrix.spec.name,
        (None, None) => config.surface.spec.name,
    };
    match names.split_last() {
        None => format!("Descent Lab: {place}"),
        Some((last, [])) => format!("{last} on {place}"),
        Some((last, others)) => format!("{} and {last} on {place}", others.join(", ")),
    }
}

/// A fragment as it may stand in any address: what has no place there is percent-encoded. It reads back the same.
#[must_use]
pub fn fragment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&()*+,;=:@/?%".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Text in an attribute between double quotes, of HTML and of JSX.
#[must_use]
pub fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A text of Python between double quotes.
fn python(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// Where a page is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// A page of HTML.
    Html,
    /// mdBook.
    MdBook,
    /// `MkDocs`.
    MkDocs,
    /// Sphinx with `MyST`.
    Sphinx,
    /// Quarto.
    Quarto,
    /// A notebook of Jupyter.
    Jupyter,
    /// Docusaurus.
    Docusaurus,
}

impl System {
    /// All, in the order of the menu.
    pub const ALL: [Self; 7] =
        [Self::Html, Self::MdBook, Self::MkDocs, Self::Sphinx, Self::Quarto, Self::Jupyter, Self::Docusaurus];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Html => "HTML page",
            Self::MdBook => "mdBook",
            Self::MkDocs => "MkDocs",
            Self::Sphinx => "Sphinx with MyST",
            Self::Quarto => "Quarto",
            Self::Jupyter => "Jupyter",
            Self::Docusaurus => "Docusaurus",
        }
    }

    /// Where its lines go.
    #[must_use]
    pub const fn sentence(self, element: bool) -> &'static str {
        match (self, element) {
            (Self::Html, false) => "Paste it where it is to stand.",
            (Self::Html, true) => "Paste it where it is to stand; the script once a page.",
            (Self::MdBook | Self::MkDocs, _) => {
                "Paste it into the Markdown, with an empty line before and after."
            }
            (Self::Sphinx, _) => "Paste it into a Markdown file that MyST reads.",
            (Self::Quarto, _) => "Paste it into a .qmd file; it shows in HTML output.",
            (Self::Jupyter, _) => "Paste it into a code cell and run it; it is kept with the output.",
            (Self::Docusaurus, false) => {
                "Paste it into a .md or .mdx file; it is JSX, as Docusaurus reads both."
            }
            (Self::Docusaurus, true) => {
                "Put the script into docusaurus.config.js as the first line says, and the rest into a .md or .mdx file."
            }
        }
    }
}

/// What is put into another page.
pub struct Part<'a> {
    /// The address of the page, without a fragment.
    pub page: &'a str,
    /// The link, as [`fragment`] writes it.
    pub link: &'a str,
    /// What is seen.
    pub title: &'a str,
    /// How high it is, in CSS pixels.
    pub height: u32,
}

impl Part<'_> {
    fn address(&self) -> String {
        format!("{}#{}", self.page, self.link)
    }

    /// The folder that the page is in, where the element's script is too.
    fn folder(&self) -> &str {
        self.page.rfind('/').map_or("", |at| &self.page[..=at])
    }

    fn frame(&self) -> String {
        format!(
            "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"{}\" style=\"border:0\" loading=\"lazy\"></iframe>",
            attribute(&self.address()),
            attribute(self.title),
            self.height,
        )
    }

    fn script(&self) -> String {
        format!("<script type=\"module\" src=\"{}descent-lab.js\"></script>", attribute(self.folder()))
    }

    /// The element. What stands in it is for readers without JavaScript.
    fn element(&self, style: &str) -> String {
        let [link, address, title] = [self.link, &self.address(), self.title].map(attribute);
        format!("<descent-lab link=\"{link}\" {style}><a href=\"{address}\">{title}</a></descent-lab>")
    }

    /// As a frame or as an element, for this system.
    #[must_use]
    pub fn lines(&self, system: System, element: bool) -> String {
        let style = format!("style=\"display:block;height:{}px\"", self.height);
        let html = || {
            if element { format!("{}\n{}", self.script(), self.element(&style)) } else { self.frame() }
        };
        match system {
            System::Html => html(),
            // A block that Markdown does not look into: the element alone would be a paragraph.
            System::MdBook | System::MkDocs => format!("<div>\n{}\n</div>", html()),
            System::Sphinx => format!("```{{raw}} html\n{}\n```", html()),
            System::Quarto => format!("```{{=html}}\n{}\n```", html()),
            System::Jupyter if element => {
                let lines: Vec<String> =
                    html().lines().map(|line| format!("    {}", python(&format!("{line}\n")))).collect();
                format!("from IPython.display import HTML\n\nHTML(\n{}\n)", lines.join("\n"))
            }
            System::Jupyter => format!(
                "from IPython.display import IFrame\n\nIFrame({}, width=\"100%\", height={})",
                python(&self.address()),
                self.height,
            ),
            System::Docusaurus if element => format!(
                "{{/* docusaurus.config.js: scripts: [{{ src: {}, type: \"module\" }}] */}}\n{}",
                // Such strings are JavaScript's too.
                python(&format!("{}descent-lab.js", self.folder())),
                self.element(&format!("style={{{{ display: \"block\", height: {} }}}}", self.height)),
            ),
            System::Docusaurus => self.frame().replace("style=\"border:0\"", "style={{ border: 0 }}"),
        }
    }
}

/// The most bytes of an address that a QR code holds which cameras still read from a screen.
pub const QR_BYTES: usize = 1200;

/// An address as a QR code: its size in squares, and the dark ones as the path of a drawing, in squares; none where it is too
/// long.
#[must_use]
pub fn qr(address: &str) -> Option<(i32, String)> {
    let code = (address.len() <= QR_BYTES).then(|| QrCode::encode_text(address, QrCodeEcc::Low).ok())??;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    Some((code.size(), path))
}
