//! PNG: pictures as files, and images inside SVG.

use crate::scene::sheet::Pixels;

/// A picture as a file, with what is said about it: a keyword and a text each.
///
/// # Errors
/// Where it is too large, in words.
pub fn encode(pixels: &Pixels, said: &[(&str, &str)]) -> Result<Vec<u8>, String> {
    let mut file = Vec::new();
    let indexed = index(pixels);
    let mut encoder = png::Encoder::new(&mut file, pixels.width, pixels.height);
    encoder.set_depth(png::BitDepth::Eight);
    match &indexed {
        Some((palette, _)) => {
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_palette(palette.concat());
        }
        None => encoder.set_color(png::ColorType::Rgb),
    }
    let wrong = |error: png::EncodingError| format!("The picture cannot be written as PNG: {error}.");
    for (keyword, text) in said {
        encoder.add_itxt_chunk((*keyword).to_owned(), (*text).to_owned()).map_err(wrong)?;
    }
    let mut writer = encoder.write_header().map_err(wrong)?;
    let bytes = match indexed {
        Some((_, bytes)) => bytes,
        None => pixels.bytes.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect(),
    };
    writer.write_image_data(&bytes).map_err(wrong)?;
    writer.finish().map_err(wrong)?;
    Ok(file)
}

/// The colours of a picture that has few, and the place of each pixel's colour among them.
fn index(pixels: &Pixels) -> Option<(Vec<[u8; 3]>, Vec<u8>)> {
    let mut palette: Vec<[u8; 3]> = Vec::new();
    let mut places: Vec<u8> = Vec::with_capacity(pixels.bytes.len() / 4);
    // Sorted by colour, with its place.
    let mut known: Vec<([u8; 3], u8)> = Vec::new();
    let mut last: Option<([u8; 3], u8)> = None;
    for p in pixels.bytes.chunks_exact(4) {
        let color = [p[0], p[1], p[2]];
        let place = match last {
            Some((before, place)) if before == color => place,
            _ => match known.binary_search_by_key(&color, |(c, _)| *c) {
                Ok(at) => known[at].1,
                Err(at) => {
                    let place = u8::try_from(palette.len()).ok()?;
                    palette.push(color);
                    known.insert(at, (color, place));
                    place
                }
            },
        };
        last = Some((color, place));
        places.push(place);
    }
    Some((palette, places))
}

/// A picture as an address that holds all of it.
#[must_use]
pub fn address(pixels: &Pixels) -> String {
    let mut address = String::from("data:image/png;base64,");
    base64(&encode(pixels, &[]).unwrap_or_default(), &mut address);
    address
}

fn base64(bytes: &[u8], out: &mut String) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for three in bytes.chunks(3) {
        let at = |i: usize| three.get(i).map_or(0, |b| u32::from(*b));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for i in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * i) & 63) as usize];
            out.push(if i > three.len() { '=' } else { char::from(digit) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_in_base_64() {
        for (bytes, want) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")]
        {
            let mut out = String::new();
            base64(bytes.as_bytes(), &mut out);
            assert_eq!(out, want);
        }
    }

    #[test]
    fn pictures_of_few_colours_are_indexed_and_others_are_not() {
        let of = |colors: u32| {
            let color = |i: u32| {
                let [low, high, ..] = i.to_le_bytes();
                [low, high, 7, 255]
            };
            let bytes = (0..colors).flat_map(color).collect();
            Pixels { width: colors, height: 1, bytes }
        };
        assert_eq!(index(&of(256)).map(|(palette, _)| palette.len()), Some(256));
        assert_eq!(index(&of(257)), None);
        for colors in [3, 400] {
            let file = encode(&of(colors), &[("Link", "#v=1")]).expect("it is small");
            let decoder = png::Decoder::new(std::io::Cursor::new(file));
            let mut reader = decoder.read_info().expect("a header");
            let mut bytes = vec![0; reader.output_buffer_size().expect("small")];
            reader.next_frame(&mut bytes).expect("a picture");
            assert_eq!(reader.info().width, colors);
            assert_eq!(reader.info().utf8_text[0].get_text().expect("text"), "#v=1");
        }
    }
}
