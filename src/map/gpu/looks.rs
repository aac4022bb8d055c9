//! Which rows of a layer are shown, a bit each, and which class each is of, two bytes each: what a
//! new filter or symbol changes, while the geometry stays.

use arrow_array::BooleanArray;
use egui_wgpu::wgpu;

use super::buffers::Gpu;
use super::icons::Icons;
use crate::map::classes::Classes;
use crate::style::{Color, Dash, Hatch, Heads, Icon, Join, PointShape, Symbol};

/// Words of 32 rows in a line of the texture.
const WORDS: usize = 2048;

/// Rows in a line of the texture of classes.
const ROWS: usize = 8192;

/// Symbols in a line of the palette.
const PALETTE: usize = 256;

/// The shader looks up whether a row is shown.
pub(super) const MASKED: u32 = 1;
/// The shader looks up a row's class.
pub(super) const CLASSED: u32 = 2;

/// Fill, stroke, whether shown and which forms, sizes in 1/64 point; see `look_of` in the shader.
pub(super) type Texel = [u32; 4];

const SHOWN: u32 = 1;

/// The look of what is not drawn.
const UNSEEN: Texel = [0; 4];

/// A symbol as the shader reads it.
pub(super) fn texel(symbol: &Symbol) -> Texel {
    let form = SHOWN
        | number_of(symbol.shape, &PointShape::ALL) << 8
        | number_of(symbol.join, &Join::ALL) << 1
        | symbol.icon.map_or(0, |icon| number_of(icon, &Icon::ALL) + 1) << 3
        | number_of(symbol.dash, &Dash::ALL) << 11
        | number_of(symbol.hatch, &Hatch::ALL) << 14
        | number_of(symbol.heads, &Heads::ALL) << 17
        | turn(symbol.rotation) << 22;
    let sizes = sixty_fourths(symbol.stroke_width) | sixty_fourths(symbol.point_size) << 16;
    [packed(symbol.fill), packed(symbol.stroke), form, sizes]
}

/// The place in a list, by which the shader knows a form.
fn number_of<T: Copy + PartialEq>(form: T, all: &[T]) -> u32 {
    all.iter().position(|other| *other == form).and_then(|at| at.try_into().ok()).unwrap_or(0)
}

/// An angle in degrees as a share of a whole turn, in 1/1024.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1024")]
fn turn(degrees: f32) -> u32 {
    if !degrees.is_finite() {
        return 0;
    }
    ((degrees / 360.0).rem_euclid(1.0) * 1024.0).round() as u32 & 0x3ff
}

