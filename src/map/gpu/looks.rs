//! How each row of a layer looks, as a texture: one texel per row, so that a new style, filter or
//! selection leaves the geometry alone.

use std::sync::Arc;

use arrow_array::BooleanArray;
use egui_wgpu::wgpu;

use super::callback::Selection;
use crate::style::{Color, PointShape, Style};

/// Texels in a row of the texture.
const WIDTH: usize = 2048;

const VISIBLE: u32 = 1;
const SELECTED: u32 = 2;

/// Fill, stroke, marks and shape, sizes in 1/64 point; see `look_of` in the shader.
type Texel = [u32; 4];

/// What decides the looks of a layer's rows.
#[derive(Clone, Debug)]
pub(super) struct Inputs {
    pub rows: usize,
    pub style: Style,
    pub mask: Option<Arc<BooleanArray>>,
    pub selection: Arc<Selection>,
}

impl Inputs {
    /// Whether both give the same looks, without looking at every row.
    pub fn same_as(&self, other: &Inputs) -> bool {
        let same_mask = match (&self.mask, &other.mask) {
            (Some(mine), Some(theirs)) => Arc::ptr_eq(mine, theirs),
            (None, None) => true,
            _ => false,
        };
        same_mask
            && self.rows == other.rows
            && self.style == other.style
            && Arc::ptr_eq(&self.selection, &other.selection)
    }

    fn texels(&self) -> Vec<Texel> {
        let plain = texel(&self.style);
        let mut texels = vec![plain; self.rows];
        if let Some(mask) = &self.mask {
            for (texel, visible) in texels.iter_mut().zip(mask.values()) {
                if !visible {
                    texel[2] &= !VISIBLE;
                }
            }
        }
        for row in &self.selection.rows {
            if let Some(texel) = texels.get_mut(*row) {
                texel[2] |= SELECTED;
            }
        }
        texels
    }
}

fn texel(style: &Style) -> Texel {
    let shape = match style.shape {
        PointShape::Circle => 0,
        PointShape::Square => 1,
        PointShape::Triangle => 2,
        PointShape::Diamond => 3,
    };
    let sizes = sixty_fourths(style.stroke_width) | sixty_fourths(style.point_size) << 16;
    [packed(style.fill), packed(style.stroke), VISIBLE | shape << 8, sizes]
}

fn packed(Color { r, g, b, a }: Color) -> u32 {
    u32::from_le_bytes([r, g, b, a])
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 16 bits")]
fn sixty_fourths(points: f32) -> u32 {
    (points * 64.0).round().clamp(0.0, 65_535.0) as u32
}

/// The texture of a layer.
pub(super) struct Looks {
    inputs: Inputs,
    texture: wgpu::Texture,
    pub bind_group: wgpu::BindGroup,
}

impl Looks {
    /// Makes the texture; none when there are more rows than a texture has texels.
    pub fn new(
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        layout: &wgpu::BindGroupLayout,
        inputs: Inputs,
    ) -> Option<Looks> {
        let width = u32::try_from(inputs.rows.clamp(1, WIDTH)).ok()?;
        let height = u32::try_from(inputs.rows.div_ceil(WIDTH).max(1)).ok()?;
        if height > device.limits().max_texture_dimension_2d {
            return None;
        }
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("row looks"),
            size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba32Uint,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let bind_group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("row looks"),
            layout,
            entries: &[wgpu::BindGroupEntry {
                binding: 0,
                resource: wgpu::BindingResource::TextureView(&view),
            }],
        });
        let looks = Looks { inputs, texture, bind_group };
        looks.write(queue);
        Some(looks)
    }

    /// Writes new looks where they changed; false when the texture has another size.
    pub fn update(&mut self, queue: &wgpu::Queue, inputs: &Inputs) -> bool {
        if self.inputs.rows != inputs.rows {
            return false;
        }
        if !self.inputs.same_as(inputs) {
            self.inputs = inputs.clone();
            self.write(queue);
        }
        true
    }

    fn write(&self, queue: &wgpu::Queue) {
        let mut texels = self.inputs.texels();
        let size = self.texture.size();
        texels.resize(size.width as usize * size.height as usize, [0; 4]);
        queue.write_texture(
            self.texture.as_image_copy(),
            bytemuck::cast_slice(&texels),
            wgpu::TexelCopyBufferLayout {
                offset: 0,
                bytes_per_row: Some(size.width * 16),
                rows_per_image: None,
            },
            size,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_texel_holds_what_the_shader_reads() {
        let style = Style {
            fill: Color::rgb(0x112233).with_alpha(0x44),
            stroke: Color::rgb(0xaabbcc),
            stroke_width: 1.5,
            point_size: 9.0,
            shape: PointShape::Diamond,
        };
        let inputs = Inputs {
            rows: 3,
            style,
            mask: Some(Arc::new(BooleanArray::from(vec![true, false, true]))),
            selection: Arc::new(Selection { rows: vec![2, 99], ..Selection::default() }),
        };
        let texels = inputs.texels();
        assert_eq!(texels[0], [0x4433_2211, 0xffcc_bbaa, 0x301, 0x0240_0060]);
        assert_eq!(texels[1][2], 0x300);
        assert_eq!(texels[2][2], 0x303);
    }
}
