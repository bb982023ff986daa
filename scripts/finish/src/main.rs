//! What is done to the page after Trunk has built it. Trunk runs this (Trunk.toml), before it moves the files to where they are
//! served from.

mod build_name;
mod element;
mod names;
mod offline;
mod policy;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

/// What Trunk's own server puts into the page, and fills in anew with each request.
const SERVED_BY_TRUNK: &str = "{{__TRUNK_";

fn main() -> ExitCode {
    match finish() {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("The page could not be finished: {reason}.");
            ExitCode::FAILURE
        }
    }
}

fn finish() -> Result<(), String> {
    let folder = env::var("TRUNK_STAGING_DIR").map_err(|_| "TRUNK_STAGING_DIR is not set; Trunk sets it")?;
    let folder = PathBuf::from(folder);
    let files = names::files(&folder)?;
    // In a debug build, JavaScript is not minified and names of functions might clash.
    if env::var("TRUNK_PROFILE").as_deref() == Ok("release")
        && let Err(reason) = names::shorten(&files)
    {
        eprintln!("Names stay long: {reason}.");
    }
    element::write(&folder, &files[0], &files[1])?;
    let path = folder.join("index.html");
    let page = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let developing = page.contains(SERVED_BY_TRUNK);
    fs::write(&path, policy::fill_in(&page, developing)?).map_err(|e| e.to_string())?;
    // The last, for it names what all files are.
    offline::write(&folder, &files[1], developing)
}

/// The hash of a content, as policies and `integrity` write it.
fn hash(content: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content)))
}
