//! The content security policy of the page: the scripts and styles that stand in it are allowed by their hashes, for nothing
//! else that stands in the page may run.

use crate::hash;
use std::collections::BTreeSet;

/// What `index.html` has in place of the hashes.
const SCRIPTS: &str = "'hashes-of-scripts'";
const STYLES: &str = "'hashes-of-styles'";

/// The page with the hashes in its policy. Trunk's own server changes its script with each request, so there any script
/// may stand in the page.
pub fn fill_in(page: &str, developing: bool) -> Result<String, String> {
    let hashes = |tag| contents(page, tag).into_iter().map(|c| format!("'{}'", hash(c.as_bytes())));
    // Each once.
    let list = |tag| hashes(tag).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ");
    let scripts = if developing { "'unsafe-inline'".to_owned() } else { list("script") };
    let mut filled = page.to_owned();
    for (place, hashes) in [(SCRIPTS, scripts), (STYLES, list("style"))] {
        if filled.matches(place).count() != 1 {
            return Err(format!("index.html should have {place} once, in its policy"));
        }
        filled = filled.replace(place, &hashes);
    }
    Ok(filled)
}

/// What stands in all elements of this name that have their content in the page.
fn contents<'a>(page: &'a str, tag: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find(&open) {
        rest = &rest[start + open.len()..];
        let named = rest.starts_with([' ', '>', '\n']);
        let Some((attributes, after)) = rest.split_once('>').filter(|_| named) else {
            continue;
        };
        let Some((content, after)) = after.split_once(&close) else {
            break;
        };
        if !attributes.contains("src=") {
            found.push(content);
        }
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<meta content=\"script-src 'self' 'hashes-of-scripts'; style-src 'hashes-of-styles'\">\
        <script defer src=a.js></script><style>p{}</style><script type=module>go()</script>\n<script>go()</script>\
        <noscript></noscript><style media=print>q{}</style>";

    #[test]
    fn what_stands_in_the_page_is_allowed_by_its_hash_and_nothing_else_is() {
        let filled = fill_in(PAGE, false).expect("a page");
        // echo -n 'go()' | openssl dgst -sha256 -binary | base64, and so on
        let script = "'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='";
        assert!(filled.contains(&format!("script-src 'self' {script};")), "{filled}");
        assert_eq!(filled.matches("sha256-").count(), 3);
    }

    #[test]
    fn a_page_of_trunks_own_server_may_have_any_script() {
        let filled = fill_in(PAGE, true).expect("a page");
        assert!(filled.contains("script-src 'self' 'unsafe-inline';"), "{filled}");
    }

    #[test]
    fn a_page_without_a_policy_is_refused() {
        assert!(fill_in("<style></style>", false).is_err());
    }
}
