//! Gives short names to what the page's first program and its JavaScript know of each other. wasm-bindgen's are long and end
//! in a hash each, which no compression can shorten, and they stand in both files: 4 % of the first load.
//! Where the files are not as expected they stay as they are.

mod script;
mod wasm;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What each name is to become.
type Names = BTreeMap<String, String>;

/// Shortens them in the first program's script and in itself.
pub fn shorten([script_path, wasm_path]: &[PathBuf; 2]) -> Result<(), String> {
    let failed = |e: std::io::Error| e.to_string();
    let program = fs::read(wasm_path).map_err(failed)?;
    let script = fs::read_to_string(script_path).map_err(failed)?;
    let short = wasm::shorten(&program)?;
    let script = script::rename(&script, &short.imports, &short.exports)?;
    fs::write(wasm_path, short.program).map_err(failed)?;
    fs::write(script_path, script).map_err(failed)
}

/// The first program's script and itself.
pub fn files(folder: &Path) -> Result<[PathBuf; 2], String> {
    let entries = fs::read_dir(folder).map_err(|e| e.to_string())?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(stem) = name.strip_suffix(".js").filter(|stem| stem.starts_with("app")) {
            return Ok([entry.path(), folder.join(format!("{stem}_bg.wasm"))]);
        }
    }
    Err(format!("no app*.js in {}", folder.display()))
}
