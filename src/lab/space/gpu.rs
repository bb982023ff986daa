//! Programs, buffers and textures of WebGL 2. What cannot be made, as while the context is lost, is none.

use super::super::html::html;
use super::shaders;
use crate::scene::space::lines::PIECE;
use crate::scene::space::relief::VERTEX;
use js_sys::{Float32Array, Function, Object, Reflect, Uint32Array};
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{
    HtmlCanvasElement, WebGl2RenderingContext as Gl, WebGlBuffer, WebGlProgram, WebGlTexture,
    WebGlUniformLocation,
};

/// Bytes in a number.
const NUMBER: usize = 4;
/// Numbers of a mark: its place, its column and row on the sheet, its opacity.
pub const MARK: usize = 6;

/// A program and where its settings are.
pub struct Program {
    program: WebGlProgram,
    places: Vec<(&'static str, Option<WebGlUniformLocation>)>,
}

impl Program {
    fn new(gl: &Gl, [vertex, fragment]: [&str; 2], names: &[&'static str]) -> Option<Self> {
        let program = gl.create_program()?;
        for (kind, text) in [(Gl::VERTEX_SHADER, vertex), (Gl::FRAGMENT_SHADER, fragment)] {
            let shader = gl.create_shader(kind)?;
            gl.shader_source(&shader, text);
            gl.compile_shader(&shader);
            gl.attach_shader(&program, &shader);
        }
        gl.link_program(&program);
        let is_linked = gl.get_program_parameter(&program, Gl::LINK_STATUS).is_truthy();
        let places = names.iter().map(|name| (*name, gl.get_uniform_location(&program, name))).collect();
        is_linked.then_some(Self { program, places })
    }

    /// Where a setting is.
    pub fn place(&self, name: &str) -> Option<&WebGlUniformLocation> {
        self.places.iter().find(|(known, _)| *known == name)?.1.as_ref()
    }
}

/// Numbers on the graphics processor.
pub struct Numbers {
    buffer: WebGlBuffer,
    /// How many pieces, marks or vertices they are.
    pub count: usize,
}

/// The context and the programs.
pub struct Gpu {
    /// The context.
    pub gl: Gl,
    /// The surface.
    pub mesh: Program,
    /// Lines.
    pub line: Program,
    /// Marks.
    pub mark: Program,
    /// Device pixels of a CSS pixel at the most: more are not seen, and cost.
    pub finest: f64,
    /// Vertices of the longer side of a surface.
    pub vertices: f64,
}

/// The vertices with a processor for graphics, and without: there each triangle counts.
const VERTICES: [f64; 2] = [193.0, 81.0];

/// The name of what draws, of the extension that tells it.
const RENDERER: u32 = 0x9246;
/// Programs that draw where there is no processor for graphics. Browsers do not say of all of them that they are slow.
const STAND_INS: [&str; 4] = ["SwiftShader", "llvmpipe", "Software", "Basic Render"];

/// Whether a program draws in place of a processor for graphics. A canvas of its own tells, since the first context of a canvas is
/// also its last.
fn is_stand_in() -> bool {
    let canvas: HtmlCanvasElement = html("canvas").element().unchecked_into();
    let context = canvas.get_context("webgl2").ok().flatten();
    let Some(gl) = context.and_then(|context| context.dyn_into::<Gl>().ok()) else {
        return false;
    };
    let known = gl.get_extension("WEBGL_debug_renderer_info").is_ok_and(|e| e.is_some());
    let name = known.then(|| gl.get_parameter(RENDERER).ok()?.as_string()).flatten().unwrap_or_default();
    if let Ok(Some(end)) = gl.get_extension("WEBGL_lose_context")
        && let Ok(lose) = Reflect::get(&end, &"loseContext".into())
        && let Ok(lose) = lose.dyn_into::<Function>()
    {
        let _ = lose.call0(&end);
    }
    STAND_INS.iter().any(|part| name.contains(part))
}

/// The context of a canvas, and whether there is a processor for graphics: edges are smoothed only then.
pub fn context(canvas: &HtmlCanvasElement) -> Option<(Gl, bool)> {
    let get = |fast: bool| {
        let options = Object::new();
        for (key, on) in [("alpha", false), ("antialias", fast), ("failIfMajorPerformanceCaveat", fast)] {
            let _ = Reflect::set(&options, &key.into(), &on.into());
        }
        canvas.get_context_with_context_options("webgl2", &options).ok()??.dyn_into().ok()
    };
    let fast = if is_stand_in() { None } else { get(true) };
    fast.map(|gl| (gl, true)).or_else(|| Some((get(false)?, false)))
}

impl Gpu {
    /// The programs of a context.
    pub fn new((gl, fast): (Gl, bool)) -> Option<Self> {
        let seen = ["matrix", "eye", "half_px", "lift", "radius_px", "level", "paint", "per_unit", "dashes"];
        let line: Vec<&'static str> = seen.into_iter().chain(["period", "cap"]).collect();
        let mesh = Program::new(&gl, shaders::MESH, &["matrix", "eye", "light", "colors"])?;
        let line = Program::new(&gl, shaders::LINE, &line)?;
        let marks = ["matrix", "eye", "half_px", "lift", "size_px", "sheet", "pictures"];
        let mark = Program::new(&gl, shaders::MARK, &marks)?;
        gl.enable(Gl::DEPTH_TEST);
        gl.depth_func(Gl::LEQUAL);
        gl.enable(Gl::BLEND);
        gl.blend_func(Gl::ONE, Gl::ONE_MINUS_SRC_ALPHA);
        let [fine, coarse] = VERTICES;
        let (finest, vertices) = if fast { (2.0, fine) } else { (1.0, coarse) };
        Some(Self { gl, mesh, line, mark, finest, vertices })
    }

