import Domain
import Subprocess
import SystemPackage

/// Makes the bytes of a recipe.
struct Rendering: Sendable {
    /// Stands in the manifest: another drawing hand makes other bytes.
    static let version = 1

    /// A folder for files that a program or a library must write.
    var scratch: FilePath

    /// The bytes of one version; `number` is unlike that of any rendering under way, and names files in ``scratch``.
    func bytes(of recipe: Recipe, number: Int) async throws(LabError) -> [UInt8] {
        switch recipe {
        case .drawing(let scene, let format, let width):
            let canvas = Canvas(width: width, height: width * 9 / 16)
            scene.draw(on: canvas)
            return encode(canvas, format)
        case .noteSheet(let sheet, let format):
            let canvas = Canvas(width: 960, height: 540)
            sheet.draw(on: canvas)
            return encode(canvas, format)
        case .slate(let slate):
            let canvas = Canvas(width: 640, height: 360, paper: .white)
            slate.draw(on: canvas)
            return canvas.jpeg(quality: 85)
        case .bookPage(let page):
            let canvas = Canvas(width: 800, height: 450, paper: Ink(red: 0.97, green: 0.94, blue: 0.87))
            page.draw(on: canvas)
            return canvas.jpeg(quality: 78)
        case .clip(let scene, let container): return try await clip(of: scene, container, number)
        case .workflow(let sheet):
            let path = scratch.appending("\(number).xlsx")
            defer { try? path.removeQuietly() }
            return try sheet.xlsx(scratch: path)
        case .text(let bytes, _): return bytes
        }
    }

    private func encode(_ canvas: Canvas, _ format: Recipe.PictureFormat) -> [UInt8] {
        switch format {
        case .png: canvas.png
        case .jpeg: canvas.jpeg(quality: 82)
        case .tga: canvas.tga(isRunLengthCoded: true)
        case .plainTGA: canvas.tga(isRunLengthCoded: false)
        case .psd:
            PSD(
                width: canvas.width,
                height: canvas.height,
                layers: [
                    PSD.Layer(name: "纸", greys: [UInt8](repeating: 250, count: canvas.width * canvas.height)),
                    PSD.Layer(name: "原画", greys: canvas.greys),
                ]
            ).bytes
        }
    }

    /// One second of the movement at twelve drawings a second, coded by ffmpeg without times or its own name.
    private func clip(of scene: Scene, _ container: Recipe.Container, _ number: Int) async throws(LabError) -> [UInt8] {
        let raw = scratch.appending("\(number).raw")
        let output = scratch.appending("\(number).\(container.rawValue)")
        defer {
            try? raw.removeQuietly()
            try? output.removeQuietly()
        }
        var frames: [UInt8] = []
        for frame in 0..<12 {
            var moment = scene
            moment.phase = Double(frame) / 12
            moment.seed = scene.seed &+ UInt64(frame)
            let canvas = Canvas(width: 320, height: 180)
            moment.draw(on: canvas)
            canvas.withPixels { rows, _ in frames.append(contentsOf: rows) }
        }
        try PoolFile.write(frames, to: raw)
        try await encode(raw, to: output, container)
        return try PoolFile.read(output)
    }

    private func encode(_ raw: FilePath, to output: FilePath, _ container: Recipe.Container) async throws(LabError) {
        let codec = container == .mov ? ["-c:v", "mjpeg", "-q:v", "5"] : ["-c:v", "libx264", "-crf", "26"]
        let arguments =
            [
                "-nostdin", "-loglevel", "error", "-y", "-f", "rawvideo", "-pixel_format", "bgr0", "-video_size",
                "320x180",
            ]
            + ["-framerate", "12", "-i", raw.string, "-an", "-threads", "1"] + codec
            + ["-pix_fmt", container == .mov ? "yuvj420p" : "yuv420p", "-map_metadata", "-1"]
            + ["-flags:v", "+bitexact", "-fflags", "+bitexact", output.string]
        do {
            let result = try await run(
                .name("ffmpeg"),
                arguments: Arguments(arguments),
                output: .discarded,
                error: .string(limit: 4_096)
            )
            guard result.terminationStatus.isSuccess else {
                throw LabError(.daemon, "could not make a clip: \(result.standardError)", at: "ffmpeg")
            }
        } catch let error as LabError {
            throw error
        } catch {
            throw LabError(.daemon, "could not run ffmpeg to make a clip: \(error)", at: "ffmpeg")
        }
    }
}
