//! Films: frame after frame between two steps, a frame at a time, so that the page goes on meanwhile.
//!
//! A GIF is put together here. Anything else, `WebM` or MP4, the browser records from a canvas, as fast as the
//! film is to be seen.

use super::save::{self, after};
use super::sheet::{CanvasSheet, pixels};
use crate::canvas::Layer;
use crate::lab::frames::now_ms;
use crate::lab::place::{self, per_place};
use crate::scene::figure::Figure;
use crate::scene::figure::film::{Gif, Palette};
use js_sys::{Array, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobEvent, CanvasCaptureMediaStreamTrack, MediaRecorder, MediaRecorderOptions};

/// The most frames, and the most pixels of one: beyond these pages run out of memory.
pub const MOST_FRAMES: u32 = 1_500;
pub const MOST_PIXELS: f64 = 2_100_000.0;
/// What a recorder is asked for, in this order, and what such a file ends in.
const KINDS: [(&str, &str); 5] = [
    ("video/webm;codecs=vp9", "webm"),
    ("video/webm;codecs=vp8", "webm"),
    ("video/webm", "webm"),
    ("video/mp4;codecs=avc1.42E01E", "mp4"),
    ("video/mp4", "mp4"),
];
/// Bits a second for each pixel of a frame: lines stay sharp.
const BITS_PER_PIXEL: f64 = 8.0;
/// How long the last frame of a film stands, in seconds.
const LAST_S: f64 = 1.0;

/// What is to be made.
pub struct Plan {
    /// The figure.
    pub figure: Figure,
    /// The steps of the frames.
    pub steps: Vec<u32>,
    /// Frames a second.
    pub rate: f64,
    /// The colours of a GIF.
    pub palette: Palette,
    /// The name of the file, without its ending.
    pub name: String,
}

/// What becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// So many frames are done, of so many.
    Frames(usize, usize),
    /// It was saved under this name.
    Saved(String),
    /// It failed, for this reason.
    Failed(String),
}

/// What the frames go to.
enum Maker {
    Gif(Option<Gif>),
    Video(Recorder),
}

struct Recorder {
    media: MediaRecorder,
    track: JsValue,
    chunks: Array,
    ending: &'static str,
    /// When its first frame was drawn.
    begun_ms: f64,
}

struct Job {
    id: u32,
    plan: Plan,
    ground: Layer,
    layer: Layer,
    done: usize,
    maker: Maker,
    tell: Rc<dyn Fn(News)>,
}

