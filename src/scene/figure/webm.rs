//! The length of films in `WebM`. Many recorders leave it out, for they write the head of a file before they know it; and players
//! that are not told it show none, and do not jump. Others end it with the last picture, which is to stand for a while.

/// How much of a file is looked at: its head is far shorter.
pub const HEAD_BYTES: u32 = 4096;

const EBML: u64 = 0x1A45_DFA3;
const SEGMENT: u64 = 0x1853_8067;
const SEEK_HEAD: u64 = 0x114D_9B74;
const INFO: u64 = 0x1549_A966;
const TIMECODE_SCALE: u64 = 0x002A_D7B1;
const DURATION: u64 = 0x4489;
const CLUSTER: u64 = 0x1F43_B675;
/// Nanoseconds in a unit of time where the file does not say.
const USUAL_SCALE: f64 = 1e6;

/// An element of a file.
struct Element {
    id: u64,
    /// Where its size is written.
    size_at: usize,
    /// Where what is in it begins.
    data: usize,
    /// How long that is; none where the file does not say.
    size: Option<u64>,
}

impl Element {
    /// The element that begins at a byte.
    fn read(bytes: &[u8], at: usize) -> Option<Self> {
        let (id, id_length) = number(bytes, at)?;
        let size_at = at + id_length;
        let (size, size_length) = number(bytes, size_at)?;
        // Its first bit that is set says how long a number is. All others set means unknown.
        let mark = 1 << (7 * size_length);
        let size = (size != 2 * mark - 1).then_some(size - mark);
        Some(Self { id, size_at, data: size_at + size_length, size })
    }

    fn end(&self) -> Option<usize> {
        self.data.checked_add(usize::try_from(self.size?).ok()?)
    }
}

/// The number at a byte with the mark of its length, and that length.
fn number(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let length = bytes.get(at)?.leading_zeros() as usize + 1;
    let found = bytes.get(at..at.checked_add(length)?).filter(|_| length <= 8)?;
    Some((found.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)), length))
}

/// A size, in at least so many bytes.
fn size(value: u64, least: usize) -> Vec<u8> {
    let fits = |length: &usize| value < (1 << (7 * length)) - 1;
    let length = (least..8).find(fits).unwrap_or(8);
    let marked = value | 1 << (7 * length);
    marked.to_be_bytes()[8 - length..].to_vec()
}

/// A number with a point, in four or eight bytes.
fn float(bytes: &[u8]) -> Option<f64> {
    match bytes.len() {
        4 => Some(f64::from(f32::from_be_bytes(bytes.try_into().ok()?))),
        8 => Some(f64::from_be_bytes(bytes.try_into().ok()?)),
        _ => None,
    }
}

/// The first bytes of a film with its length in milliseconds written into them. None where one as long is there already, where
/// these bytes are no head of a film, and where places in the file are written down in it, which would move.
#[must_use]
pub fn with_duration(head: &[u8], ms: f64) -> Option<Vec<u8>> {
    let ebml = Element::read(head, 0).filter(|e| e.id == EBML)?;
    let segment = Element::read(head, ebml.end()?).filter(|e| e.id == SEGMENT)?;
    let mut may_move = true;
    let mut at = segment.data;
    let info = loop {
        let element = Element::read(head, at)?;
        match element.id {
            INFO => break element,
            CLUSTER => return None,
            SEEK_HEAD => may_move &= element.size == Some(0),
            _ => {}
        }
        at = element.end()?;
    };
    let end = info.end().filter(|end| *end <= head.len())?;
    let (mut scale, mut there) = (USUAL_SCALE, None);
    let mut at = info.data;
    while at < end {
        let element = Element::read(head, at)?;
        at = element.end()?;
        let data = head.get(element.data..at)?;
        match element.id {
            TIMECODE_SCALE => scale = data.iter().fold(0.0, |value, byte| value * 256.0 + f64::from(*byte)),
            DURATION => there = Some((element.data, float(data)?, data.len())),
            _ => {}
        }
    }
    let units = Some(ms * 1e6 / scale).filter(|units| units.is_finite() && *units > 0.0)?;
    match there {
        Some((_, known, _)) if known >= units => None,
        Some((at, _, length)) => {
            let mut new = head.to_vec();
            #[expect(clippy::cast_possible_truncation, reason = "milliseconds of a minute")]
            let short = (units as f32).to_be_bytes();
            let long = units.to_be_bytes();
            new.get_mut(at..at + length)?.copy_from_slice(if length == 4 { &short } else { &long });
            Some(new)
        }
        None if may_move => inserted(head, &segment, &info, units),
        None => None,
    }
}

