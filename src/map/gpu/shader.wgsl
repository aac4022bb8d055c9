// Layers on the map. Positions arrive as whole numbers of a step from their chunk's origin and
// are subtracted from a whole-numbered reference near the view before they become floats: nothing
// jitters at the deepest zoom. All later work is in pixels of the framebuffer.

struct Draw {
    // A position near the view, in the chunk's steps, and where it is on the screen.
    reference: vec2<i32>,
    reference_px: vec2<f32>,
    screen_px: vec2<f32>,
    px_per_step: f32,
    px_per_point: f32,
    // Replaces the features' own colour where `mode` says so; straight alpha.
    colour: vec4<f32>,
    // The look of all rows, unless they have classes; see looks.rs.
    look: vec4<u32>,
    opacity: f32,
    // How much wider than its style a feature is drawn, points.
    wider: f32,
    // 1: in `colour`; otherwise in the features' own colours.
    mode: u32,
    // Whether rows are looked up in `shown` and `classes`.
    flags: u32,
}

@group(0) @binding(0) var<uniform> draw: Draw;
// Which rows are shown, 32 a texel; the class of each row; how each class looks. See looks.rs.
@group(1) @binding(0) var shown: texture_2d<u32>;
@group(1) @binding(1) var classes: texture_2d<u32>;
@group(1) @binding(2) var palette: texture_2d<u32>;

// The pictures of point symbols: how much of each place is ink. See icons.rs.
@group(1) @binding(3) var icons: texture_2d_array<f32>;
@group(1) @binding(4) var icon_sampler: sampler;

// Set for framebuffers that expect linear colours.
override linear_target: bool = false;

const ROW_BITS: u32 = 0x3fffffffu;
const DRAW_MARK: u32 = 0x80000000u;
const JOIN_MARK: u32 = 0x40000000u;

const MASKED: u32 = 1u;
const CLASSED: u32 = 2u;

struct Look {
    fill: vec4<f32>,
    stroke: vec4<f32>,
    visible: bool,
    shape: u32,
    // A picture, 0 for none.
    icon: u32,
    // The corners of lines: 0 round, 1 mitred, 2 bevelled.
    join: u32,
    // In which pieces lines are, 0 for one.
    dash: u32,
    // A pattern over polygons, 0 for none.
    hatch: u32,
    // Arrow heads: 1 where lines end, 2 where they begin.
    heads: u32,
    // How far point symbols are turned, radians clockwise.
    rotation: f32,
    // Points.
    width: f32,
    size: f32,
}

fn look_of(row_and_marks: u32) -> Look {
    let row = row_and_marks & ROW_BITS;
    var texel = draw.look;
    var visible = true;
    if (draw.flags & MASKED) != 0u {
        let wide = textureDimensions(shown).x;
        let word = row / 32u;
        let bits = textureLoad(shown, vec2<u32>(word % wide, word / wide), 0).x;
        visible = ((bits >> (row % 32u)) & 1u) != 0u;
    }
    if (draw.flags & CLASSED) != 0u {
        let wide = textureDimensions(classes).x;
        let class_of = textureLoad(classes, vec2<u32>(row % wide, row / wide), 0).x;
        // What is beyond the last class is as the last texel, which is not drawn.
        let size = textureDimensions(palette);
        let place = min(class_of, size.x * size.y - 1u);
        texel = textureLoad(palette, vec2<u32>(place % size.x, place / size.x), 0);
    }
    var look: Look;
    look.fill = unpack4x8unorm(texel.x);
    look.stroke = unpack4x8unorm(texel.y);
    look.visible = visible && (texel.z & 1u) != 0u;
    look.shape = (texel.z >> 8u) & 0x7u;
    look.icon = (texel.z >> 3u) & 0x1fu;
    look.join = (texel.z >> 1u) & 0x3u;
    look.dash = (texel.z >> 11u) & 0x7u;
    look.hatch = (texel.z >> 14u) & 0x7u;
    look.heads = (texel.z >> 17u) & 0x3u;
    look.rotation = f32(texel.z >> 22u) / 1024.0 * 6.2831853;
    look.width = f32(texel.w & 0xffffu) / 64.0;
    look.size = f32(texel.w >> 16u) / 64.0;
    return look;
}

fn to_px(position: vec2<i32>) -> vec2<f32> {
    let steps = vec2<f32>(position - draw.reference);
    return draw.reference_px + vec2<f32>(steps.x, -steps.y) * draw.px_per_step;
}

