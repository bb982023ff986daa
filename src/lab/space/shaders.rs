//! What the graphics processor runs. All colours are premultiplied with their opacity.

/// The surface: lit from one side, from all around, and with a little gloss.
pub const MESH: [&str; 2] = [
    r"#version 300 es
layout(location = 0) in vec4 vertex; // place, place among the colours
layout(location = 1) in vec2 slope;  // the first two parts of the normal
uniform mat4 matrix;
out vec3 at;
out vec3 normal;
out float t;
void main() {
  at = vertex.xyz;
  t = vertex.w;
  normal = vec3(slope, sqrt(max(0.0, 1.0 - dot(slope, slope))));
  gl_Position = matrix * vec4(at, 1.0);
}",
    r"#version 300 es
precision highp float;
in vec3 at;
in vec3 normal;
in float t;
uniform sampler2D colors;
uniform vec3 eye;
uniform vec3 light;
out vec4 color;
void main() {
  vec3 to_eye = normalize(eye - at);
  vec3 n = normalize(normal);
  // From below it is seen from within.
  float below = step(dot(n, to_eye), 0.0);
  n *= 1.0 - 2.0 * below;
  vec3 c = texture(colors, vec2((t * 255.0 + 0.5) / 256.0, 0.5)).rgb;
  float shade = 0.58 + 0.5 * max(dot(n, light), 0.0);
  float gloss = 0.14 * pow(max(dot(n, normalize(light + to_eye)), 0.0), 28.0);
  color = vec4(c * shade * (1.0 - 0.35 * below) + gloss * (1.0 - below), 1.0);
}",
];

/// Lines of a width in pixels: each piece is a rectangle around it, of which what is too far from it is left out.
pub const LINE: [&str; 2] = [
    r"#version 300 es
layout(location = 0) in vec4 from; // place, how far along the line
layout(location = 1) in vec4 to;
uniform mat4 matrix;
uniform vec2 half_px;
uniform vec3 eye;
uniform float radius_px;
uniform float lift;  // towards the eye
uniform float cap;   // 1: ends are round, 0: cut off
uniform float level; // above -9: flattened to this height
out vec2 place;
out float length_px;
out float along;
vec4 seen(vec3 p) {
  if (level > -9.0) p.z = level;
  return matrix * vec4(p + normalize(eye - p) * lift, 1.0);
}
void main() {
  vec4 a = seen(from.xyz);
  vec4 b = seen(to.xyz);
  vec2 d = (b.xy / b.w - a.xy / a.w) * half_px;
  length_px = length(d);
  vec2 unit = length_px > 1e-5 ? d / length_px : vec2(1.0, 0.0);
  float end = float(gl_VertexID & 1);
  float side = float(gl_VertexID >> 1) * 2.0 - 1.0;
  float r = radius_px + 1.0;
  float out_px = (end * 2.0 - 1.0) * r * cap;
  place = vec2(end * length_px + out_px, side * r);
  along = length_px > 1e-5 ? mix(from.w, to.w, (end * length_px + out_px) / length_px) : from.w;
  gl_Position = end > 0.5 ? b : a;
  gl_Position.xy += (unit * out_px + vec2(-unit.y, unit.x) * side * r) / half_px * gl_Position.w;
}",
    r"#version 300 es
precision highp float;
in vec2 place;
in float length_px;
in float along;
uniform float radius_px;
uniform vec4 paint;
uniform float per_unit; // pixels, for dashes
uniform float dashes[6];
uniform float period;
out vec4 color;
void main() {
  float past = place.x - clamp(place.x, 0.0, length_px);
  float cover = clamp(radius_px + 0.5 - length(vec2(past, place.y)), 0.0, 1.0);
  if (cover <= 0.0) discard;
  if (period > 0.0) {
    float at = mod(along * per_unit, period);
    float end = 0.0;
    for (int i = 0; i < 6; i += 2) {
      end += dashes[i];
      if (at < end) break;
      end += dashes[i + 1];
      if (at < end) discard;
    }
  }
  color = paint * cover;
}",
];

/// Marks that face the eye, from a sheet of pictures.
pub const MARK: [&str; 2] = [
    r"#version 300 es
layout(location = 0) in vec3 at;
layout(location = 1) in vec3 look; // column and row of the sheet, opacity
uniform mat4 matrix;
uniform vec2 half_px;
uniform vec3 eye;
uniform float lift;
uniform float size_px;
uniform vec2 sheet;
out vec2 place;
out float opacity;
void main() {
  vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  place = (look.xy + corner) / sheet;
  opacity = look.z;
  gl_Position = matrix * vec4(at + normalize(eye - at) * lift, 1.0);
  // On whole pixels it is as sharp as it was drawn.
  vec2 px = floor(gl_Position.xy / gl_Position.w * half_px + 0.5);
  gl_Position.xy = (px + (corner - 0.5) * vec2(size_px, -size_px)) / half_px * gl_Position.w;
}",
    r"#version 300 es
precision highp float;
in vec2 place;
in float opacity;
uniform sampler2D pictures;
out vec4 color;
void main() {
  color = texture(pictures, place) * opacity;
  if (color.a < 0.02) discard;
}",
];