    /// Takes a program into use.
    pub fn take(&self, program: &Program) {
        self.gl.use_program(Some(&program.program));
    }

    fn upload(&self, target: u32, data: &Object, count: usize) -> Option<Numbers> {
        let buffer = self.gl.create_buffer()?;
        self.gl.bind_buffer(target, Some(&buffer));
        self.gl.buffer_data_with_array_buffer_view(target, data, Gl::STATIC_DRAW);
        Some(Numbers { buffer, count })
    }

    /// Puts numbers there, so many for each thing.
    pub fn numbers(&self, numbers: &[f32], each: usize) -> Option<Numbers> {
        self.upload(Gl::ARRAY_BUFFER, &Float32Array::from(numbers), numbers.len() / each)
    }

    /// Puts the vertices of triangles there.
    pub fn indices(&self, indices: &[u32]) -> Option<Numbers> {
        self.upload(Gl::ELEMENT_ARRAY_BUFFER, &Uint32Array::from(indices), indices.len())
    }

    /// Gives numbers back.
    pub fn free(&self, numbers: Option<Numbers>) {
        if let Some(numbers) = numbers {
            self.gl.delete_buffer(Some(&numbers.buffer));
        }
    }

    fn attribute(&self, place: u32, size: usize, stride: usize, offset: usize, each: u32) {
        let gl = &self.gl;
        gl.enable_vertex_attrib_array(place);
        let [size, stride, offset] = [size, stride * NUMBER, offset * NUMBER].map(int);
        gl.vertex_attrib_pointer_with_i32(place, size, Gl::FLOAT, false, stride, offset);
        gl.vertex_attrib_divisor(place, each);
    }

    /// Draws the triangles of a mesh.
    pub fn draw_mesh(&self, vertices: &Numbers, triangles: &Numbers) {
        self.gl.bind_buffer(Gl::ARRAY_BUFFER, Some(&vertices.buffer));
        self.gl.bind_buffer(Gl::ELEMENT_ARRAY_BUFFER, Some(&triangles.buffer));
        self.attribute(0, 4, VERTEX, 0, 0);
        self.attribute(1, 2, VERTEX, 4, 0);
        self.gl.draw_elements_with_i32(Gl::TRIANGLES, int(triangles.count), Gl::UNSIGNED_INT, 0);
    }

    /// Draws some pieces of lines.
    pub fn draw_lines(&self, lines: &Numbers, range: Range<usize>) {
        let end = range.end.min(lines.count);
        if range.start >= end {
            return;
        }
        self.gl.bind_buffer(Gl::ARRAY_BUFFER, Some(&lines.buffer));
        self.attribute(0, 4, PIECE, range.start * PIECE, 1);
        self.attribute(1, 4, PIECE, range.start * PIECE + 4, 1);
        self.gl.draw_arrays_instanced(Gl::TRIANGLE_STRIP, 0, 4, int(end - range.start));
    }

    /// Draws the first marks.
    pub fn draw_marks(&self, marks: &Numbers, count: usize) {
        let count = count.min(marks.count);
        if count == 0 {
            return;
        }
        self.gl.bind_buffer(Gl::ARRAY_BUFFER, Some(&marks.buffer));
        self.attribute(0, 3, MARK, 0, 1);
        self.attribute(1, 3, MARK, 3, 1);
        self.gl.draw_arrays_instanced(Gl::TRIANGLE_STRIP, 0, 4, int(count));
    }

    fn texture(&self) -> Option<WebGlTexture> {
        let gl = &self.gl;
        let texture = gl.create_texture()?;
        gl.bind_texture(Gl::TEXTURE_2D, Some(&texture));
        for (what, how) in [
            (Gl::TEXTURE_MIN_FILTER, Gl::LINEAR),
            (Gl::TEXTURE_MAG_FILTER, Gl::LINEAR),
            (Gl::TEXTURE_WRAP_S, Gl::CLAMP_TO_EDGE),
            (Gl::TEXTURE_WRAP_T, Gl::CLAMP_TO_EDGE),
        ] {
            gl.tex_parameteri(Gl::TEXTURE_2D, what, how.cast_signed());
        }
        Some(texture)
    }

    /// A row of colours.
    pub fn colors(&self, rgba: &[u8]) -> Option<WebGlTexture> {
        let texture = self.texture()?;
        let done = self.gl.tex_image_2d_with_i32_and_i32_and_i32_and_format_and_type_and_opt_u8_array(
            Gl::TEXTURE_2D,
            0,
            Gl::RGBA.cast_signed(),
            int(rgba.len() / 4),
            1,
            0,
            Gl::RGBA,
            Gl::UNSIGNED_BYTE,
            Some(rgba),
        );
        done.is_ok().then_some(texture)
    }

    /// What is on a canvas.
    pub fn picture(&self, canvas: &HtmlCanvasElement) -> Option<WebGlTexture> {
        let texture = self.texture()?;
        self.gl.pixel_storei(Gl::UNPACK_PREMULTIPLY_ALPHA_WEBGL, 1);
        let format = Gl::RGBA.cast_signed();
        let done = self.gl.tex_image_2d_with_u32_and_u32_and_html_canvas_element(
            Gl::TEXTURE_2D,
            0,
            format,
            Gl::RGBA,
            Gl::UNSIGNED_BYTE,
            canvas,
        );
        done.is_ok().then_some(texture)
    }
}

/// A count as WebGL takes it.
fn int(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