fn to_clip(px: vec2<f32>) -> vec4<f32> {
    let unit = px / draw.screen_px * 2.0 - 1.0;
    return vec4<f32>(unit.x, -unit.y, 0.0, 1.0);
}

const NOWHERE: vec4<f32> = vec4<f32>(2.0, 2.0, 2.0, 1.0);

// From straight alpha to what egui's framebuffer wants: premultiplied, in gamma or linear space.
fn finish(colour: vec4<f32>, coverage: f32) -> vec4<f32> {
    let alpha = colour.a * coverage * draw.opacity;
    var rgb = colour.rgb;
    if linear_target {
        let low = rgb / 12.92;
        let high = pow((rgb + 0.055) / 1.055, vec3<f32>(2.4));
        rgb = select(high, low, rgb <= vec3<f32>(0.04045));
    }
    return vec4<f32>(rgb * alpha, alpha);
}

// Polygons' insides.

struct FillOut {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) colour: vec4<f32>,
    @location(1) @interpolate(flat) stroke: vec4<f32>,
    @location(2) @interpolate(flat) hatch: u32,
}

@vertex
fn fill_vertex(@location(0) position: vec2<i32>, @location(1) row: u32) -> FillOut {
    let look = look_of(row);
    var out: FillOut;
    out.position = NOWHERE;
    out.colour = look.fill;
    out.stroke = look.stroke;
    out.hatch = look.hatch;
    if look.visible {
        out.position = to_clip(to_px(position));
    }
    return out;
}

// From one line or dot of a pattern to the next, and the width of its lines, points: as
// Hatch::STEP and Hatch::WIDTH.
const HATCH_STEP: f32 = 7.0;
const HATCH_WIDTH: f32 = 1.0;

// How much of a pixel is covered by lines of a pattern, seen across them.
fn lines_of_hatch(across: f32) -> f32 {
    let step = HATCH_STEP * draw.px_per_point;
    let half = max(HATCH_WIDTH * draw.px_per_point, 1.0) * 0.5;
    let past = abs(fract(across / step + 0.5) - 0.5) * step;
    return clamp(half + 0.5 - past, 0.0, 1.0);
}

// How much of a pixel a pattern covers. It stands still on the screen.
fn hatched(place: vec2<f32>, hatch: u32) -> f32 {
    let rising = (place.x + place.y) * 0.70710678;
    let falling = (place.x - place.y) * 0.70710678;
    switch hatch {
        case 1u: { return lines_of_hatch(rising); }
        case 2u: { return lines_of_hatch(falling); }
        case 3u: { return lines_of_hatch(place.y); }
        case 4u: { return lines_of_hatch(place.x); }
        case 5u: { return max(lines_of_hatch(rising), lines_of_hatch(falling)); }
        case 6u: { return max(lines_of_hatch(place.x), lines_of_hatch(place.y)); }
        case 7u: {
            let step = HATCH_STEP * draw.px_per_point;
            let past = (fract(place / step + 0.5) - 0.5) * step;
            return clamp(1.1 * HATCH_WIDTH * draw.px_per_point + 0.5 - length(past), 0.0, 1.0);
        }
        default: { return 0.0; }
    }
}

@fragment
fn fill_fragment(in: FillOut) -> @location(0) vec4<f32> {
    if in.hatch == 0u {
        return finish(in.colour, 1.0);
    }
    let over = in.stroke.a * hatched(in.position.xy, in.hatch);
    let under = in.colour.a * (1.0 - over);
    let alpha = over + under;
    let rgb = (in.stroke.rgb * over + in.colour.rgb * under) / max(alpha, 1e-6);
    return finish(vec4<f32>(rgb, alpha), 1.0);
}

// Small polygons: a turned rectangle with its outline, in one.

struct BoxOut {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) fill: vec4<f32>,
    @location(1) @interpolate(flat) stroke: vec4<f32>,
    // From the middle, in pixels along the box's own axes.
    @location(2) place: vec2<f32>,
    // Half the sides in pixels, and half the outline's width; below 0 without outline.
    @location(3) @interpolate(flat) sizes: vec3<f32>,
}

