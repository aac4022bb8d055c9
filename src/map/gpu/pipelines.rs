//! The GPU programs that draw layers.

use egui_wgpu::wgpu;
use wgpu::{VertexFormat, VertexStepMode};

use super::icons::Icons;
use super::{BOX_BYTES, LENGTH_BYTES, RECORD_BYTES};

/// The programs and what they are bound to.
pub(super) struct Pipelines {
    pub fill: wgpu::RenderPipeline,
    pub boxes: wgpu::RenderPipeline,
    pub line: wgpu::RenderPipeline,
    pub dash: wgpu::RenderPipeline,
    pub point: wgpu::RenderPipeline,
    pub draw_layout: wgpu::BindGroupLayout,
    pub looks_layout: wgpu::BindGroupLayout,
    pub icons: Icons,
}

/// Position and row of a record, at the shader's locations `first` and `first + 1`.
const fn record_attributes(first: u32) -> [wgpu::VertexAttribute; 2] {
    [
        wgpu::VertexAttribute { format: VertexFormat::Sint32x2, offset: 0, shader_location: first },
        wgpu::VertexAttribute {
            format: VertexFormat::Uint32,
            offset: 8,
            shader_location: first + 1,
        },
    ]
}

impl Pipelines {
    /// Compiles the programs for egui's framebuffer: one sample, no depth buffer.
    pub fn new(
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        target: wgpu::TextureFormat,
    ) -> Pipelines {
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some("map layers"),
            source: wgpu::ShaderSource::Wgsl(include_str!("shader.wgsl").into()),
        });
        let draw_layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("map draw"),
            entries: &[wgpu::BindGroupLayoutEntry {
                binding: 0,
                visibility: wgpu::ShaderStages::VERTEX_FRAGMENT,
                ty: wgpu::BindingType::Buffer {
                    ty: wgpu::BufferBindingType::Uniform,
                    has_dynamic_offset: true,
                    min_binding_size: None,
                },
                count: None,
            }],
        });
        let looked_up = |binding| wgpu::BindGroupLayoutEntry {
            binding,
            visibility: wgpu::ShaderStages::VERTEX,
            ty: wgpu::BindingType::Texture {
                sample_type: wgpu::TextureSampleType::Uint,
                view_dimension: wgpu::TextureViewDimension::D2,
                multisampled: false,
            },
            count: None,
        };
        let looks_layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("row looks"),
            entries: &[
                looked_up(0),
                looked_up(1),
                looked_up(2),
                wgpu::BindGroupLayoutEntry {
                    binding: 3,
                    visibility: wgpu::ShaderStages::FRAGMENT,
                    ty: wgpu::BindingType::Texture {
                        sample_type: wgpu::TextureSampleType::Float { filterable: true },
                        view_dimension: wgpu::TextureViewDimension::D2Array,
                        multisampled: false,
                    },
                    count: None,
                },
                wgpu::BindGroupLayoutEntry {
                    binding: 4,
                    visibility: wgpu::ShaderStages::FRAGMENT,
                    ty: wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering),
                    count: None,
                },
            ],
        });
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("map layers"),
            bind_group_layouts: &[Some(&draw_layout), Some(&looks_layout)],
            immediate_size: 0,
        });

        let slots = [0, 2, 4, 6].map(record_attributes);
        let [first, second, third, fourth] = &slots;
        let buffer = |attributes, step_mode| {
            Some(wgpu::VertexBufferLayout { array_stride: RECORD_BYTES, step_mode, attributes })
        };
        let make = |name: &str,
                    topology: wgpu::PrimitiveTopology,
                    buffers: &[Option<wgpu::VertexBufferLayout<'_>>]| {
            let constants = [("linear_target", f64::from(u8::from(target.is_srgb())))];
            let compilation_options =
                wgpu::PipelineCompilationOptions { constants: &constants, ..Default::default() };
            device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
                label: Some(name),
                layout: Some(&layout),
                vertex: wgpu::VertexState {
                    module: &module,
                    entry_point: Some(&format!("{name}_vertex")),
                    compilation_options: compilation_options.clone(),
                    buffers,
                },
                primitive: wgpu::PrimitiveState { topology, ..Default::default() },
                depth_stencil: None,
                multisample: wgpu::MultisampleState::default(),
                fragment: Some(wgpu::FragmentState {
                    module: &module,
                    entry_point: Some(&format!("{name}_fragment")),
                    compilation_options,
                    targets: &[Some(wgpu::ColorTargetState {
                        format: target,
                        blend: Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                        write_mask: wgpu::ColorWrites::ALL,
                    })],
                }),
                multiview_mask: None,
                cache: None,
            })
        };
        let triangles = wgpu::PrimitiveTopology::TriangleList;
        let strip = wgpu::PrimitiveTopology::TriangleStrip;
        let fill = make("fill", triangles, &[buffer(first, VertexStepMode::Vertex)]);
        let by_instance = VertexStepMode::Instance;
        let line_buffers = [first, second, third, fourth].map(|slot| buffer(slot, by_instance));
        let line = make("line", strip, &line_buffers);
        let length = [wgpu::VertexAttribute {
            format: VertexFormat::Float32,
            offset: 0,
            shader_location: 8,
        }];
        let lengths = wgpu::VertexBufferLayout {
            array_stride: LENGTH_BYTES,
            step_mode: by_instance,
            attributes: &length,
        };
        let [a, b, c, d] = line_buffers;
        let dash = make("dash", strip, &[a, b, c, d, Some(lengths)]);
        let point = make("point", strip, &[buffer(first, by_instance)]);
        let turned = [
            first[0],
            first[1],
            wgpu::VertexAttribute {
                format: VertexFormat::Float32x2,
                offset: 12,
                shader_location: 2,
            },
            wgpu::VertexAttribute { format: VertexFormat::Float32, offset: 20, shader_location: 3 },
        ];
        let box_buffer = wgpu::VertexBufferLayout {
            array_stride: BOX_BYTES,
            step_mode: by_instance,
            attributes: &turned,
        };
        let boxes = make("box", strip, &[Some(box_buffer)]);
        let icons = Icons::new(device, queue);
        Pipelines { fill, boxes, line, dash, point, draw_layout, looks_layout, icons }
    }
}
