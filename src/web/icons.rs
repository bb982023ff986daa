//! Pictures on buttons, as paths in a square of 16.

pub const PLAY: &str = "M4 2v12l9.5-6z";
pub const PAUSE: &str = "M3.5 2.5h3.2v11H3.5zM9.3 2.5h3.2v11H9.3z";
pub const START: &str = "M3 3h2v10H3zM13 3v10L6 8z";
pub const END: &str = "M11 3h2v10h-2zM3 3v10l7-5z";
pub const BACK: &str = "M10.5 3v10L4.5 8z";
pub const FORWARD: &str = "M5.5 3v10l6-5z";
pub const UNDO: &str =
    "M6.2 3.6V1L1.7 5.2l4.5 4.2V6.6h3.2a2.6 2.6 0 0 1 0 5.2H4.6v2.4h4.8a5.1 5.1 0 0 0 0-10.6z";
pub const REDO: &str =
    "M9.8 3.6V1l4.5 4.2-4.5 4.2V6.6H6.6a2.6 2.6 0 0 0 0 5.2h4.8v2.4H6.6a5.1 5.1 0 0 1 0-10.6z";
pub const RESET: &str = "M8 3.2V.8L4.1 4 8 7.2V4.9a3.8 3.8 0 1 1-3.8 3.8H2.5A5.5 5.5 0 1 0 8 3.2z";
pub const DUPLICATE: &str =
    "M2 2h8.4v2.2h3.4v9.6H5.4v-2.2H2zM3.5 3.5v6.6h1.9V4.2h3.5v-.7zM6.9 5.7v6.6h5.4V5.7z";
pub const CLOSE: &str =
    "M3.3 4.5l1.2-1.2L8 6.8l3.5-3.5 1.2 1.2L9.2 8l3.5 3.5-1.2 1.2L8 9.2l-3.5 3.5-1.2-1.2L6.8 8z";
pub const PLUS: &str = "M7.1 3h1.8v4.1H13v1.8H8.9V13H7.1V8.9H3V7.1h4.1z";
pub const MINUS: &str = "M3 7.1h10v1.8H3z";
pub const WHOLE: &str =
    "M2 2h4.5v1.8H3.8v2.7H2zM9.5 2H14v4.5h-1.8V3.8H9.5zM2 9.5h1.8v2.7h2.7V14H2zM12.2 9.5H14V14H9.5v-1.8h2.7z";
pub const LINK: &str =
    "M6.6 9.4l2.8-2.8M7 4.8l1.6-1.6a2.9 2.9 0 0 1 4.2 4.2L11.2 9M9 11.2l-1.6 1.6a2.9 2.9 0 0 1-4.2-4.2L4.8 7";
pub const DOWN: &str = "M7.1 2h1.8v6.1l2.4-2.4 1.2 1.3L8 11.5 3.5 7l1.2-1.3 2.4 2.4zM2.5 12.6h11v1.8h-11z";
pub const SEARCH: &str = "M6.5 1.5a5 5 0 1 0 3 9l3.8 3.8 1.2-1.2-3.8-3.8a5 5 0 0 0-4.2-7.8zm0 1.7a3.3 3.3 0 1 1 0 6.6 3.3 3.3 0 0 1 0-6.6z";