@vertex
fn box_vertex(
    @builtin(vertex_index) corner: u32,
    @location(0) position: vec2<i32>,
    @location(1) row: u32,
    @location(2) along: vec2<f32>,
    @location(3) half_width: f32,
) -> BoxOut {
    var out: BoxOut;
    out.position = NOWHERE;
    let look = look_of(row);
    if !look.visible {
        return out;
    }
    let width = look.width * draw.px_per_point;
    out.fill = look.fill;
    out.stroke = look.stroke;
    // Outlines thinner than a pixel are drawn a pixel wide and paler, as lines are.
    out.stroke.a = out.stroke.a * min(width, 1.0);
    let half = select(-1.0, max(width, 1.0) * 0.5, width > 0.0);
    let axis = vec2<f32>(along.x, -along.y) * draw.px_per_step;
    let length = length(axis);
    var direction = vec2<f32>(1.0, 0.0);
    if length > 1e-6 {
        direction = axis / length;
    }
    let normal = vec2<f32>(-direction.y, direction.x);
    let sides = vec2<f32>(length, half_width * draw.px_per_step);
    let sign = vec2<f32>(f32(corner & 1u), f32(corner >> 1u)) * 2.0 - 1.0;
    let place = sign * (sides + max(half, 0.0) + 0.5);
    out.position = to_clip(to_px(position) + direction * place.x + normal * place.y);
    out.place = place;
    out.sizes = vec3<f32>(sides, half);
    return out;
}

// How much of a pixel's width around a place lies between -half and half.
fn overlap(place: vec2<f32>, half: vec2<f32>) -> vec2<f32> {
    return clamp(min(place + 0.5, half) - max(place - 0.5, -half), vec2<f32>(0.0), vec2<f32>(1.0));
}

@fragment
fn box_fragment(in: BoxOut) -> @location(0) vec4<f32> {
    let half = in.sizes.z;
    if half < 0.0 {
        let covered = overlap(in.place, in.sizes.xy);
        return finish(in.fill, covered.x * covered.y);
    }
    let past = abs(in.place) - in.sizes.xy;
    let edge = length(max(past, vec2<f32>(0.0))) + min(max(past.x, past.y), 0.0);
    let outside = clamp(half + 0.5 - edge, 0.0, 1.0);
    let inside = clamp(-edge - half + 0.5, 0.0, 1.0);
    let over = in.stroke.a * (1.0 - inside);
    let under = in.fill.a * (1.0 - over) * clamp(0.5 - edge, 0.0, 1.0);
    let alpha = over + under;
    let rgb = (in.stroke.rgb * over + in.fill.rgb * under) / max(alpha, 1e-6);
    return finish(vec4<f32>(rgb, alpha), outside);
}

// Lines and outlines: one rectangle per segment, wide enough for the round ends.

struct LineIn {
    @builtin(vertex_index) corner: u32,
    @location(0) before: vec2<i32>,
    @location(1) before_marks: u32,
    @location(2) start: vec2<i32>,
    @location(3) start_marks: u32,
    @location(4) end: vec2<i32>,
    @location(5) end_marks: u32,
    @location(6) after: vec2<i32>,
    @location(7) after_marks: u32,
}

struct LineOut {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) colour: vec4<f32>,
    @location(1) @interpolate(flat) ends: vec4<f32>,
    @location(2) @interpolate(flat) neighbours: vec4<f32>,
    // Half the width in pixels; whether segments follow before and after; see `join` of looks.
    @location(3) @interpolate(flat) half_and_joins: vec4<f32>,
    // How long arrow heads are and half as wide, and how much larger all around, pixels; where they
    // are: 1 at the end, 2 at the start, 0 for none.
    @location(4) @interpolate(flat) heads: vec4<f32>,
}

// The size of the arrow heads of a line of a width, points: as Heads::size.
fn head_of(width: f32) -> vec2<f32> {
    return vec2<f32>(3.0 * width + 4.0, 1.2 * width + 2.0);
}

// A mitred corner reaches this far beyond its vertex, half widths: one that would reach farther is
// bevelled. √(4² − 1).
const MITER_REACH: f32 = 3.873;

