//! Where the parts of a figure stand.

use super::{Frame, Plan, What, axes};
use crate::math::num;
use crate::scene::painter::Rect;

pub const MARGIN_PX: f64 = 10.0;
const GAP_PX: f64 = 14.0;
/// Wider than this against its height, a figure has the chart beside the stage, otherwise below it.
const WIDE: f64 = 1.5;
/// A part of the plane that is longer than this is shown with something around it.
const LONGEST: f64 = 10.0;

/// Width over height of the part of the plane that is shown alone, where one is.
pub fn shape(plan: &Plan) -> Option<f64> {
    let view = plan.part.filter(|view| plan.frame == Frame::Paper && view.is_showable())?;
    let shape = (view.x.1 - view.x.0) / (view.y.1 - view.y.0);
    Some(num::clamp(shape, 1.0 / LONGEST, LONGEST))
}

/// The plot within the rectangle of the stage: all that the axes leave, or the largest of a shape.
pub fn plot(rect: Rect, frame: Frame, shape: Option<f64>) -> Rect {
    if frame == Frame::Page {
        return rect;
    }
    let [left, top, right, bottom] = axes::ROOM_PX;
    let room = Rect {
        left: rect.left + left,
        top: rect.top + top,
        width: (rect.width - left - right).max(16.0),
        height: (rect.height - top - bottom).max(16.0),
    };
    let Some(shape) = shape else { return room };
    let (width, height) = (room.width.min(room.height * shape), room.height.min(room.width / shape));
    Rect {
        left: room.left + (0.5 * (room.width - width)).floor(),
        top: room.top + (0.5 * (room.height - height)).floor(),
        width,
        height,
    }
}

/// Stage and chart.
type Boxes = (Option<Rect>, Option<Rect>);

/// Where stage and chart stand.
pub fn boxes(plan: &Plan, (width, height): (f64, f64), legend_px: f64, shape: Option<f64>) -> Boxes {
    let (margin, top) = match plan.frame {
        Frame::Paper => (MARGIN_PX, MARGIN_PX + legend_px),
        Frame::Page => (0.0, 0.0),
    };
    let gap = if plan.frame == Frame::Paper { GAP_PX } else { 0.0 };
    let whole = Rect {
        left: margin,
        top,
        width: (width - 2.0 * margin).max(1.0),
        height: (height - top - margin).max(1.0),
    };
    match plan.what {
        What::Stage => (Some(whole), None),
        What::Charts => (None, Some(whole)),
        What::Both => both(plan.frame, whole, gap, width > WIDE * height, shape),
    }
}

/// The chart beside the stage or below it: of a part of the plane with a shape, as that is larger.
fn both(frame: Frame, whole: Rect, gap: f64, is_wide: bool, shape: Option<f64>) -> Boxes {
    let left = num::clamp(0.58 * whole.width, 0.0, 1.35 * whole.height).floor();
    let upper = (0.66 * whole.height).floor();
    let (beside, below) = (Rect { width: left, ..whole }, Rect { height: upper, ..whole });
    let plot = |stage| plot(stage, frame, shape);
    let is_beside = if shape.is_some() { plot(beside).width > plot(below).width } else { is_wide };
    // The chart has what a plot of a shape leaves.
    let [at_left, above, at_right, under] = axes::ROOM_PX;
    if is_beside {
        let left =
            if shape.is_some() { left.min((plot(beside).width + at_left + at_right).ceil()) } else { left };
        let chart = Rect { left: whole.left + left + gap, width: whole.width - left - gap, ..whole };
        (Some(Rect { width: left, ..whole }), Some(chart))
    } else {
        let upper =
            if shape.is_some() { upper.min((plot(below).height + above + under).ceil()) } else { upper };
        let chart = Rect { top: whole.top + upper + gap, height: whole.height - upper - gap, ..whole };
        (Some(Rect { height: upper, ..whole }), Some(chart))
    }
}
