//! What is drawn, independent of where: the field and its contours, paths, marks and charts.
//!
//! Two spaces occur, named in every function that crosses them: `plot` (the coordinates of the surface) and `px` (CSS
//! pixels of the stage or chart, y downwards). Everything but the field's pixels goes through a [`Painter`]; charts go
//! through plotters. Nothing here is part of a result, so pictures may use approximations that runs may not.

pub mod chart;
pub mod colormap;
pub mod contour;
pub mod drawing;
pub mod fan;
pub mod field;
#[cfg(feature = "lab")]
pub mod figure;
pub mod marker;
pub mod matrix;
#[cfg(feature = "lab")]
pub mod outputs;
pub mod overlay;
pub mod painter;
pub mod path;
#[cfg(all(feature = "lab", not(target_arch = "wasm32")))]
pub mod raster;
pub mod scale;
pub mod sheet;
pub mod slice;
pub mod space;
pub mod stage;
pub mod study;
pub mod style;
pub mod svg;
pub mod viewport;

mod cast;
mod clip;
mod digits;
mod ticks;

pub use chart::{ChartFan, ChartFrame, ChartSeries, ChartSpec, Quantity, XAxis, YScale};
pub use colormap::{Colormap, MapKind};
pub use contour::Contours;
pub use field::Field;
pub use marker::Marker;
pub use overlay::{Overlay, OverlayPen};
pub use painter::{Painter, Polylines, Rect, Stroke, TextStyle};
pub use path::{PathCursor, PathLook};
pub use scale::LevelScale;
pub use sheet::{Pixels, Sheet};
pub use slice::{SliceFrame, SlicePicture};
pub use style::{Rgba, RunStyle, Theme, run_style};
pub use svg::SvgPainter;
pub use viewport::{Tick, Viewport};