per_place! {
    static JOB: RefCell<Option<Job>> = const { RefCell::new(None) };
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// Whether this browser can record a film, and what such a file ends in.
pub fn recorded() -> Option<(&'static str, &'static str)> {
    let has = Reflect::has(&js_sys::global(), &"MediaRecorder".into()).unwrap_or(false);
    KINDS.into_iter().find(|(kind, _)| has && MediaRecorder::is_type_supported(kind))
}

/// Gives up the one that is being made.
pub fn cancel() {
    if let Some(Job { maker: Maker::Video(Recorder { media: recorder, .. }), .. }) = JOB.take() {
        let _ = recorder.stop();
    }
}

/// Begins to make a film; tells how it goes.
///
/// # Errors
/// Why it cannot be made, in words.
pub fn start(plan: Plan, video: bool, tell: impl Fn(News) + 'static) -> Result<(), String> {
    cancel();
    let ((width, height), zoom) = plan.figure.size_px();
    let frames = u32::try_from(plan.steps.len()).unwrap_or(u32::MAX);
    if frames > MOST_FRAMES {
        return Err(format!(
            "{frames} frames are too many: choose fewer seconds or frames a second, for at most {MOST_FRAMES}."
        ));
    }
    if width * height * zoom * zoom > MOST_PIXELS {
        return Err("This is too large for a film: choose at most about 1920 × 1080 pixels.".to_owned());
    }
    let none = || "The browser has no room for a picture of this size.".to_owned();
    let [ground, layer] = [Layer::detached().ok_or_else(none)?, Layer::detached().ok_or_else(none)?];
    for layer in [&ground, &layer] {
        layer.resize_by((width, height), zoom);
    }
    plan.figure.paint_ground(&mut CanvasSheet { layer: &ground });
    let tell: Rc<dyn Fn(News)> = Rc::new(tell);
    let id = LAST.get() + 1;
    LAST.set(id);
    let mut job = Job { id, plan, ground, layer, done: 0, maker: Maker::Gif(None), tell };
    job.maker = if video { Maker::Video(job.recorder()?) } else { Maker::Gif(Some(job.gif()?)) };
    JOB.set(Some(job));
    after(0, move || go_on(id));
    Ok(())
}

/// Makes a frame, and sees to it that the next is made.
fn go_on(id: u32) {
    let Some(mut job) = JOB.take() else { return };
    if job.id != id {
        return JOB.set(Some(job));
    }
    let begun = now_ms();
    let (tell, total) = (Rc::clone(&job.tell), job.plan.steps.len());
    match job.frame() {
        Err(message) => return tell(News::Failed(message)),
        Ok(()) => job.done += 1,
    }
    tell(News::Frames(job.done, total));
    let more = job.done < total;
    let pause = match &job.maker {
        Maker::Gif(_) => 0.0,
        Maker::Video(_) if more => 1000.0 / job.plan.rate,
        Maker::Video(_) => 1000.0 * LAST_S,
    };
    let took = now_ms() - begun;
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds")]
    let wait = (pause - took).max(0.0) as i32;
    if more {
        JOB.set(Some(job));
        return after(wait, move || go_on(id));
    }
    if matches!(job.maker, Maker::Video(_)) {
        JOB.set(Some(job));
        return after(wait, move || end(id));
    }
    job.finish();
}

/// Ends what was recorded, if it still is.
fn end(id: u32) {
    if let Some(job) = JOB.take() {
        if job.id == id { job.finish() } else { JOB.set(Some(job)) }
    }
}

impl Job {
    fn gif(&mut self) -> Result<Gif, String> {
        let nothing = Palette::new(crate::scene::MapKind::Grey, crate::scene::Theme::Light);
        let palette = std::mem::replace(&mut self.plan.palette, nothing);
        Gif::new(self.layer.canvas.width(), self.layer.canvas.height(), palette)
    }

    /// A recorder of the canvas, running. It gets a frame whenever one is drawn.
    fn recorder(&self) -> Result<Recorder, String> {
        let (kind, ending) = recorded().ok_or("This browser cannot record films; a GIF it can save.")?;
        let refused = |_| "The browser refused to record the film; a GIF it can save.".to_owned();
        let stream = self.layer.canvas.capture_stream_with_frame_request_rate(0.0).map_err(refused)?;
        let track = stream.get_video_tracks().get(0);
        let options = MediaRecorderOptions::new();
        options.set_mime_type(kind);
        let size = f64::from(self.layer.canvas.width()) * f64::from(self.layer.canvas.height());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "up to 32 Mbit/s")]
        options.set_video_bits_per_second((BITS_PER_PIXEL * size).min(32e6) as u32);
        let recorder = MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, &options)
            .map_err(refused)?;
        let chunks = Array::new();
        let kept = chunks.clone();
        let more = Closure::<dyn Fn(BlobEvent)>::new(move |event: BlobEvent| {
            if let Some(data) = event.data() {
                kept.push(&data);
            }
        });
        recorder.set_ondataavailable(Some(more.into_js_value().unchecked_ref()));
        recorder.start().map_err(refused)?;
        Ok(Recorder { media: recorder, track, chunks, ending, begun_ms: 0.0 })
    }

    /// Draws the next frame and gives it to what makes the film.
    fn frame(&mut self) -> Result<(), String> {
        let Some(step) = self.plan.steps.get(self.done) else {
            return Ok(());
        };
        let ((width, height), _) = self.plan.figure.size_px();
        let ctx = &self.layer.ctx;
        let _ = ctx.draw_image_with_html_canvas_element_and_dw_and_dh(
            &self.ground.canvas,
            0.0,
            0.0,
            width,
            height,
        );
        self.plan.figure.paint_cursor(&mut CanvasSheet { layer: &self.layer }, *step);
        match &mut self.maker {
            Maker::Video(recorder) => {
                if self.done == 0 {
                    recorder.begun_ms = now_ms();
                }
                if let Some(track) = recorder.track.dyn_ref::<CanvasCaptureMediaStreamTrack>() {
                    track.request_frame();
                }
                Ok(())
            }
            Maker::Gif(gif) => {
                let last = self.done + 1 == self.plan.steps.len();
                let seconds = if last { LAST_S } else { 1.0 / self.plan.rate };
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 100")]
                let hundredths = (100.0 * seconds).round().max(2.0) as u16;
                let picture =
                    pixels(&self.layer).ok_or("The browser has no room for a picture of this size.")?;
                gif.as_mut().map_or(Ok(()), |gif| gif.add(&picture, hundredths))
            }
        }
    }

    fn finish(self) {
        let (tell, name) = (self.tell, self.plan.name);
        let saved = |name: String, result: Result<(), String>| match result {
            Ok(()) => News::Saved(name),
            Err(message) => News::Failed(message),
        };
        match self.maker {
            Maker::Gif(gif) => {
                let name = format!("{name}.gif");
                let file = gif.map_or(Err(String::new()), Gif::finish);
                tell(saved(name.clone(), file.and_then(|file| save::bytes(&file, &name, "image/gif"))));
            }
            Maker::Video(Recorder { media: recorder, chunks, ending, begun_ms, .. }) => {
                let name = format!("{name}.{ending}");
                let length_ms = now_ms() - begun_ms;
                let stopped = place::once(move || {
                    let blob = save::joined(&chunks, ending).filter(|blob| blob.size() > 0.0);
                    let Some(blob) = blob else {
                        return tell(News::Failed(
                            "The browser recorded nothing; a GIF it can save.".to_owned(),
                        ));
                    };
                    let save = move |blob: &Blob| tell(saved(name.clone(), save::file(blob, &name)));
                    if ending == "webm" { save::with_length(blob, length_ms, save) } else { save(&blob) }
                });
                recorder.set_onstop(Some(stopped.unchecked_ref()));
                let _ = recorder.stop();
            }
        }
    }
}