fn line_of(in: LineIn, look: Look) -> LineOut {
    var out: LineOut;
    out.position = NOWHERE;
    let width = look.width * draw.px_per_point;
    if (in.start_marks & DRAW_MARK) == 0u || !look.visible || width <= 0.0 {
        return out;
    }
    var colour = look.stroke;
    if draw.mode == 1u {
        colour = draw.colour;
    }
    // Lines thinner than a pixel are drawn a pixel wide and paler.
    let full = width + draw.wider * draw.px_per_point;
    colour.a = colour.a * min(full, 1.0);
    let half = max(full, 1.0) * 0.5;

    let a = to_px(in.start);
    let b = to_px(in.end);
    let along = b - a;
    let length = length(along);
    var direction = vec2<f32>(1.0, 0.0);
    if length > 1e-6 {
        direction = along / length;
    }
    let normal = vec2<f32>(-direction.y, direction.x);
    let reach = half + 0.5;
    let ahead = select(reach, half * MITER_REACH + 0.5, look.join == 1u);
    let forward = f32(in.corner & 1u);
    let side = f32(in.corner >> 1u) * 2.0 - 1.0;
    var back = reach;
    var front = ahead;
    var beside_ = reach;
    let head = head_of(look.width) * draw.px_per_point;
    let grown = draw.wider * 0.5 * draw.px_per_point;
    var where_ = 0.0;
    if length > 1e-6 {
        // A head of a last piece shorter than it lies over the pieces before, too.
        if (look.heads & 1u) != 0u && (in.end_marks & JOIN_MARK) == 0u {
            where_ = where_ + 1.0;
            back = max(back, head.x - length + grown + 0.5);
        }
        if (look.heads & 2u) != 0u && (in.before_marks & JOIN_MARK) == 0u {
            where_ = where_ + 2.0;
            front = max(front, head.x - length + grown + 0.5);
        }
    }
    if where_ > 0.0 {
        beside_ = max(beside_, head.y + grown + 0.5);
        // The tip of a head that is drawn larger reaches farther.
        back = max(back, grown * 2.0 + 0.5);
        front = max(front, grown * 2.0 + 0.5);
    }
    let base = mix(a - direction * back, b + direction * front, forward);
    out.position = to_clip(base + normal * side * beside_);
    out.heads = vec4<f32>(head, grown, where_);
    out.colour = colour;
    out.ends = vec4<f32>(a, b);
    out.neighbours = vec4<f32>(to_px(in.before), to_px(in.after));
    let joined_before = select(0.0, 1.0, (in.before_marks & JOIN_MARK) != 0u);
    let joined_after = select(0.0, 1.0, (in.end_marks & JOIN_MARK) != 0u);
    out.half_and_joins = vec4<f32>(half, joined_before, joined_after, f32(look.join));
    return out;
}

@vertex
fn line_vertex(in: LineIn) -> LineOut {
    return line_of(in, look_of(in.start_marks));
}

// How far along the segment (0 to 1 inside, unbounded) and how far from it a place is.
fn beside(place: vec2<f32>, a: vec2<f32>, b: vec2<f32>) -> vec2<f32> {
    let along = b - a;
    let square = dot(along, along);
    var t = 0.0;
    if square > 1e-12 {
        t = dot(place - a, along) / square;
    }
    return vec2<f32>(t, distance(place, a + along * clamp(t, 0.0, 1.0)));
}

// How far a place beyond a corner is from the middle of the line, as its join makes it.
fn beyond(place: vec2<f32>, from_: vec2<f32>, corner: vec2<f32>, to: vec2<f32>, half: f32, join: f32) -> f32 {
    let away = place - corner;
    let before = corner - from_;
    let after = to - corner;
    if join < 0.5 || dot(before, before) < 1e-9 || dot(after, after) < 1e-9 {
        return length(away);
    }
    let arriving = normalize(before);
    let leaving = normalize(after);
    let across = max(
        abs(arriving.x * away.y - arriving.y * away.x),
        abs(leaving.x * away.y - leaving.y * away.x),
    );
    // Half the turn: the mitre reaches half / cosine from the corner.
    let cosine = sqrt(max((1.0 + dot(arriving, leaving)) * 0.5, 0.0));
    let outward = arriving - leaving;
    if (join < 1.5 && cosine > 0.25) || dot(outward, outward) < 1e-9 {
        return across;
    }
    return max(across, dot(away, normalize(outward)) + half * (1.0 - cosine));
}

// How much of a pixel a head covers that points along a direction to a tip.
fn head_at(place: vec2<f32>, tip: vec2<f32>, direction: vec2<f32>, head: vec3<f32>) -> f32 {
    let away = place - tip;
    let back = -dot(away, direction);
    let across = abs(direction.x * away.y - direction.y * away.x);
    let slanted = (head.x * across - head.y * back) / length(head.xy);
    return clamp(head.z + 0.5 - max(slanted, back - head.x), 0.0, 1.0);
}