fn packed(Color { r, g, b, a }: Color) -> u32 {
    u32::from_le_bytes([r, g, b, a])
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 16 bits")]
fn sixty_fourths(points: f32) -> u32 {
    (points * 64.0).round().clamp(0.0, 65_535.0) as u32
}

/// The words of a mask, 32 rows each, the first row lowest; rows beyond its end are hidden.
fn words(mask: &BooleanArray) -> Vec<u32> {
    let chunks = mask.values().bit_chunks();
    let mut words = Vec::with_capacity(mask.values().len().div_ceil(32) + 2);
    for pair in chunks.iter_padded() {
        let halves = [pair & u64::from(u32::MAX), pair >> 32];
        words.extend(halves.map(|half| u32::try_from(half).unwrap_or_default()));
    }
    words
}

/// The textures of a layer.
pub(super) struct Looks {
    textures: [wgpu::Texture; 3],
    /// [`MASKED`] and [`CLASSED`].
    pub flags: u32,
}

impl Looks {
    /// Makes the textures; none when there are more rows than they have room for, or no memory.
    pub fn new(
        gpu: &Gpu,
        rows: usize,
        mask: Option<&BooleanArray>,
        classes: Option<&Classes>,
    ) -> Option<Looks> {
        let mut words = mask.map(words).unwrap_or_default();
        let shown = rows.div_ceil(32);
        if mask.is_some() {
            words.resize(shown, 0);
        }
        let mut of_rows = classes.map(|classes| classes.rows().to_vec()).unwrap_or_default();
        if classes.is_some() {
            // A row without class is not drawn, nor is a class without symbol.
            of_rows.resize(rows, u16::MAX);
        }
        let symbols = classes.map(Classes::symbols).unwrap_or_default();
        // One more than there are: classes beyond the end have that one.
        let palette = symbols.iter().map(|symbol| symbol.as_ref().map_or(UNSEEN, texel));
        let palette: Vec<Texel> = palette.chain([UNSEEN]).collect();
        let textures = [
            texture(gpu, wgpu::TextureFormat::R32Uint, words, WORDS)?,
            texture(gpu, wgpu::TextureFormat::R16Uint, of_rows, ROWS)?,
            texture(gpu, wgpu::TextureFormat::Rgba32Uint, palette, PALETTE)?,
        ];
        let flags =
            if mask.is_some() { MASKED } else { 0 } | if classes.is_some() { CLASSED } else { 0 };
        Some(Looks { textures, flags })
    }

    pub fn bind(
        &self,
        gpu: &Gpu,
        layout: &wgpu::BindGroupLayout,
        icons: &Icons,
    ) -> wgpu::BindGroup {
        let views = self
            .textures
            .each_ref()
            .map(|texture| texture.create_view(&wgpu::TextureViewDescriptor::default()));
        let entries: Vec<_> = (0..)
            .zip(&views)
            .map(|(binding, view)| wgpu::BindGroupEntry {
                binding,
                resource: wgpu::BindingResource::TextureView(view),
            })
            .chain(icons.entries())
            .collect();
        gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("row looks"),
            layout,
            entries: &entries,
        })
    }
}

/// A texture of whole lines, the last one filled up with nothing.
fn texture<T: bytemuck::Pod>(
    gpu: &Gpu,
    format: wgpu::TextureFormat,
    mut texels: Vec<T>,
    wide: usize,
) -> Option<wgpu::Texture> {
    let width = texels.len().clamp(1, wide);
    let lines = texels.len().div_ceil(width).max(1);
    texels.resize(width * lines, T::zeroed());
    let (width, height) = (u32::try_from(width).ok()?, u32::try_from(lines).ok()?);
    let limit = gpu.device.limits().max_texture_dimension_2d;
    if width > limit || height > limit {
        return None;
    }
    let size = wgpu::Extent3d { width, height, depth_or_array_layers: 1 };
    gpu.guarded(|| {
        let texture = gpu.device.create_texture(&wgpu::TextureDescriptor {
            label: Some("row looks"),
            size,
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let bytes_per_row = Some(width * u32::try_from(size_of::<T>()).unwrap_or(1));
        let layout = wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row, rows_per_image: None };
        gpu.queue.write_texture(
            texture.as_image_copy(),
            bytemuck::cast_slice(&texels),
            layout,
            size,
        );
        texture
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_texel_holds_what_the_shader_reads() {
        let symbol = Symbol {
            fill: Color::rgb(0x112233).with_alpha(0x44),
            stroke: Color::rgb(0xaabbcc),
            stroke_width: 1.5,
            point_size: 9.0,
            shape: PointShape::Diamond,
            ..Symbol::default()
        };
        assert_eq!(texel(&symbol), [0x4433_2211, 0xffcc_bbaa, 0x301, 0x0240_0060]);
        let arrow = Symbol { heads: Heads::Both, ..symbol };
        assert_eq!(texel(&arrow)[2], 0x301 | 3 << 17);
    }

    #[test]
    fn a_mask_is_a_bit_a_row_wherever_it_starts() {
        let rows: Vec<bool> = (0..100).map(|row| row % 3 == 0).collect();
        let mask = BooleanArray::from(rows.clone());
        for start in [0, 5, 33] {
            let words = words(&mask.slice(start, 100 - start));
            for (row, shown) in rows.iter().skip(start).enumerate() {
                assert_eq!(words[row / 32] >> (row % 32) & 1 == 1, *shown, "{start} {row}");
            }
            let beyond = 100 - start;
            assert!(words[beyond / 32] >> (beyond % 32) == 0, "rows beyond the end are hidden");
        }
    }
}