/// A length put in at the end of what is said of the film, and the sizes of what it is within.
fn inserted(head: &[u8], segment: &Element, info: &Element, units: f64) -> Option<Vec<u8>> {
    let mut duration = vec![0x44, 0x89, 0x88];
    duration.extend(units.to_be_bytes());
    let end = info.end()?;
    let added = u64::try_from(duration.len()).ok()?;
    let info_size = size(info.size?.checked_add(added)?, info.data - info.size_at);
    let longer = info_size.len() - (info.data - info.size_at);
    let mut new = head.get(..segment.size_at)?.to_vec();
    match segment.size {
        Some(bytes) => {
            let bytes = bytes.checked_add(added)?.checked_add(u64::try_from(longer).ok()?)?;
            new.extend(size(bytes, segment.data - segment.size_at));
        }
        None => new.extend(head.get(segment.size_at..segment.data)?),
    }
    new.extend(head.get(segment.data..info.size_at)?);
    new.extend(info_size);
    new.extend(head.get(info.data..end)?);
    new.extend(duration);
    new.extend(head.get(end..)?);
    Some(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNKNOWN: [u8; 8] = [0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];

    fn element(id: &[u8], data: &[u8]) -> Vec<u8> {
        [id, &size(data.len() as u64, 1), data].concat()
    }

    /// A film as recorders begin one, with these in what is said of it, and after `before`.
    fn film(segment_size: &[u8], before: &[u8], said: &[&[u8]]) -> Vec<u8> {
        [
            &element(&[0x1A, 0x45, 0xDF, 0xA3], &element(&[0x42, 0x82], b"webm"))[..],
            &[0x18, 0x53, 0x80, 0x67],
            segment_size,
            before,
            &element(&[0x15, 0x49, 0xA9, 0x66], &said.concat()),
            &element(&[0x16, 0x54, 0xAE, 0x6B], b"tracks"),
            &[0x1F, 0x43, 0xB6, 0x75],
            &UNKNOWN,
            b"pictures",
        ]
        .concat()
    }

    /// The size of the segment, and what is said in the head of a film: ids and data.
    fn read(film: &[u8]) -> (Option<u64>, Vec<(u64, Vec<u8>)>) {
        let segment = Element::read(film, Element::read(film, 0).unwrap().end().unwrap()).unwrap();
        let mut info = Element::read(film, segment.data).unwrap();
        if info.id != INFO {
            info = Element::read(film, info.end().unwrap()).unwrap();
        }
        let (mut at, end, mut said) = (info.data, info.end().unwrap(), Vec::new());
        while at < end {
            let e = Element::read(film, at).unwrap();
            at = e.end().unwrap();
            said.push((e.id, film[e.data..at].to_vec()));
        }
        // What follows is still whole.
        let tracks = Element::read(film, end).unwrap();
        assert_eq!(&film[tracks.data..tracks.end().unwrap()], b"tracks");
        let cluster = Element::read(film, tracks.end().unwrap()).unwrap();
        assert_eq!((cluster.id, &film[cluster.data..]), (CLUSTER, &b"pictures"[..]));
        (segment.size, said)
    }

    fn scale(ns: u32) -> Vec<u8> {
        element(&[0x2A, 0xD7, 0xB1], &ns.to_be_bytes())
    }

    #[test]
    fn a_length_that_is_missing_is_put_in() {
        let (scale, app) = (scale(1_000_000), element(&[0x4D, 0x80], b"Recorder"));
        let with = with_duration(&film(&UNKNOWN, &[], &[&scale, &app]), 6950.0).expect("a film");
        let (size, said) = read(&with);
        assert_eq!(size, None);
        assert_eq!(said.len(), 3);
        assert_eq!(said[1].1, b"Recorder");
        assert_eq!(said[2], (DURATION, 6950.0_f64.to_be_bytes().to_vec()));
    }

    #[test]
    fn it_is_in_the_units_of_the_file() {
        let with = with_duration(&film(&UNKNOWN, &[], &[&scale(500_000)]), 1000.0).expect("a film");
        assert_eq!(read(&with).1[1], (DURATION, 2000.0_f64.to_be_bytes().to_vec()));
        let with = with_duration(&film(&UNKNOWN, &[], &[]), 1000.0).expect("a film");
        assert_eq!(read(&with).1[0], (DURATION, 1000.0_f64.to_be_bytes().to_vec()));
        assert_eq!(with_duration(&film(&UNKNOWN, &[], &[&scale(0)]), 1000.0), None);
    }

    #[test]
    fn sizes_grow_with_it_also_where_they_need_more_bytes() {
        // With eleven bytes more, the size of what is said needs a second byte.
        let long = element(&[0x4D, 0x80], &[b'a'; 115]);
        let plain = film(&[0x41, 0x00], &[], &[&long]);
        let with = with_duration(&plain, 40.0).expect("a film");
        assert_eq!(with.len(), plain.len() + 12);
        let (size, said) = read(&with);
        assert_eq!((size, said.len()), (Some(0x100 + 12), 2));
    }

    #[test]
    fn a_length_that_is_too_short_is_written_over_where_it_stands() {
        let lengths: [&[u8]; 3] = [&0.0_f64.to_be_bytes(), &0.0_f32.to_be_bytes(), &1005.4_f32.to_be_bytes()];
        for short in lengths {
            let zero = element(&[0x44, 0x89], short);
            let seek = element(&[0x11, 0x4D, 0x9B, 0x74], b"places");
            let plain = film(&UNKNOWN, &seek, &[&zero, &scale(1_000_000)]);
            let with = with_duration(&plain, 1500.0).expect("a film");
            assert_eq!(with.len(), plain.len());
            assert_eq!(float(&read(&with).1[0].1), Some(1500.0));
        }
    }

    #[test]
    fn a_file_is_left_as_it_is_where_its_length_is_known_and_where_places_would_move() {
        let known = element(&[0x44, 0x89], &1500.0_f64.to_be_bytes());
        assert_eq!(with_duration(&film(&UNKNOWN, &[], &[&known]), 1500.0), None);
        let seek = element(&[0x11, 0x4D, 0x9B, 0x74], b"places");
        assert_eq!(with_duration(&film(&UNKNOWN, &seek, &[]), 1500.0), None);
        let empty = element(&[0x11, 0x4D, 0x9B, 0x74], b"");
        assert!(with_duration(&film(&UNKNOWN, &empty, &[]), 1500.0).is_some());
    }

    #[test]
    fn what_is_no_film_or_cut_off_is_refused() {
        let whole = film(&UNKNOWN, &[], &[&scale(1_000_000)]);
        let info_ends = whole.len() - b"pictures".len() - 12 - 11;
        for end in 0..info_ends {
            assert_eq!(with_duration(&whole[..end], 1.0), None, "{end} bytes");
        }
        assert!(with_duration(&whole[..info_ends], 1.0).is_some());
        for ms in [f64::NAN, f64::INFINITY, 0.0, -1.0] {
            assert_eq!(with_duration(&whole, ms), None);
        }
        assert_eq!(with_duration(b"GIF89a and so on", 1.0), None);
        assert_eq!(with_duration(&[0xFF; 64], 1.0), None);
        assert_eq!(with_duration(&[0; 64], 1.0), None);
    }
}