// How much of a pixel arrow heads cover.
fn heads_coverage(in: LineOut) -> f32 {
    if in.heads.w < 0.5 {
        return 0.0;
    }
    let direction = normalize(in.ends.zw - in.ends.xy);
    let place = in.position.xy;
    var covered = 0.0;
    if in.heads.w != 2.0 {
        covered = head_at(place, in.ends.zw, direction, in.heads.xyz);
    }
    if in.heads.w > 1.5 {
        covered = max(covered, head_at(place, in.ends.xy, -direction, in.heads.xyz));
    }
    return covered;
}

// How much of a line is left where it ends in a head, whose tip is sharper than it.
fn before_heads(in: LineOut) -> f32 {
    if in.heads.w < 0.5 {
        return 1.0;
    }
    let direction = normalize(in.ends.zw - in.ends.xy);
    let place = in.position.xy;
    var left = 1.0;
    if in.heads.w != 2.0 {
        left = clamp(dot(in.ends.zw - place, direction) - in.heads.x * 0.5 + 0.5, 0.0, 1.0);
    }
    if in.heads.w > 1.5 {
        let past = dot(place - in.ends.xy, direction) - in.heads.x * 0.5 + 0.5;
        left = min(left, clamp(past, 0.0, 1.0));
    }
    return left;
}

// How much of a pixel a line covers; below 0 where the pixel is another segment's.
fn line_coverage(in: LineOut) -> f32 {
    let place = in.position.xy;
    let half = in.half_and_joins.x;
    let own = beside(place, in.ends.xy, in.ends.zw);
    var distance = own.y;
    let is_followed = in.half_and_joins.z > 0.5;
    if is_followed && own.x > 1.0 {
        let join = in.half_and_joins.w;
        distance = beyond(place, in.ends.xy, in.ends.zw, in.neighbours.zw, half, join);
    }
    let coverage = clamp(half + 0.5 - distance, 0.0, 1.0);
    // Each pixel near a joint belongs to one of the two segments, so that see-through lines have
    // no dark dots: the round end belongs to the earlier one, otherwise the nearer one has it.
    if in.half_and_joins.y > 0.5 {
        let other = beside(place, in.neighbours.xy, in.ends.xy);
        if own.x < 0.0 || other.y < own.y - 0.001 {
            return -1.0;
        }
    }
    if is_followed {
        let other = beside(place, in.ends.zw, in.neighbours.zw);
        if other.x >= 0.0 && other.y < own.y {
            return -1.0;
        }
    }
    return coverage;
}

@fragment
fn line_fragment(in: LineOut) -> @location(0) vec4<f32> {
    let coverage = max(line_coverage(in) * before_heads(in), heads_coverage(in));
    if coverage <= 0.0 {
        discard;
    }
    return finish(in.colour, coverage);
}

// Lines in pieces: as lines, with how far along each segment begins.

struct DashOut {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) colour: vec4<f32>,
    @location(1) @interpolate(flat) ends: vec4<f32>,
    @location(2) @interpolate(flat) neighbours: vec4<f32>,
    @location(3) @interpolate(flat) half_and_joins: vec4<f32>,
    // How far along the line the segment begins, pixels.
    @location(4) @interpolate(flat) begins: f32,
    // Drawn, left out, drawn, left out: pixels; none for a line in one piece.
    @location(5) @interpolate(flat) pattern: vec4<f32>,
    @location(6) @interpolate(flat) heads: vec4<f32>,
}

// The pattern of a kind of dashes, in widths of the line; as Dash::pattern.
fn pattern_of(dash: u32) -> vec4<f32> {
    switch dash {
        case 1u: { return vec4<f32>(4.0, 3.0, 4.0, 3.0); }
        case 2u: { return vec4<f32>(8.0, 4.0, 8.0, 4.0); }
        case 3u: { return vec4<f32>(1.0, 2.0, 1.0, 2.0); }
        case 4u: { return vec4<f32>(5.0, 2.0, 1.0, 2.0); }
        default: { return vec4<f32>(0.0); }
    }
}

@vertex
fn dash_vertex(in: LineIn, @location(8) begins: f32) -> DashOut {
    let look = look_of(in.start_marks);
    let line = line_of(in, look);
    var out: DashOut;
    out.position = line.position;
    out.colour = line.colour;
    out.ends = line.ends;
    out.neighbours = line.neighbours;
    out.half_and_joins = line.half_and_joins;
    out.heads = line.heads;
    out.begins = begins * draw.px_per_step;
    out.pattern = pattern_of(look.dash) * max(look.width, 1.0) * draw.px_per_point;
    return out;
}

