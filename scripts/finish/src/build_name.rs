//! The name of a build: a hash of everything that goes into the programs. `build.rs` gives it to both of them, and what keeps
//! the page for offline asks for their files by it.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The folders with the sources; what is done to the programs afterwards counts too.
pub const FOLDERS: [&str; 4] = ["src", "style", "vendor", "scripts/finish/src"];
/// What else makes the programs what they are: `index.html` and the tools say how they are built, and the worker is asked for
/// by the name too.
const FILES: [&str; 6] =
    ["Cargo.toml", "Cargo.lock", "Trunk.toml", "rust-toolchain.toml", "index.html", "assets/worker.js"];

/// The name, of the sources in the working folder, and all their paths.
pub fn build_name() -> io::Result<(String, Vec<PathBuf>)> {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let sources = sources()?;
    for path in &sources {
        for byte in fs::read(path)? {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok((format!("{hash:016x}"), sources))
}

/// Everything that goes into the programs, in an order that is the same everywhere.
fn sources() -> io::Result<Vec<PathBuf>> {
    let mut found = FILES.map(PathBuf::from).to_vec();
    for folder in FOLDERS {
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
