//! Gives short names to what the page's first program and its JavaScript know of each other. wasm-bindgen's are long and end
//! in a hash each, which no compression can shorten, and they stand in both files: 4 % of the first load.
//!
//! Trunk runs this when a page is built (Trunk.toml). Where the files are not as expected they stay as they are. It also writes
//! the module of the element ([`element`]).

mod element;
mod script;
mod wasm;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// What each name is to become.
type Names = BTreeMap<String, String>;

fn main() {
    if let Err(reason) = work() {
        eprintln!("shorten: {reason}.");
        std::process::exit(1);
    }
}

fn work() -> Result<(), String> {
    let folder = env::var("TRUNK_STAGING_DIR").map_err(|_| "TRUNK_STAGING_DIR is not set; Trunk sets it")?;
    let folder = Path::new(&folder);
    let files = files(folder)?;
    // In a debug build, JavaScript is not minified and names of functions might clash.
    if env::var("TRUNK_PROFILE").as_deref() == Ok("release")
        && let Err(reason) = shorten(&files)
    {
        eprintln!("Names stay long: {reason}.");
    }
    let [script, program] = &files;
    element::write(folder, script, program)
}

fn shorten([script_path, wasm_path]: &[PathBuf; 2]) -> Result<(), String> {
    let failed = |e: std::io::Error| e.to_string();
    let program = fs::read(wasm_path).map_err(failed)?;
    let script = fs::read_to_string(script_path).map_err(failed)?;
    let short = wasm::shorten(&program)?;
    let script = script::rename(&script, &short.imports, &short.exports)?;
    fs::write(wasm_path, short.program).map_err(failed)?;
    fs::write(script_path, script).map_err(failed)
}

/// The first program's script and itself.
fn files(folder: &Path) -> Result<[PathBuf; 2], String> {
    let entries = fs::read_dir(folder).map_err(|e| e.to_string())?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(stem) = name.strip_suffix(".js").filter(|stem| stem.starts_with("app")) {
            return Ok([entry.path(), folder.join(format!("{stem}_bg.wasm"))]);
        }
    }
    Err(format!("no app*.js in {}", folder.display()))
}