// How much of a pixel at a place along a line is in a piece that is drawn.
fn dashed(along: f32, pattern: vec4<f32>) -> f32 {
    let whole = pattern.x + pattern.y + pattern.z + pattern.w;
    if whole <= 0.0 {
        return 1.0;
    }
    let place = fract(along / whole) * whole;
    // Signed distances into both drawn pieces, and the first of the next round.
    let first = min(place, pattern.x - place);
    let begin = pattern.x + pattern.y;
    let second = min(place - begin, begin + pattern.z - place);
    let next = place - whole;
    return clamp(max(max(first, second), next) + 0.5, 0.0, 1.0);
}

@fragment
fn dash_fragment(in: DashOut) -> @location(0) vec4<f32> {
    var line: LineOut;
    line.position = in.position;
    line.colour = in.colour;
    line.ends = in.ends;
    line.neighbours = in.neighbours;
    line.half_and_joins = in.half_and_joins;
    line.heads = in.heads;
    let coverage = line_coverage(line) * before_heads(line);
    let heads = heads_coverage(line);
    let own = beside(in.position.xy, in.ends.xy, in.ends.zw);
    let long = distance(in.ends.xy, in.ends.zw);
    let piece = dashed(in.begins + clamp(own.x, 0.0, 1.0) * long, in.pattern);
    let covered = max(coverage * piece, heads);
    if covered <= 0.0 {
        discard;
    }
    return finish(in.colour, covered);
}

// Point symbols: a square each, the shape from its distance function.

struct PointOut {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) fill: vec4<f32>,
    @location(1) @interpolate(flat) stroke: vec4<f32>,
    @location(2) @interpolate(flat) centre: vec2<f32>,
    // Radius and half the outline's width in pixels.
    @location(3) @interpolate(flat) sizes: vec2<f32>,
    @location(4) @interpolate(flat) shape: u32,
    // The cosine and sine of how far it is turned.
    @location(5) @interpolate(flat) turn: vec2<f32>,
    @location(6) @interpolate(flat) icon: u32,
}

@vertex
fn point_vertex(
    @builtin(vertex_index) corner: u32,
    @location(0) position: vec2<i32>,
    @location(1) row: u32,
) -> PointOut {
    var out: PointOut;
    out.position = NOWHERE;
    let look = look_of(row);
    if !look.visible {
        return out;
    }
    let radius = look.size * 0.5 * draw.px_per_point;
    var half = look.width * 0.5 * draw.px_per_point;
    out.fill = look.fill;
    out.stroke = look.stroke;
    if draw.mode == 1u {
        out.fill = draw.colour;
        out.stroke = draw.colour;
        half = half + draw.wider * 0.5 * draw.px_per_point;
    }
    let centre = to_px(position);
    var reach = reach_of(radius, half, look.shape) + 0.5;
    if look.rotation != 0.0 {
        // Around the farthest corner.
        reach = radius * 1.5552 + half * 2.0 + 0.5;
    }
    let sign = vec2<f32>(f32(corner & 1u), f32(corner >> 1u)) * 2.0 - 1.0;
    out.position = to_clip(centre + sign * reach);
    out.centre = centre;
    out.sizes = vec2<f32>(radius, half);
    out.shape = look.shape;
    out.turn = vec2<f32>(cos(look.rotation), sin(look.rotation));
    out.icon = select(look.icon, 0u, draw.mode == 1u);
    return out;
}

// How far a symbol with its outline reaches from its middle, east, west, north or south.
fn reach_of(radius: f32, half: f32, shape: u32) -> f32 {
    switch shape {
        case 1u: { return radius * 0.8862 + half; }
        case 2u: { return radius * 1.5552 + half * 2.0; }
        case 3u: { return radius * 1.2533 + half * 1.4143; }
        case 4u: { return radius * 1.5413 + half; }
        case 5u: { return radius * 1.1078 + half; }
        default: { return radius + half; }
    }
}

