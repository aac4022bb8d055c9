//! The pictures of point symbols as a texture: how much of each place is ink, large and small.

use egui_wgpu::wgpu;
use tiny_skia::{FillRule, LineJoin, Paint, Pixmap, Stroke, Transform};

use crate::style::{Icon, IconForm, centred_letter};
use crate::text::Outline;

/// The side of a picture in the texture, pixels; as in the shader.
const SIDE: u32 = 64;
/// How often it is halved for smaller symbols; as in the shader.
const LEVELS: u32 = 4;
/// How much of the side the picture's square takes: what lies beside it is empty, so that nothing
/// is cut off; as in the shader.
const SQUARE: f32 = 0.9;

/// The texture of all pictures.
pub(super) struct Icons {
    view: wgpu::TextureView,
    sampler: wgpu::Sampler,
}

impl Icons {
    pub fn new(device: &wgpu::Device, queue: &wgpu::Queue) -> Icons {
        let layers = u32::try_from(Icon::ALL.len()).unwrap_or(1);
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("map icons"),
            size: wgpu::Extent3d { width: SIDE, height: SIDE, depth_or_array_layers: layers },
            mip_level_count: LEVELS,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::R8Unorm,
            usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
            view_formats: &[],
        });
        for (layer, icon) in (0..layers).zip(Icon::ALL) {
            for level in 0..LEVELS {
                let side = SIDE >> level;
                let ink = ink(icon, side);
                let layout = wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(side),
                    rows_per_image: None,
                };
                let place = wgpu::TexelCopyTextureInfo {
                    texture: &texture,
                    mip_level: level,
                    origin: wgpu::Origin3d { x: 0, y: 0, z: layer },
                    aspect: wgpu::TextureAspect::All,
                };
                let size = wgpu::Extent3d { width: side, height: side, depth_or_array_layers: 1 };
                queue.write_texture(place, &ink, layout, size);
            }
        }
        let view = texture.create_view(&wgpu::TextureViewDescriptor {
            dimension: Some(wgpu::TextureViewDimension::D2Array),
            ..Default::default()
        });
        let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            label: Some("map icons"),
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            mipmap_filter: wgpu::MipmapFilterMode::Linear,
            ..Default::default()
        });
        Icons { view, sampler }
    }

    /// As the shader's bindings.
    pub fn entries(&self) -> [wgpu::BindGroupEntry<'_>; 2] {
        [
            wgpu::BindGroupEntry {
                binding: 3,
                resource: wgpu::BindingResource::TextureView(&self.view),
            },
            wgpu::BindGroupEntry {
                binding: 4,
                resource: wgpu::BindingResource::Sampler(&self.sampler),
            },
        ]
    }
}

/// How much of each pixel of a picture is ink.
fn ink(icon: Icon, side: u32) -> Vec<u8> {
    let Some(mut pixmap) = Pixmap::new(side, side) else { return Vec::new() };
    #[expect(clippy::cast_precision_loss, reason = "at most 64")]
    let pixels = side as f32;
    let (size, middle) = (pixels * SQUARE, pixels / 2.0);
    let mut paint = Paint::default();
    paint.set_color_rgba8(255, 255, 255, 255);
    let transform = Transform::identity();
    match icon.form() {
        IconForm::Discs(discs) => {
            for ([x, y], radius) in discs {
                let place = [middle + x * size, middle + y * size];
                if let Some(path) = Outline::circle(place, radius * size).to_path(1.0, [0.0; 2]) {
                    pixmap.fill_path(&path, &paint, FillRule::Winding, transform, None);
                }
            }
        }
        IconForm::Letter(font, letter, weight) => {
            let letter = centred_letter(font, letter, size);
            let drawn = letter.and_then(|(line, [x, y])| {
                let mut placed = Outline::new();
                placed.push_placed(&line.outline(), 1.0, [middle + x, middle + y]);
                Some((placed.to_path(1.0, [0.0; 2])?, weight * line.size))
            });
            if let Some((path, width)) = drawn {
                pixmap.fill_path(&path, &paint, FillRule::Winding, transform, None);
                if width > 0.0 {
                    let stroke = Stroke { width, line_join: LineJoin::Round, ..Stroke::default() };
                    pixmap.stroke_path(&path, &paint, &stroke, transform, None);
                }
            }
        }
    }
    pixmap.pixels().iter().map(|pixel| pixel.alpha()).collect()
}
