//! Tells both programs of the page which sources they were built from: the first asks for the second by that name, and does
//! not work with one of another build.

#[path = "scripts/finish/src/build_name.rs"]
mod build_name;

use build_name::{FOLDERS, build_name};
use std::{env, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut build = String::new();
    // Elsewhere there is one program, which need not be compiled again for a new name.
    if env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        let (name, sources) = build_name()?;
        for folder in FOLDERS {
            println!("cargo::rerun-if-changed={folder}");
        }
        for path in sources {
            println!("cargo::rerun-if-changed={}", path.display());
        }
        build = name;
    }
    println!("cargo::rustc-env=DESCENT_LAB_BUILD={build}");
    Ok(())
}
