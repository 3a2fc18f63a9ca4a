/// A format that libmagic of Debian 12 does not name, told by bytes at fixed places.
struct Signature: Sendable {
    let mime: String
    let label: String
    /// Bytes that must stand at these offsets.
    let marks: [(offset: Int, bytes: [UInt8])]

    func matches(_ file: HeldFile) -> Bool {
        marks.allSatisfy { file.starts(with: $0.bytes, at: $0.offset) }
    }
}

/// Own signatures; the first that matches counts. Sources: open parsers of each format, and the table in docs/reading.md.
let signatures = [
    Signature(
        mime: "image/vnd.adobe.photoshop",
        label: "Photoshop picture",
        marks: [(0, Array("8BPS".utf8) + [0, 1])]
    ),
    Signature(
        mime: "image/vnd.adobe.photoshop-large",
        label: "Photoshop large picture (PSB)",
        marks: [(0, Array("8BPS".utf8) + [0, 2])]
    ),
    Signature(
        mime: "application/x-clip-studio",
        label: "CLIP STUDIO PAINT drawing; its layers are not read",
        marks: [(0, Array("CSFCHUNK".utf8))]
    ),
    Signature(
        mime: "application/x-aftereffects-project",
        label: "After Effects project; not read",
        marks: [(0, Array("RIFX".utf8)), (8, Array("Egg!".utf8))]
    ),
    Signature(
        mime: "application/x-toonboom-xstage",
        label: "Toon Boom Harmony scene, by its root element; not confirmed on real files",
        marks: [(0, Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<project source=\"Harmony".utf8))]
    ),
    Signature(
        mime: "application/x-maya-ascii",
        label: "Maya scene as text",
        marks: [(0, Array("//Maya ASCII".utf8))]
    ),
]
