//! Tells both programs of the page which sources they were built from: the first asks for the second by that name, and does
//! not work with one of another build.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut build = String::new();
    // Elsewhere there is one program, which need not be compiled again for a new name.
    if env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for path in sources()? {
            println!("cargo::rerun-if-changed={}", path.display());
            for byte in fs::read(&path)? {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        build = format!("{hash:016x}");
    }
    println!("cargo::rustc-env=DESCENT_LAB_BUILD={build}");
    Ok(())
}

/// Everything that goes into the programs, in an order that is the same everywhere.
fn sources() -> io::Result<Vec<PathBuf>> {
    let mut found = ["Cargo.toml", "Cargo.lock"].map(PathBuf::from).to_vec();
    // What is done to the programs afterwards counts too.
    for folder in ["src", "style", "scripts/shorten/src"] {
        println!("cargo::rerun-if-changed={folder}");
        collect(Path::new(folder), &mut found)?;
    }
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}
