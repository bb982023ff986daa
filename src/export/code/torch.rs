//! Scripts that call the library.

use super::Subject;

/// A script, where the library has all that the run needs.
///
/// # Errors
/// Why there is none.
pub fn script(_: &Subject<'_>) -> Result<Option<String>, String> {
    Ok(None)
}
