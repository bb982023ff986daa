//! The service worker that keeps the page for when there is no network, with the list of the files it keeps.

use crate::build_name::build_name;
use crate::hash;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const WORKER: &str = include_str!("offline.js");
/// For Trunk's own server, which serves another build every minute: takes itself and all it kept away.
const NONE: &str = "addEventListener('activate', () => registration.unregister());\n";
/// Where the worker has the list.
const FILES: &str = "/* files */";
/// The name of the worker.
const NAME: &str = "sw.js";
/// What is asked for by the name of the build, for it has none of its own (docs/ARCHITECTURE.md, "Two programs").
const BY_BUILD: [&str; 3] = ["lab.js", "lab_bg.wasm", "worker.js"];

/// Writes it into the folder of the built page, whose first program this is.
pub fn write(folder: &Path, program: &Path, developing: bool) -> Result<(), String> {
    let worker = if developing {
        NONE.to_owned()
    } else {
        let (build, _) = build_name().map_err(|e| e.to_string())?;
        if !asks_for(program, &build)? {
            return Err("the sources have changed while it was built; build it again".to_owned());
        }
        worker(&list(folder, &build)?)?
    };
    fs::write(folder.join(NAME), worker).map_err(|e| e.to_string())
}

/// Whether the first program, which asks for the others, does it by this name.
fn asks_for(program: &Path, build: &str) -> Result<bool, String> {
    let program = fs::read(program).map_err(|e| format!("{}: {e}", program.display()))?;
    Ok(program.windows(build.len()).any(|bytes| bytes == build.as_bytes()))
}

fn worker(list: &str) -> Result<String, String> {
    if WORKER.matches(FILES).count() == 1 {
        Ok(WORKER.replace(FILES, list))
    } else {
        Err(format!("offline.js should have {FILES} once"))
    }
}

/// Every file of the page, as the page asks for it, and its hash, as a list in JavaScript.
fn list(folder: &Path, build: &str) -> Result<String, String> {
    let mut paths = Vec::new();
    collect(folder, "", &mut paths).map_err(|e| e.to_string())?;
    paths.sort();
    let mut list = "\n".to_owned();
    for path in paths {
        let content = fs::read(folder.join(&path)).map_err(|e| format!("{path}: {e}"))?;
        let address = match path.as_str() {
            NAME => continue,
            "index.html" => "./".to_owned(),
            known if BY_BUILD.contains(&known) => format!("{known}?{build}"),
            _ => path,
        };
        let _ = writeln!(list, "  [{address:?}, {:?}],", hash(&content));
    }
    Ok(list)
}

fn collect(folder: &Path, before: &str, found: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{before}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_has_every_file_as_the_page_asks_for_it_and_not_itself() {
        let folder = std::env::temp_dir().join(format!("descent-lab-offline-{}", std::process::id()));
        fs::create_dir_all(folder.join("snippets")).expect("a folder");
        for path in ["index.html", "lab.js", "app-1.js", "snippets/a.js", NAME] {
            fs::write(folder.join(path), "go()").expect("a file");
        }
        fs::write(folder.join("app-1_bg.wasm"), "asks for b1").expect("a file");
        let asks = ["b1", "b2"].map(|build| asks_for(&folder.join("app-1_bg.wasm"), build));
        let list = list(&folder, "b1");
        fs::remove_dir_all(&folder).expect("its end");
        let list = list.expect("a list");
        let files: Vec<&str> = list.lines().filter_map(|line| line.split('"').nth(1)).collect();
        assert_eq!(files, ["app-1.js", "app-1_bg.wasm", "./", "lab.js?b1", "snippets/a.js"]);
        assert_eq!(asks, [Ok(true), Ok(false)], "a program of other sources is told");
        assert!(list.contains("sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw="), "{list}");
        assert!(worker(&list).is_ok_and(|worker| worker.contains("snippets/a.js")));
    }
}