// Signed distance to the edge of a star of five points with the area of the unit disc: folded
// into half a point, it is the distance to one edge.
fn to_star(place: vec2<f32>) -> f32 {
    let tenth = 0.62831853;
    var angle = atan2(place.x, -place.y);
    angle = angle - 2.0 * tenth * round(angle / (2.0 * tenth));
    let folded = length(place) * vec2<f32>(cos(angle), abs(sin(angle)));
    // From the tip of a point to the corner beside it, which is 0.45 as far out and a tenth of a
    // turn on; and the square of the length. A variable: naga 30 takes a constant vector for two
    // expressions.
    var edge = vec2<f32>(-0.98018, 0.40768);
    let from_tip = folded - vec2<f32>(1.5413, 0.0);
    let along = clamp(dot(from_tip, edge) / 1.12696, 0.0, 1.0);
    let side = edge.x * from_tip.y - edge.y * from_tip.x;
    return length(from_tip - edge * along) * select(-1.0, 1.0, side < 0.0);
}

// Signed distance to the edge of a symbol. All have the area of the disc, so that one size looks
// alike in every shape.
fn to_edge(place: vec2<f32>, radius: f32, shape: u32) -> f32 {
    switch shape {
        case 1u: {
            let past = abs(place) - vec2<f32>(radius * 0.8862);
            return length(max(past, vec2<f32>(0.0))) + min(max(past.x, past.y), 0.0);
        }
        case 2u: {
            // An equilateral triangle, point up: three half planes at the inner radius.
            let inner = radius * 0.7776;
            let right = dot(place, vec2<f32>(0.8660254, -0.5));
            let left = dot(place, vec2<f32>(-0.8660254, -0.5));
            return max(place.y, max(right, left)) - inner;
        }
        case 3u: {
            return (abs(place.x) + abs(place.y) - radius * 1.2533) * 0.70710678;
        }
        case 4u: {
            return to_star(place / radius) * radius;
        }
        case 5u: {
            let long = vec2<f32>(1.1078, 0.4431) * radius;
            let past = abs(place) - long;
            let other = abs(place) - long.yx;
            let lying = length(max(past, vec2<f32>(0.0))) + min(max(past.x, past.y), 0.0);
            let upright = length(max(other, vec2<f32>(0.0))) + min(max(other.x, other.y), 0.0);
            return min(lying, upright);
        }
        default: {
            return length(place) - radius;
        }
    }
}

// How much of a pixel is ink of a picture. As ICON_SHARE of the style and SQUARE, SIDE and LEVELS
// of icons.rs.
fn ink_of(away: vec2<f32>, radius: f32, icon: u32) -> f32 {
    let side = radius * 2.0 * 0.62 / 0.9;
    let place = away / side + 0.5;
    if any(place < vec2<f32>(0.0)) || any(place > vec2<f32>(1.0)) {
        return 0.0;
    }
    let level = clamp(log2(64.0 / max(side, 1.0)), 0.0, 3.0);
    return textureSampleLevel(icons, icon_sampler, place, i32(icon) - 1, level).x;
}

@fragment
fn point_fragment(in: PointOut) -> @location(0) vec4<f32> {
    let away = in.position.xy - in.centre;
    let turned = vec2<f32>(
        away.x * in.turn.x + away.y * in.turn.y,
        away.y * in.turn.x - away.x * in.turn.y,
    );
    let edge = to_edge(turned, in.sizes.x, in.shape);
    let half = in.sizes.y;
    let outside = clamp(half + 0.5 - edge, 0.0, 1.0);
    if outside <= 0.0 {
        discard;
    }
    var fill = in.fill;
    if in.icon != 0u {
        // Pictures stand upright, however the symbol is turned. As Symbol::icon_color.
        let light = dot(fill.rgb, vec3<f32>(0.2126, 0.7152, 0.0722)) * 255.0;
        let ink = select(vec3<f32>(1.0), vec3<f32>(0.1254902), light > 150.0);
        fill = vec4<f32>(mix(fill.rgb, ink, ink_of(away, in.sizes.x, in.icon)), fill.a);
    }
    var colour = fill;
    if half > 0.0 {
        // The outline over the fill.
        let inside = clamp(-edge - half + 0.5, 0.0, 1.0);
        let over = in.stroke.a * (1.0 - inside);
        let under = fill.a * (1.0 - over) * select(0.0, 1.0, edge <= half);
        let alpha = over + under;
        let rgb = (in.stroke.rgb * over + fill.rgb * under) / max(alpha, 1e-6);
        colour = vec4<f32>(rgb, alpha);
    }
    return finish(colour, outside);
}
