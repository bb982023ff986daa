//! The same names in the minified script.

use super::Names;
use std::collections::BTreeSet;

/// Renames `name:` of the imports and `.name` of the exports. Any other use of one of the names is more than this knows of.
pub fn rename(script: &str, imports: &Names, exports: &Names) -> Result<String, String> {
    let mut out = String::with_capacity(script.len());
    let mut seen = BTreeSet::new();
    let mut rest = script;
    while let Some(start) = rest.find(is_of_word) {
        out.push_str(&rest[..start]);
        let after = &rest[start..];
        let (word, tail) = after.split_at(after.find(|c| !is_of_word(c)).unwrap_or(after.len()));
        let import = imports.get(word).filter(|_| tail.starts_with(':') && !out.ends_with('.'));
        seen.extend(import.map(|_| word));
        let export = exports.get(word).filter(|_| out.ends_with('.'));
        match import.or(export) {
            Some(short) => out.push_str(short),
            None if imports.contains_key(word) || exports.contains_key(word) => {
                return Err(format!("the script uses {word} in an unexpected way"));
            }
            None => out.push_str(word),
        }
        rest = tail;
    }
    out.push_str(rest);
    for name in imports.keys() {
        if !seen.contains(name.as_str()) {
            return Err(format!("the script does not have {name}"));
        }
    }
    Ok(out)
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(pairs: &[(&str, &str)]) -> Names {
        pairs.iter().map(|(long, short)| ((*long).to_owned(), (*short).to_owned())).collect()
    }

    #[test]
    fn keys_of_imports_and_members_of_exports_are_renamed_as_whole_words() {
        let imports = names(&[("__wbg_fill_1", "a"), ("__wbg_fill_12", "b")]);
        let exports = names(&[("__wbindgen_free", "a")]);
        let script =
            "const i={__wbg_fill_12:(c=>{c.fill()}),__wbg_fill_1:z};L.__wbindgen_free(a,L.memory);`ü`";
        let want = "const i={b:(c=>{c.fill()}),a:z};L.a(a,L.memory);`ü`";
        assert_eq!(rename(script, &imports, &exports).as_deref(), Ok(want));
    }

    #[test]
    fn other_uses_and_missing_names_are_refused() {
        let imports = names(&[("__wbg_fill_1", "a")]);
        let exports = names(&[("__wbindgen_free", "a")]);
        for script in [
            "i={__wbg_fill_1:z};f(__wbindgen_free)",
            "i={__wbg_fill_1:z};i['__wbg_fill_1']",
            "i={__wbg_fill_12:z}",
        ] {
            assert!(rename(script, &imports, &exports).is_err(), "{script}");
        }
    }
}
